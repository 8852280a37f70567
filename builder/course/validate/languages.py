"""Checks the translations of a course, and makes the model of the course in each language.

The translated course is checked by the same rules as the source. What the source has too is not
reported again; other problems are reported at the line of the translation in its PO file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from builder.base.cache import Cache, ScopedCache
from builder.base.immutable import immutable
from builder.course import interface
from builder.course.model import Course
from builder.course.sources import PoEntry, PoFile, Sources
from builder.course.translations import checking
from builder.course.translations.applying import translated
from builder.course.translations.catalogue import Catalogue, catalogue
from builder.course.translations.messages import units
from builder.course.validate.assemble import assemble
from builder.course.validate.gather import gather
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity, tidy

Run = Callable[[Material, Cache], Iterable[Diagnostic]]
"""A function that yields the problems that all rules find."""


@immutable
class Spoken:
    """A course in another language: ``None`` if there is an error. ``diagnostics`` are the problems
    of the translation."""

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]


def judge(
    sources: Sources,
    file: PoFile,
    source: Course | None,
    found: Sequence[Diagnostic],
    today: date,
    run: Run,
    cache: Cache,
) -> Spoken:
    """Check the translation in ``file`` and make the course in its language.

    ``source`` is the course in the source language, ``None`` if it has errors; ``found`` are the
    problems of the source.
    """
    checked = checking.check(file, sources, cache)
    if source is None or not checked.usable:
        return Spoken(None, checked.diagnostics)
    own = ScopedCache(cache, file.tag)
    foreign = source.language, interface.spoken(source.language).direction
    known = catalogue(file, foreign, checked.wrong, own)
    material, shape_problems = gather(translated(sources, known, own), today, own)
    diagnostics = [
        *checked.diagnostics,
        *_moved((*shape_problems, *run(material, own)), found, sources, file, known),
        *_incomplete(file, checked),
    ]
    made = _course(material, source, checked.missing, own)
    draft = source.draft or any(problem.draft for problem in diagnostics)
    has_errors = any(problem.severity is Severity.ERROR for problem in diagnostics)
    return Spoken(None if has_errors else replace(made, draft=draft), tidy(diagnostics))


def _course(
    material: Material, source: Course, missing: Iterable[checking.Key], cache: Cache
) -> Course:
    made = assemble(material, cache)
    joined = {
        written.value
        for name, variable in made.variables.items()
        if (written := source.variables[name]).value and variable.value == written.value
    }
    texts = {text for _, text in missing}
    # Several texts of a local value are shown as one.
    shown = {value for value in joined if not texts.isdisjoint(value.split("; "))}
    return replace(
        made,
        certificate=source.certificate and made.certificate,
        source_language=source.language,
        untranslated=frozenset(texts | shown),
        without_approvals=source.without_approvals,
        worst_state=source.worst_state,
    )


def with_translations(source: Course, spoken: Iterable[Spoken]) -> Course | None:
    """The course with its translations; ``None`` if one of them has an error."""
    made = [one.course for one in spoken]
    courses = tuple(course for course in made if course)
    if len(courses) < len(made):
        return None
    return replace(source, translations=courses)


def _incomplete(file: PoFile, checked: checking.Checked) -> Iterator[Diagnostic]:
    """Report how many messages are shown in the source language."""
    if checked.missing:
        missing = len(checked.missing) - checked.stale
        words = {"tag": file.tag, "missing": f"{missing:,}", "all": f"{checked.total:,}"}
        at = Position(file.path)
        yield problem("translation-incomplete", at, **words, stale=f"{checked.stale:,}")


def _moved(
    problems: Iterable[Diagnostic],
    found: Sequence[Diagnostic],
    sources: Sources,
    file: PoFile,
    known: Catalogue,
) -> Iterator[Diagnostic]:
    """Yield the problems that only the translation has, at the lines of the PO file.

    A problem at a place where no translation is shown follows from a mixture of languages; it is
    left out, since the translation is incomplete.
    """
    same = {(one.position, one.code) for one in found}
    new = [one for one in problems if (one.position, one.code) not in same]
    if not new:
        return
    places = _places(sources, file, known)
    for one in new:
        lines = places.get((one.position.path, one.position.line), ())
        entry = max(lines, key=lambda entry: _relevance(entry, one), default=None)
        if entry:
            yield replace(one, position=Position(file.path, entry.line, 1))


def _relevance(entry: PoEntry, problem: Diagnostic) -> int:
    """How probably a problem on a line of the source is one of this translation, if the line has
    several texts, such as the cells of a table."""
    quoted = (part.partition("”")[0] for part in problem.message.split("“")[1:])
    return max((len(part) for part in quoted if part in entry.translation), default=0)


def _places(
    sources: Sources, file: PoFile, known: Catalogue
) -> Mapping[tuple[str, int], list[PoEntry]]:
    """The translations that are shown for the texts on each line of each file of the source."""
    entries = checking.by_key(file)
    places: dict[tuple[str, int], list[PoEntry]] = {}
    for message in (message for unit in units(sources) for message in unit):
        if known.translation(message.part, message.text) is None:
            continue
        at = message.position
        for row in range(at.line, at.line + max(1, message.lines)):
            places.setdefault((at.path, row), []).append(entries[message.key])
    return places
