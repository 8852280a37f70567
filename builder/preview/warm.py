"""Keeps a course built in memory, and rebuilds only what changed.

After a change to the text of a page, the language that the author looks at is brought up to date
first. The other languages follow, since all together take a second in a large course.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import is_
from pathlib import Path

from builder.base.cache import Cache, MemoryCache
from builder.course import load, validate
from builder.course.markdown import Directive
from builder.course.model import Course, Page, Remark
from builder.course.scenarios.proof import Proved
from builder.course.sources import Sources
from builder.diagnostics.diagnostic import Diagnostic, Places, Position, tidy
from builder.package import archive, manifest, plan, render
from builder.package.artifacts import DIGEST_PLACEHOLDER, LAUNCH, MANIFEST, OUTLINE, Member, Plan


@dataclass(frozen=True, slots=True)
class View:
    """A course at one moment: its problems, and the package that was last built without errors.

    - ``files``: the members of that package by name, with manifest and digest, equal to those of a
      build byte for byte; empty before the first success. ``course`` is its course, and
      ``plan`` its plan.
    - ``complete``: false if only one language is up to date. Then all other languages, manifest,
      ``course.json``, problems and places are those of the view before.
    - ``diagnostics``: the problems of the sources at this moment; ``good``: whether ``files`` were
      built from these sources.
    - ``changed``: names of the files that were changed, added or removed since the previous view. A
      page with new content also gets a new name, so its old and new names are included.
    - ``remarks``: reviewers' remarks with their positions in these sources.
    - ``places``: positions in these sources, by ``("page", ID)``, ``("question", ID)``,
      ``("record", ID)`` or ``("scene", "PAGE/SCENE")``.
    - ``scenarios``: the scenarios of these sources, also those with errors.
    - ``sources`` and ``judged``: these sources and the result of validating them, ``None`` if they
      have errors.
    - ``blocks``: for each page in ``files``, by id, the position of each element below the title,
      in order. (The player's page has more elements after them: terms, quiz, record.)
    """

    files: Mapping[str, Member] = field(default_factory=dict)
    course: Course | None = None
    plan: Plan | None = None
    places: Places = field(default_factory=dict)
    blocks: Mapping[str, tuple[Position, ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    good: bool = False
    remarks: tuple[tuple[Remark, Position], ...] = ()
    changed: frozenset[str] = frozenset()
    scenarios: tuple[Proved, ...] = ()
    sources: Sources | None = None
    judged: validate.Judged | None = None
    complete: bool = True


class _AbandonedError(Exception):
    """Raised in a pass over the course that is not finished, since the course has changed again."""


class Warm:
    """Keeps the course in a folder built, with all intermediate results cached in memory. ``today``
    decides which reviews are overdue."""

    def __init__(self, course: Path, today: date) -> None:
        self._course = course
        self._today = today
        self._view = View()
        self._sources: Sources | None = None
        self._read, self._validated, self._rendered = MemoryCache(), MemoryCache(), MemoryCache()

    def refresh(self) -> View:
        """Read the course folder again, and rebuild what depends on changed files.

        Never raises, whatever the folder contains, and even if it does not exist.
        """
        return self._complete(load.load(self._course, self._read), lambda: None)

    def refresh_in_steps(self, language: str, stopped: Callable[[], bool]) -> Iterator[View]:
        """Same as ``refresh``, but if only the text of pages has changed, first yields a view in
        which ``language``, the tag of the language on view, is up to date.

        Then ``stopped`` is called before each language. If it returns true, because the course has
        changed again, the complete view is left out.
        """
        read = load.load(self._course, self._read)
        early = read[0] and self._in_one_language(read[0], language)
        if early:
            self._view = early
            yield early

        def pause() -> None:
            if early and stopped():
                raise _AbandonedError

        try:
            view = self._complete(read, pause)
        except _AbandonedError:
            self._validated.abandon_pass()
            self._rendered.abandon_pass()
        else:
            yield view

    def _complete(
        self, read: tuple[Sources | None, tuple[Diagnostic, ...]], pause: Callable[[], None]
    ) -> View:
        self._view = self._build_view(self._view, *read, pause)
        self._sources = read[0] if self._view.good else None
        if self._view.good:
            # Exclude the cache from garbage collection, which would scan all of it each time.
            gc.freeze()
        return self._view

    def _in_one_language(self, sources: Sources, language: str) -> View | None:
        """The view in which one language is up to date; ``None`` if more has to be done at once,
        such as where a page has its first table, or if there is only one language."""
        before = self._view
        course = before.course
        if not course or not self._sources or not course.translations:
            return None
        tag = "" if language == course.language else language
        if not _differ_in_text_of_pages(self._sources, sources):
            return None
        made = validate.with_language(course, sources, tag, self._today, self._validated)
        if made is None:
            return None
        translation = made.in_language(tag)
        if translation is None or not render.needs_same_parts(made, translation, self._rendered):
            return None
        planned = plan.plan(made)
        try:
            members = render.render_for_trainees(planned, self._rendered)
        except archive.SourceError:
            return None
        files = _provisional(members, before.files)
        return replace(
            before,
            files=files,
            course=made,
            plan=planned,
            blocks=_blocks(made, self._rendered),
            changed=_changed(before.files, files),
            complete=False,
        )

    def _build_view(
        self,
        before: View,
        sources: Sources | None,
        unreadable: tuple[Diagnostic, ...],
        pause: Callable[[], None],
    ) -> View:
        if sources is None:
            return replace(_failed(before), diagnostics=tidy(unreadable))
        judged = validate.validate(sources, self._today, self._validated, pause)
        diagnostics = tidy((*unreadable, *judged.diagnostics))
        if judged.course is None:
            return _failed_view(before, diagnostics, judged)
        planned = plan.plan(judged.course)
        try:
            files = _files(planned, self._rendered, pause)
        except archive.SourceError as error:
            # A media file was removed while it was read; the next refresh will report it.
            problems = tidy((*diagnostics, error.problem))
            return _failed_view(before, problems, judged)
        return View(
            files=files,
            course=judged.course,
            plan=planned,
            places=judged.places,
            blocks=_blocks(judged.course, self._rendered),
            diagnostics=diagnostics,
            good=True,
            remarks=judged.remarks,
            changed=_changed(before.files, files),
            scenarios=judged.scenarios,
            sources=sources,
            judged=judged,
        )


def _failed(before: View) -> View:
    """The view before, of sources that could not be read."""
    return replace(before, good=False, changed=frozenset(), sources=None, judged=None)


def _differ_in_text_of_pages(before: Sources, now: Sources) -> bool:
    """Whether the text below the front matter of pages is all that differs. Unchanged files of YAML
    and translations are the same objects."""

    def same(one: Iterable[object], other: Iterable[object]) -> bool:
        return all(map(is_, one, other))

    return (
        replace(now, pages=before.pages, questions={}, translations={}, interface={})
        == replace(before, questions={}, translations={}, interface={})
        and all(
            one.keys() == other.keys() and same(one.values(), other.values())
            for one, other in (
                (before.questions, now.questions),
                (before.translations, now.translations),
                (before.interface, now.interface),
            )
        )
        and before.pages.keys() == now.pages.keys()
        and all(
            old is new or old.front == new.front
            for old, new in zip(before.pages.values(), now.pages.values(), strict=True)
        )
    )


def _provisional(members: Sequence[Member], before: Mapping[str, Member]) -> Mapping[str, Member]:
    """The files for trainees with those that only a complete view has. The digest of the package is
    replaced by another text that changes with the files."""
    names = "\n".join(member.name for member in members)
    launch = members[0].read()
    digest = hashlib.sha256(names.encode() + launch).hexdigest()
    launch = launch.replace(DIGEST_PLACEHOLDER.encode(), digest.encode())
    files = {member.name: member for member in (*members, before[MANIFEST], before[OUTLINE])}
    return files | {LAUNCH: Member(LAUNCH, launch)}


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


def _files(planned: Plan, cache: Cache, pause: Callable[[], None]) -> Mapping[str, Member]:
    files = render.render(planned, cache, pause)
    listing = manifest.build(planned, [file.name for file in files])
    sealed, _ = archive.seal([*files, Member(MANIFEST, listing)])
    return {member.name: member for member in sealed}


def _changed(before: Mapping[str, Member], now: Mapping[str, Member]) -> frozenset[str]:
    # Most files are the same objects, which need no comparison by content.
    moved = {id(member) for member in before.values()} ^ {id(member) for member in now.values()}
    both = (*before.items(), *now.items())
    names = {name for name, member in both if id(member) in moved}
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
