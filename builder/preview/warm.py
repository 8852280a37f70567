"""Keeps a course built in memory, and rebuilds only what changed."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from builder.base.cache import Cache, MemoryCache
from builder.course import load, validate
from builder.course.markdown import Directive
from builder.course.model import Course, Page, Remark
from builder.course.scenarios.proof import Proved
from builder.diagnostics.diagnostic import Diagnostic, Places, Position, tidy
from builder.package import archive, manifest, plan, render
from builder.package.artifacts import MANIFEST, Member, Plan


@dataclass(frozen=True, slots=True)
class View:
    """A course at one moment: its problems, and the package that was last built without errors.

    - ``files``: the members of that package by name, with manifest and digest, equal to those of a
      build byte for byte; empty before the first success. ``plan`` is its plan.
    - ``diagnostics``: the problems of the sources at this moment; ``good``: whether ``files`` were
      built from these sources.
    - ``changed``: names of the files that were changed, added or removed since the previous view. A
      page with new content also gets a new name, so its old and new names are included.
    - ``remarks``: reviewers' remarks with their positions in these sources.
    - ``places``: positions in these sources, by ``("page", ID)``, ``("question", ID)``,
      ``("record", ID)`` or ``("scene", "PAGE/SCENE")``.
    - ``scenarios``: the scenarios of these sources, also those with errors.
    - ``blocks``: for each page in ``files``, by id, the position of each element below the title,
      in order. (The player's page has more elements after them: terms, quiz, record.)
    """

    files: Mapping[str, Member] = field(default_factory=dict)
    plan: Plan | None = None
    places: Places = field(default_factory=dict)
    blocks: Mapping[str, tuple[Position, ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    good: bool = False
    remarks: tuple[tuple[Remark, Position], ...] = ()
    changed: frozenset[str] = frozenset()
    scenarios: tuple[Proved, ...] = ()


class Warm:
    """Keeps the course in a folder built, with all intermediate results cached in memory. ``today``
    decides which reviews are overdue."""

    def __init__(self, course: Path, today: date) -> None:
        self._course = course
        self._today = today
        self._view = View()
        self._read, self._validated, self._rendered = MemoryCache(), MemoryCache(), MemoryCache()

    def refresh(self) -> View:
        """Read the course folder again, and rebuild what depends on changed files.

        Never raises, whatever the folder contains, and even if it does not exist.
        """
        self._view = self._build_view(self._view)
        if self._view.good:
            # Exclude the cache from garbage collection, which would scan all of it each time.
            gc.freeze()
        return self._view

    def _build_view(self, before: View) -> View:
        sources, unreadable = load.load(self._course, self._read)
        if sources is None:
            return replace(_failed(before), diagnostics=tidy(unreadable))
        judged = validate.validate(sources, self._today, self._validated)
        diagnostics = tidy((*unreadable, *judged.diagnostics))
        if judged.course is None:
            return _failed_view(before, diagnostics, judged)
        planned = plan.plan(judged.course)
        try:
            files = _files(planned, self._rendered)
        except archive.SourceError as error:
            # A media file was removed while it was read; the next refresh will report it.
            problems = tidy((*diagnostics, error.problem))
            return _failed_view(before, problems, judged)
        return View(
            files=files,
            plan=planned,
            places=judged.places,
            blocks=_blocks(judged.course, self._rendered),
            diagnostics=diagnostics,
            good=True,
            remarks=judged.remarks,
            changed=_changed(before.files, files),
            scenarios=judged.scenarios,
        )


def _failed(before: View) -> View:
    """The view before, of sources that could not be read."""
    return replace(before, good=False, changed=frozenset())


def _failed_view(
    before: View, diagnostics: tuple[Diagnostic, ...], judged: validate.Judged
) -> View:
    return replace(
        _failed(before),
        diagnostics=diagnostics,
        places=judged.places,
        remarks=judged.remarks,
        scenarios=judged.scenarios,
    )


def _files(planned: Plan, cache: Cache) -> Mapping[str, Member]:
    files = render.render(planned, cache)
    listing = manifest.build(planned, [file.name for file in files])
    sealed, _ = archive.seal([*files, Member(MANIFEST, listing)])
    return {member.name: member for member in sealed}


def _changed(before: Mapping[str, Member], now: Mapping[str, Member]) -> frozenset[str]:
    names = before.keys() | now.keys()
    return frozenset(name for name in names if before.get(name) != now.get(name))


def _blocks(course: Course, cache: Cache) -> Mapping[str, tuple[Position, ...]]:
    return {page.id: _kept_elements(page, cache) for page in course.pages}


def _kept_elements(page: Page, cache: Cache) -> tuple[Position, ...]:
    return cache.get_or_compute(("elements", page.id), (page,), lambda: tuple(_elements(page)))


def _elements(page: Page) -> Iterator[Position]:
    for block in page.document.blocks:
        if isinstance(block, Directive):
            yield Position(page.path, block.line, block.column)
            continue
        for token in block.tokens:
            if token.level == 0 and token.nesting >= 0:
                yield Position(page.path, token.meta["line"], 1)
