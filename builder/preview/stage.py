"""What is on the stage: the course as it is now, and the learning system round it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from builder import lms
from builder.artifacts import OUTLINE, Member
from builder.diagnostics import Position, Severity
from builder.model import Page
from builder.preview.events import Events
from builder.preview.warm import View

_REMEMBERED = 16 << 20
"""Bytes of earlier views that are still served: a course that is open may not have asked yet."""
_ENDED = 0.15
"""Seconds of silence after which a visit has ended."""
_PATIENCE = 2
_SEARCH = re.compile(r"assets/search-[0-9a-f]+\.js")


@dataclass(slots=True)
class Stage:
    """The view that is shown; thread-safe.

    ``events`` go to the author's window, ``cues`` to the pages of the learning system. ``run``
    names this run of the server; ``token`` is known to the author's window alone.
    """

    course: Path
    lms: lms.Lms
    events: Events = field(default_factory=Events)
    cues: Events = field(default_factory=Events)
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    edition: int = 0

    _now: View = field(default_factory=View)
    _shown: View = field(default_factory=View)
    _held: bool = False
    _uploaded: str = ""
    _earlier: dict[str, Member] = field(default_factory=dict)
    _written: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def now(self) -> View:
        """The newest view."""
        return self._now

    @property
    def shown(self) -> View:
        """The view whose files are served: an earlier one while the edition is held."""
        return self._shown

    @property
    def held(self) -> bool:
        """Whether the package stays as it is, whatever the author writes."""
        return self._held

    @property
    def uploaded(self) -> str:
        """What tells one package that was uploaded from another; an edit is no upload."""
        return self._uploaded or _digest(self._shown)

    def show(self, view: View) -> None:
        """Show a view from now on."""
        with self._lock:
            self._now = view
            if not self._held:
                self._put(view)
        self.events.tell("view", {"edition": self.edition})

    def hold(self, held: bool) -> None:
        """Keep the package as it is, or go on with the newest files."""
        with self._lock:
            self._held = held
            if not held:
                self._put(self._now)
        self.events.tell("view", {"edition": self.edition})

    def replace(self) -> None:
        """Upload the newest files in place of the package: whoever has it open is told nothing,
        and what is not in the new package is gone."""
        with self._lock:
            self._shown = self._now
            self._earlier.clear()
            self._uploaded = _digest(self._now)
            self._held = True
        self.events.tell("view", {"edition": self.edition})

    def begin(self) -> None:
        """Nobody has opened the course yet."""
        # What the last visit sends as it ends is still on its way.
        with suppress(TimeoutError):
            self.lms.wait_until_quiet(_ENDED, _PATIENCE)
        with self._lock:
            self._uploaded = _digest(self._shown)
        self.lms.clear()

    def file(self, name: str) -> Member | None:
        """A file of the package, or one that was in it a moment ago."""
        return self._shown.files.get(name) or self._earlier.get(name)

    def cue(self) -> Mapping[str, Any]:
        """What the pages of the learning system are told of the view."""
        names = (name for name in self._shown.files if _SEARCH.fullmatch(name))
        return {"edition": self.edition, "search": next(names, None)}

    def written_first(self, pages: Iterable[str]) -> list[str]:
        """Pages by their ids, those first whose own words were written last: others change with
        them, since they link to them or show something of theirs."""
        return sorted(pages, key=lambda page: -self._written.get(page, 0))

    def place(self, page: str, question: str, block: str) -> Position | None:
        """Where a part of a page comes from: a question by its id, or an element by its number;
        else where the page begins."""
        found = self._now.places.get(("question", question)) if question else None
        blocks = self._shown.blocks.get(page, ())
        if found is None and block.isdecimal() and int(block) < len(blocks):
            found = blocks[int(block)]
        return found or self._now.places.get(("page", page))

    def places(self) -> Iterator[Position]:
        """Every place that an editor may be opened at."""
        yield from (problem.position for problem in self._now.diagnostics)
        yield from self._now.places.values()
        for blocks in self._shown.blocks.values():
            yield from blocks

    def _put(self, view: View) -> None:
        if not view.files or view.files == self._shown.files:
            self._shown = view if view.files else self._shown
            return
        gone = {
            name: member for name, member in self._shown.files.items() if name not in view.files
        }
        self._earlier = _latest(self._earlier | gone)
        self.edition += 1
        before = {page.id: page for page in _pages(self._shown)}
        self._written |= {
            page.id: self.edition for page in _pages(view) if before.get(page.id) != page
        }
        self._shown = view
        self.cues.tell("view", self.cue())


def _pages(view: View) -> tuple[Page, ...]:
    return view.plan.course.pages if view.plan else ()


def _latest(members: dict[str, Member]) -> dict[str, Member]:
    """Those that came last, as many as are remembered."""
    found = {}
    left = _REMEMBERED
    for name, member in reversed(members.items()):
        left -= len(member.content) if isinstance(member.content, bytes) else 0
        if left < 0:
            break
        found[name] = member
    return dict(reversed(found.items()))


def asked_part(query: Mapping[str, list[str]]) -> tuple[str, str, str]:
    """The part of a page that a request means: what ``Stage.place`` takes."""
    page, question, block = (query.get(name, [""])[0] for name in ("page", "question", "block"))
    return page, question, block


def wrong(view: View) -> bool:
    """Whether there are errors."""
    return any(problem.severity is Severity.ERROR for problem in view.diagnostics)


def _digest(view: View) -> str:
    outline = view.files.get(OUTLINE)
    return hashlib.sha256(outline.read()).hexdigest() if outline else ""
