"""What a course folder is judged to be, with every problem in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic, Severity
from builder.memo import FORGETFUL, Memo

if TYPE_CHECKING:
    from builder.model import Course
    from builder.sources import Sources
    from builder.validate import Judged


def judged(
    folder: Path, today: date, memo: Memo = FORGETFUL
) -> tuple[Judged | None, tuple[Diagnostic, ...]]:
    """What a folder is judged to be on a day, ``None`` where it cannot be read, and every problem
    in it.

    The sources, an eighth of the memory of a large course, are not kept any longer than this.
    """
    from builder import load, validate

    sources, unreadable = load.load(folder, memo)
    if sources is None:
        return None, unreadable
    found = validate.validate(sources, today, memo)
    return found, (*unreadable, *found.diagnostics)


def course(folder: Path, today: date) -> tuple[Course | None, tuple[Diagnostic, ...]]:
    """The course of a folder, ``None`` where it has none, and every problem in it."""
    found, diagnostics = judged(folder, today)
    return (found.course if found else None), diagnostics


def with_sources(
    folder: Path, today: date, remarks: bool = True
) -> tuple[Course | None, Sources | None, tuple[Diagnostic, ...]]:
    """The course of a folder, its sources and every problem in it; where there is an error, neither
    of the two, and the errors alone.

    Without ``remarks`` it is as if no reviewer had remarked anything. A review document is made of
    this: otherwise keeping the remarks of one would make the course a draft, and the document
    another one than it is compared with.
    """
    from builder import load, validate

    sources, unreadable = load.load(folder)
    if sources is None:
        return None, None, unreadable
    sources = sources if remarks else replace(sources, remarks=None)
    found = validate.validate(sources, today)
    problems = (*unreadable, *found.diagnostics)
    if found.course is None or wrong(problems):
        return None, None, tuple(one for one in problems if one.severity is Severity.ERROR)
    return found.course, sources, problems


def wrong(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
