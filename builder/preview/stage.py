"""The state of the preview: the view of the course that is served, and the LMS around it."""

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

from builder.course.model import Page
from builder.diagnostics.diagnostic import Position, Severity
from builder.package.artifacts import OUTLINE, Member
from builder.preview import lms
from builder.preview.answering import Events
from builder.preview.warm import View

_MAX_EARLIER_BYTES = 16 << 20
"""Maximum number of bytes of all files of earlier views that are still served, since a course that
is open in the browser may request them."""
_QUIET_AFTER_VISIT = 0.15
"""Seconds without a request after which a visit of the course counts as ended."""
_PATIENCE = 2
_QUIET_AFTER_CHANGE = 0.05
"""Seconds without a request after which the open course counts as up to date."""
_MAX_PRECEDENCE = 0.3
"""Seconds for which requests are answered before anything else."""
_SEARCH = re.compile(r"assets/search-[0-9a-f]+\.js")


@dataclass(slots=True)
class Stage:
    """Holds the view of the course that is served; thread-safe.

    By default this is the newest view. The author can hold the package: then the served view stays
    the same while they edit, as in an LMS, until they replace it or release it. ``events`` go to
    the author's window, ``cues`` to the pages of the LMS. ``run`` identifies this run of the
    server; only the author's window knows ``token``. ``edition`` is the number of the served view.
    ``language`` is the tag of the language that the open course shows, empty if unknown.
    """

    course: Path
    lms: lms.Lms
    events: Events = field(default_factory=Events)
    cues: Events = field(default_factory=Events)
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    edition: int = 0
    language: str = ""

    _now: View = field(default_factory=View)
    _shown: View = field(default_factory=View)
    _held: bool = False
    _replaced: bool = False
    _uploaded: str = ""
    _earlier: dict[str, Member] = field(default_factory=dict)
    _changed_in: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def now(self) -> View:
        """The newest view, from the sources as they are now."""
        return self._now

    @property
    def shown(self) -> View:
        """The view whose files are served: the newest, or an earlier one while the author holds the
        package."""
        return self._shown

    @property
    def held(self) -> bool:
        """Whether the author holds the package: editing does not change the served files."""
        return self._held

    @property
    def uploaded(self) -> str:
        """The version that the LMS has of the package; editing does not change it, since an edit
        uploads nothing."""
        return self._uploaded or _digest(self._shown)

    def show(self, view: View) -> None:
        """Take over a new view, and serve it unless the author holds the package."""
        with self._lock:
            self._now = view
            if not self._held:
                self._replace_files(view)
            elif self._replaced and view.complete:
                self._upload()
        self.events.send("view", {"edition": self.edition})

    def hold(self, held: bool) -> None:
        """Hold the package, so that editing does not change the served files; or, if ``held`` is
        false, serve the newest files again."""
        with self._lock:
            self._held, self._replaced = held, False
            if not held:
                self._replace_files(self._now)
        self.events.send("view", {"edition": self.edition})

    def replace(self) -> None:
        """Replace the package by the newest files, as an upload in an LMS does, and hold it.

        Open courses are not notified, and files that the new package lacks are no longer served. If
        some languages are not up to date yet, the package is replaced again once they are.
        """
        with self._lock:
            self._upload()
            self._held = True
        self.events.send("view", {"edition": self.edition})

    def _upload(self) -> None:
        self._shown = self._now
        self._earlier.clear()
        self._uploaded = _digest(self._now)
        self._replaced = not self._now.complete

    def begin(self) -> None:
        """Start again with a trainee who has not opened the course yet: delete all data in the
        LMS."""
        self.wait_for_last_visit()
        with self._lock:
            self._uploaded = _digest(self._shown)
        self.lms.clear()

    def wait_for_last_visit(self) -> None:
        """Wait until the data of a visit that has just been left has arrived: browsers may send it
        after they have requested the next page."""
        if not self.lms.launches:
            return
        with suppress(TimeoutError):
            self.lms.wait_until_quiet(_QUIET_AFTER_VISIT, _PATIENCE)

    def answer_first(self) -> None:
        """Wait while the open course requests what has changed, so that other work does not slow
        it down."""
        with suppress(TimeoutError):
            self.lms.wait_until_quiet(_QUIET_AFTER_CHANGE, _MAX_PRECEDENCE)

    def file(self, name: str) -> Member | None:
        """The file of the served package with this name, or else of a recent one; ``None`` if there
        is none."""
        return self._shown.files.get(name) or self._earlier.get(name)

    def cue(self) -> Mapping[str, Any]:
        """What the pages of the LMS get to know about the served view: its number (``edition``),
        and the name of the file for its search (``search``), ``None`` without a search."""
        names = (name for name in self._shown.files if _SEARCH.fullmatch(name))
        return {"edition": self.edition, "search": next(names, None)}

    def sort_by_last_edit(self, pages: Iterable[str]) -> list[str]:
        """Sort page ids by the last change of the pages' own text, latest first.

        When a page changes, other pages may change because they link to it or show parts of it;
        that does not count.
        """
        return sorted(pages, key=lambda page: -self._changed_in.get(page, 0))

    def edited_last(self, pages: Iterable[str]) -> list[str]:
        """The page ids as ``sort_by_last_edit`` sorts them; empty if the last edit changed no
        page's own text, but a setting, such as the title of the course, that pages show."""
        ordered = self.sort_by_last_edit(pages)
        return ordered if ordered and self._changed_in.get(ordered[0]) == self.edition else []

    def place(self, page: str, question: str, block: str) -> Position | None:
        """The source position of a part of a page: of the question with the id ``question``, or
        else of the scene with the id ``block``, or else of the element with that number, or else of
        the page itself.

        ``None`` if the page is unknown.
        """
        found = self._now.places.get(("question", question)) if question else None
        found = found or self._now.places.get(("scene", f"{page}/{block}"))
        blocks = self._shown.blocks.get(page, ())
        if found is None and block.isdecimal() and int(block) < len(blocks):
            found = blocks[int(block)]
        return found or self._now.places.get(("page", page))

    def places(self) -> Iterator[Position]:
        """Every position at which an editor may be opened."""
        yield from (problem.position for problem in self._now.diagnostics)
        yield from self._now.places.values()
        for blocks in self._shown.blocks.values():
            yield from blocks

    def _replace_files(self, view: View) -> None:
        if not view.files or view.files == self._shown.files:
            self._shown = view if view.files else self._shown
            return
        gone = {
            name: member for name, member in self._shown.files.items() if name not in view.files
        }
        self._earlier = _latest(self._earlier | gone)
        self.edition += 1
        before = _pages(self._shown)
        self._changed_in |= {
            name: self.edition for name, pages in _pages(view).items() if before.get(name) != pages
        }
        self._shown = view
        self.cues.send("view", self.cue())


def _pages(view: View) -> Mapping[str, tuple[Page, ...]]:
    """The pages of the course by id, each in all languages."""
    if view.plan is None:
        return {}
    course = view.plan.course
    languages = (course.pages, *(one.pages for one in course.translations))
    return {pages[0].id: pages for pages in zip(*languages, strict=True)}


def _latest(members: dict[str, Member]) -> dict[str, Member]:
    """The members that were added last, as many as fit into ``_MAX_EARLIER_BYTES``."""
    found = {}
    left = _MAX_EARLIER_BYTES
    for name, member in reversed(members.items()):
        left -= len(member.content) if isinstance(member.content, bytes) else 0
        if left < 0:
            break
        found[name] = member
    return dict(reversed(found.items()))


def parse_part(query: Mapping[str, list[str]]) -> tuple[str, str, str]:
    """The part of a page that the query of a request names, as the arguments of ``Stage.place``:
    page, question and block, which may be empty."""
    page, question, block = (query.get(name, [""])[0] for name in ("page", "question", "block"))
    return page, question, block


def has_errors(view: View) -> bool:
    """Whether the sources of a view have errors."""
    return any(problem.severity is Severity.ERROR for problem in view.diagnostics)


def _digest(view: View) -> str:
    outline = view.files.get(OUTLINE)
    return hashlib.sha256(outline.read()).hexdigest() if outline else ""
