"""Asks a simulated LMS what it holds, in a page where no package runs (templates/lms)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from builder.audit.visit.record import Call, Held
from builder.preview.lms import Lms

_ABOUT = """async (slug) => (await import("/lms/witness.js")).about(slug)"""
_HELD = """async (asked) => (await import("/lms/witness.js")).held(...asked)"""


@dataclass(frozen=True, slots=True)
class About:
    """What an LMS's profile says about it."""

    functions: tuple[str, ...]
    lacks: frozenset[str]
    """What the LMS lacks, and ``resume`` if it never reports that entry."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Asks what the LMS of a profile holds after the messages of ``lms``; no package runs in
    ``page``."""

    page: Page
    lms: Lms
    slug: str

    def about(self) -> About:
        """What the profile says about the LMS."""
        told = self.page.evaluate(_ABOUT, self.slug)
        return About(tuple(told["functions"]), frozenset(told["lacks"]))

    def held(self) -> Held:
        """What the LMS holds now."""
        told: dict[str, Any] = self.page.evaluate(_HELD, [self.slug, self.lms.messages])
        return Held(**told)

    def calls(self) -> tuple[Call, ...]:
        """Every call so far."""
        return tuple(
            Call(
                one["launch"],
                one["order"],
                one["name"],
                tuple(one["args"]),
                one["value"],
                str(one["error"]),
                one["threw"],
                one.get("length") or len(one["args"][-1] if one["args"] else ""),
                one.get("strings", True),
            )
            for one in self.lms.calls
        )


@contextmanager
def witness(context: BrowserContext, lms: Lms, slug: str) -> Iterator[Witness]:
    """A witness in a context that no package has used, until the block ends."""
    page = context.new_page()
    page.goto(f"{lms.address}/lms/left.html")
    yield Witness(page, lms, slug)
    page.close()
