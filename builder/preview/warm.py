"""A course kept warm: its package as files in memory, made anew of what changed."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from builder import load, manifest, package, plan, render, validate
from builder.artifacts import MANIFEST, Member, Plan
from builder.diagnostics import Diagnostic, Places, Position, tidy
from builder.markdown import Directive
from builder.memo import Kept, Memo
from builder.model import Course, Page, Remark


@dataclass(frozen=True, slots=True)
class View:
    """What there is to show of a course now.

    ``files`` are those of the last course that could be made, by name: every file of its package,
    the manifest included and the digest filled in, byte for byte as a build makes them. ``plan`` is
    theirs. Both are empty until a course could be made for the first time.

    ``diagnostics`` are errors and warnings of the sources as they are now; ``good`` is whether the
    files are of these sources. ``changed`` are the names of files that are not as they were in the
    view before, that have come since, or that are gone; a page whose content changes also changes
    its name, so that both names are among them.

    ``remarks`` are those of reviewers, each with where it belongs in the sources as they are now.

    ``places`` are where each page, question and item of a record stands in the sources as they are
    now: ``("page", ID)``, ``("question", ID)``, ``("record", ID)``. ``blocks`` are where the pages
    of ``files`` come from, by the page's id: one position for each element of the page that stands
    below its title, in their order (the player's page shows further ones behind them: terms, quiz,
    record).
    """

    files: Mapping[str, Member] = field(default_factory=dict)
    plan: Plan | None = None
    places: Places = field(default_factory=dict)
    blocks: Mapping[str, tuple[Position, ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    good: bool = False
    remarks: tuple[tuple[Remark, Position], ...] = ()
    changed: frozenset[str] = frozenset()


class Warm:
    """The course in the folder ``course``. ``today`` decides what is overdue."""

    def __init__(self, course: Path, today: date) -> None:
        self._course = course
        self._today = today
        self._view = View()
        self._read, self._judged, self._rendered = Kept(), Kept(), Kept()

    def refresh(self) -> View:
        """Look at the folder again, and do again what depends on what changed in it.

        Never raises for whatever is in the folder, or where there is none.
        """
        self._view = self._made(self._view)
        if self._view.good:
            # Every collection would look through all that is kept, and find nothing.
            gc.freeze()
        return self._view

    def _made(self, before: View) -> View:
        sources, unreadable = load.load(self._course, self._read)
        if sources is None:
            return _not_good(before, tidy(unreadable), before.places, before.remarks)
        judged = validate.validate(sources, self._today, self._judged)
        diagnostics = tidy((*unreadable, *judged.diagnostics))
        if judged.course is None:
            return _not_good(before, diagnostics, judged.places, judged.remarks)
        planned = plan.plan(judged.course)
        try:
            files = _files(planned, self._rendered)
        except package.SourceError as error:
            # A file of the media was taken away while it was read: another look will tell.
            told = tidy((*diagnostics, error.problem))
            return _not_good(before, told, judged.places, judged.remarks)
        return View(
            files=files,
            plan=planned,
            places=judged.places,
            blocks=_blocks(judged.course, self._rendered),
            diagnostics=diagnostics,
            good=True,
            remarks=judged.remarks,
            changed=_changed(before.files, files),
        )


def _not_good(
    before: View,
    diagnostics: tuple[Diagnostic, ...],
    places: Places,
    remarks: tuple[tuple[Remark, Position], ...],
) -> View:
    return View(
        files=before.files,
        plan=before.plan,
        places=places,
        blocks=before.blocks,
        diagnostics=diagnostics,
        remarks=remarks,
    )


def _files(planned: Plan, memo: Memo) -> Mapping[str, Member]:
    files = render.render(planned, memo)
    listing = manifest.build(planned, [file.name for file in files])
    sealed, _ = package.seal([*files, Member(MANIFEST, listing)])
    return {member.name: member for member in sealed}


def _changed(before: Mapping[str, Member], now: Mapping[str, Member]) -> frozenset[str]:
    names = before.keys() | now.keys()
    return frozenset(name for name in names if before.get(name) != now.get(name))


def _blocks(course: Course, memo: Memo) -> Mapping[str, tuple[Position, ...]]:
    return {page.id: _kept_elements(page, memo) for page in course.pages}


def _kept_elements(page: Page, memo: Memo) -> tuple[Position, ...]:
    return memo.of(("elements", page.id), (page,), lambda: tuple(_elements(page)))


def _elements(page: Page) -> Iterator[Position]:
    for block in page.document.blocks:
        if isinstance(block, Directive):
            yield Position(page.path, block.line, block.column)
            continue
        for token in block.tokens:
            if token.level == 0 and token.nesting >= 0:
                yield Position(page.path, token.meta["line"], 1)
