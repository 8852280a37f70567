"""Loads and validates a course folder."""

from __future__ import annotations

from collections.abc import Iterable
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


def judge(
    folder: Path, today: date, cache: Cache = NO_CACHE
) -> tuple[Judged | None, tuple[Diagnostic, ...]]:
    """Load and validate a course folder: the result (``None`` if the folder cannot be read), and
    all problems.

    The result does not contain the sources, which take an eighth of the memory of a large course.
    """
    from builder.course import load, validate

    sources, unreadable = load.load(folder, cache)
    if sources is None:
        return None, unreadable
    found = validate.validate(sources, today, cache)
    return found, (*unreadable, *found.diagnostics)


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
