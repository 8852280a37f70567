"""Asks a simulated LMS what it holds, in a page where no package runs (templates/lms)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from builder.audit.visit.record import Call, Held
from builder.lms import Lms

_ABOUT = """async ([slug, settings]) => {
  const { loadProfile } = await import("/lms/profiles.js");
  const { profile, settings: all } = await loadProfile(slug, settings);
  const { fold } = await import("/lms/record.js");
  // Some never say that a visit goes on where the last one was left.
  const learner = { id: "learner-1", name: "Cohen, Dana" };
  const values = { "cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend" };
  const record = fold(profile, all, [{ type: "held", values }]);
  const { elements } = profile.launch(record, { mode: "normal", learner }, all);
  const resumes = elements["cmi.core.entry"] === "resume";
  const lacks = [...Object.keys(profile.lacks(all)), ...(resumes ? [] : ["resume"])];
  return { functions: profile.functions, lacks };
}"""
_HELD = """async ([slug, settings, messages]) => {
  const { loadProfile } = await import("/lms/profiles.js");
  const { fold, summary } = await import("/lms/record.js");
  const { profile, settings: all } = await loadProfile(slug, settings);
  const record = fold(profile, all, messages);
  const asked = { mode: "normal", learner: { id: "learner-1", name: "Cohen, Dana" } };
  const held = summary(profile, record, all);
  const next = profile.launch(record, asked, all);
  const said = next.elements;
  const mode = said["cmi.core.lesson_mode"] || next.mode;
  return {
    status: String(held.status ?? ""), score: String(held.score ?? ""),
    seconds: held.seconds ?? null, location: String(held.location ?? ""),
    state: String(held.state ?? ""), answers: held.interactions?.length ?? null,
    grade: held.grade ?? null, mastery: String(record.package.mastery ?? ""),
    entry: String(said["cmi.core.entry"] ?? ""), mode: String(mode ?? ""),
  };
}"""


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
        told = self.page.evaluate(_ABOUT, [self.slug, {}])
        return About(tuple(told["functions"]), frozenset(told["lacks"]))

    def held(self) -> Held:
        """What the LMS holds now."""
        told: dict[str, Any] = self.page.evaluate(_HELD, [self.slug, {}, self.lms.messages])
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
