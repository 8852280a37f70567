"""Exports a course as a question bank for other programs, or as one web page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from builder.base.immutable import immutable
from builder.course import judging
from builder.diagnostics.diagnostic import Diagnostic, Position, tidy

if TYPE_CHECKING:
    from builder.exporting.banks import Listed

Format = Literal["gift", "moodle-xml", "xlsx", "html"]
EXPORTS: Mapping[Format, tuple[str, ...]] = {
    "gift": (".gift", ".txt"),
    "moodle-xml": (".xml",),
    "xlsx": (".xlsx",),
    "html": (".html",),
}
"""The export formats, with the file extensions that each allows; the first is the default."""


@immutable
class Export:
    """A request for an export of the course in the folder ``course``, in the format ``to``.

    ``output`` is the file to write, or ``None`` for the default file in ``dist``. ``answers`` is
    whether an HTML page has right answers. ``today`` decides which problems are overdue.
    ``language`` is the tag of the language to export; empty for the source language.
    """

    course: Path
    to: Format
    output: Path | None
    answers: bool
    today: date
    language: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """The result of exporting a course to ``path``. If it failed, ``made`` is false and
    ``diagnostics`` say why.

    For a question bank, ``counts`` has the number in the course and in the file by kind, ``listed``
    what the file cannot express, and ``places`` the position of each question by id. ``answers`` is
    whether a page contains right answers.
    """

    path: Path
    to: str
    made: bool
    diagnostics: tuple[Diagnostic, ...]
    title: str = ""
    pages: int = 0
    questions: int = 0
    answers: bool = False
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    listed: tuple[Listed, ...] = ()
    places: Mapping[str, Position] = field(default_factory=dict)


def export(request: Export) -> Exported:
    """Write a course in the requested format, and return the result with what a bank cannot
    express.

    Raises ``NoSuchLanguageError`` if the course does not have the requested language.
    """
    from builder.course import translations
    from builder.exporting import banks, files, page

    source, sources, problems = judging.judge_with_sources(request.course, request.today)
    if source is None or sources is None:
        return Exported(request.output or Path(), request.to, False, tidy(problems))
    course = judging.in_language(source, request.language)
    name = f"{course.id}-{course.version}"
    if course is not source:
        sources = translations.sources_in(sources, course.language)
        name += f"-{course.language.lower()}"
    path = request.output or Path("dist", f"{name}{EXPORTS[request.to][0]}")
    bank = None
    try:
        if request.to == "html":
            failed = files.put_text(path, page.page(course, sources, request.answers))
        else:
            bank = banks.bank(course, sources, request.to)
            members = bank.members
            failed = files.put_zip(path, members) if members else files.put_text(path, bank.text)
    except OSError as error:
        failed = (files.write_problem(path, error),)
    return Exported(
        path=path,
        to=request.to,
        made=not failed,
        diagnostics=tidy(failed),
        title=course.title,
        pages=len(course.pages),
        questions=len(course.questions),
        answers=request.answers,
        counts=bank.counts if bank else {},
        listed=bank.listed if bank else (),
        places=bank.places if bank else {},
    )
