"""Loads and validates a course folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base.cache import NO_CACHE, Cache
from builder.diagnostics.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from builder.course.model import Course
    from builder.course.sources import Sources
    from builder.course.validate import Judged


class NoSuchLanguageError(Exception):
    """Raised if a course does not have the language that was requested. ``languages`` are the tags
    of those that it has, the source language first."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__(", ".join(languages))
        self.languages = languages


def judge(
    folder: Path, today: date, cache: Cache = NO_CACHE, language: str = ""
) -> tuple[Judged | None, tuple[Diagnostic, ...]]:
    """Load and validate a course folder: the result (``None`` if the folder cannot be read), and
    all problems.

    If ``language`` is not empty, other translations are not read; raises ``NoSuchLanguageError`` if
    the course does not have it. The result does not contain the sources, which take an eighth of
    the memory of a large course.
    """
    from builder.course import load, validate

    sources, unreadable = load.load(folder, cache)
    if sources is None:
        return None, unreadable
    if language:
        sources, unreadable = _only_language(sources, unreadable, language)
    found = validate.validate(sources, today, cache)
    return found, (*unreadable, *found.diagnostics)


_TRANSLATION = re.compile(r"translations/(?:interface/)?([^/]+)\.po")


def translation_of(diagnostic: Diagnostic) -> str:
    """The tag of the translation in whose file a problem is; empty for any other file."""
    return _tag_of(diagnostic.position.path)


def _tag_of(path: str) -> str:
    found = _TRANSLATION.fullmatch(path)
    return found[1] if found else ""


def _only_language(
    sources: Sources, problems: Iterable[Diagnostic], language: str
) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """The sources without translations into other languages, their interface texts and media, and
    without their problems."""
    from builder.course.translations.media import of_languages
    from builder.course.translations.messages import source_language

    own = source_language(sources)
    failed = {path: tag for path in sources.failed if (tag := _tag_of(path))}
    tags = sorted({*sources.translations, *failed.values()} - {own})
    wanted = [tag for tag in (own, *tags) if tag.lower() == language.lower()]
    if not wanted:
        raise NoSuchLanguageError((own, *tags))
    chosen = wanted[0]
    other_files = {path for path, tag in failed.items() if tag != chosen}
    kept = {tag: file for tag, file in sources.translations.items() if tag == chosen}
    only = replace(sources, translations=kept, failed=sources.failed - other_files)
    other_media = of_languages(sources) - of_languages(only)
    others = {tag for tag in {*tags, *sources.interface} if tag not in (own, chosen)}
    only = replace(
        only,
        media={path: one for path, one in sources.media.items() if path not in other_media},
        captions={path: one for path, one in sources.captions.items() if path not in other_media},
        interface={tag: one for tag, one in sources.interface.items() if tag not in others},
        unread=frozenset(others),
    )
    return only, tuple(one for one in problems if translation_of(one) in ("", chosen))


def in_language(course: Course, tag: str) -> Course:
    """The course in the language ``tag``; the source language if the tag is empty. Raises
    ``NoSuchLanguageError`` if the course does not have it."""
    found = course.in_language(tag)
    if found is None:
        raise NoSuchLanguageError((course.language, *(one.language for one in course.translations)))
    return found


def problems_in(course: Course, problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the problems of one language: of the translation ``course``, those in its PO files; of
    the source, those in its interface texts and in all files without a language."""
    tags = (course.language,) if course.source_language else (course.language, "")
    return (one for one in problems if translation_of(one) in tags)


def course(folder: Path, today: date) -> tuple[Course | None, tuple[Diagnostic, ...]]:
    """Load and validate a course folder: the course (``None`` if there are errors), and all
    problems."""
    found, diagnostics = judge(folder, today)
    return (found.course if found else None), diagnostics


def judge_with_sources(
    folder: Path, today: date, remarks: bool = True
) -> tuple[Course | None, Sources | None, tuple[Diagnostic, ...]]:
    """Load and validate a course folder: the course, its sources, and all problems; on error,
    ``None`` twice and only the errors.

    If ``remarks`` is false, the remarks of reviewers are ignored. Review documents are made this
    way: open remarks would mark the course as a draft, so saving remarks would change the document
    that returned documents are compared with.
    """
    from builder.course import load, validate

    sources, unreadable = load.load(folder)
    if sources is None:
        return None, None, unreadable
    sources = sources if remarks else replace(sources, remarks=None)
    found = validate.validate(sources, today)
    problems = (*unreadable, *found.diagnostics)
    if found.course is None or has_errors(problems):
        return None, None, tuple(one for one in problems if one.severity is Severity.ERROR)
    return found.course, sources, problems


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of the diagnostics is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
