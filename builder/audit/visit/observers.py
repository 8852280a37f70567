"""Observes a visit: runs axe-core on the pages that the trainee sees, and asks a simulated LMS
which data it stores.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Frame, Page

from builder.audit.visit.record import Barrier, Call, Held
from builder.preview.lms import Lms

LOOKED_AT = "whole"
"""The scenario in which axe-core runs."""
PAGES = 15
"""Maximum number of pages that axe-core checks."""
SECONDS = 20.0
"""Maximum time of axe-core for all pages together, in seconds."""
_PAGE = 8_000
"""Maximum time of axe-core for one page, in milliseconds."""
_WORDS = 200
_MOST = 60

_RUN_AXE = """async (patience) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  // On a very large page, axe-core would take minutes.
  if (document.querySelectorAll("*").length > 6_000) return [];
  const asked = { runOnly: tags, resultTypes: ["violations"], iframes: false, elementRef: true };
  // WCAG 2.2, 2.5.8 allows a small target if its size is the browser's default.
  const hasDefaultSize = (element) => {
    if (!element?.matches("button, input, select, summary, textarea")) return false;
    const host = document.createElement("div");
    host.style.all = "initial";
    const copy = element.cloneNode(true);
    copy.removeAttribute("style");
    host.attachShadow({ mode: "closed" }).append(copy);
    document.documentElement.append(host);
    const [own, plain] = [element, copy].map((one) => one.getBoundingClientRect());
    host.remove();
    return Math.abs(own.width - plain.width) < 0.5 && Math.abs(own.height - plain.height) < 0.5;
  };
  // While an element fades in, its colours are not final yet.
  for (const one of document.getAnimations()) try { one.finish(); } catch { /* endless */ }
  const late = new Promise((resolve) => setTimeout(resolve, patience, null));
  const found = await Promise.race([axe.run(document, asked), late]);
  return (found?.violations ?? []).flatMap(({ id, help, impact, nodes }) => {
    const small = id === "target-size";
    const [first] = small ? nodes.filter((one) => !hasDefaultSize(one.element)) : nodes;
    return first ? [{ rule: id, words: help, impact: impact ?? "", element: first.html }] : [];
  });
}"""


def axe_source() -> str | None:
    """The JavaScript of axe-core; ``None`` if its Python package is not installed."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        return None
    script = Path(found.origin).with_name("axe.min.js")
    return script.read_text("utf-8") if script.is_file() else None


@dataclass(slots=True)
class Axe:
    """Runs axe-core on each page once, and records each broken rule once a page. Pages are told
    apart by their headings."""

    script: str
    found: list[Barrier] = field(default_factory=list)
    _pages: set[str] = field(default_factory=set)
    _left: float = SECONDS

    def look(self, frames: Iterable[Frame], heading: str) -> None:
        """Check the page that is visible in the frames of a course, unless a page with this heading
        (or these first words) was checked before."""
        if heading in self._pages or len(self._pages) >= PAGES or self._left <= 0:
            return
        self._pages.add(heading)
        began = time.monotonic()
        for frame in frames:
            with suppress(Error):
                if not frame.evaluate("Boolean(globalThis.axe?.run)"):
                    frame.evaluate(self.script)
                found = frame.evaluate(_RUN_AXE, _PAGE)
                # A course may have replaced axe.
                for one in found if isinstance(found, list) else ():
                    self._note(one, heading)
        self._left -= time.monotonic() - began

    def _note(self, violation: Mapping[str, Any], page: str) -> None:
        words = {
            name: str(violation.get(name, ""))[:_WORDS]
            for name in ("rule", "words", "impact", "element")
        }
        one = Barrier(page=page, **words)
        known = any((one.rule, one.page) == (other.rule, other.page) for other in self.found)
        if not known and len(self.found) < _MOST:
            self.found.append(one)


_ABOUT = """async (slug) => (await import("/lms/witness.js")).about(slug)"""
_HELD = """async (asked) => (await import("/lms/witness.js")).held(...asked)"""


@dataclass(frozen=True, slots=True)
class About:
    """What the profile of a simulated LMS says about the LMS. ``functions`` are the names of the
    functions in its API."""

    functions: tuple[str, ...]
    lacks: frozenset[str]
    """Names of what the LMS does not support or keep. ``resume`` means that ``cmi.core.entry`` is
    never “resume”."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Asks a simulated LMS about itself and the data that it stores.

    ``slug`` is the id of its profile, and ``lms`` is the server that received its messages.
    ``page`` is a page of the browser in which no package runs.
    """

    page: Page
    lms: Lms
    slug: str

    def about(self) -> About:
        """The functions in the API of the simulated LMS, and what the LMS does not support or keep,
        from its profile."""
        profile = self.page.evaluate(_ABOUT, self.slug)
        return About(tuple(profile["functions"]), frozenset(profile["lacks"]))

    def held(self) -> Held:
        """The data that the LMS stores for the trainee now."""
        values: dict[str, Any] = self.page.evaluate(_HELD, [self.slug, self.lms.messages])
        return Held(**values)

    def calls(self) -> tuple[Call, ...]:
        """Every API call that the course has made so far."""
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
    """A ``Witness`` of the LMS ``slug`` until the block ends. Its page is in ``context``, which no
    package has used."""
    page = context.new_page()
    page.goto(f"{lms.address}/lms/left.html")
    yield Witness(page, lms, slug)
    page.close()
