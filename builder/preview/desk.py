"""The data and actions of the author's window: the state of the course, its problems with lines of
their source, open remarks, and figures from the reports of an LMS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from builder.base.printing import quoted
from builder.course import interface
from builder.course.judging import translation_of
from builder.course.model import Course, Page, Remark
from builder.diagnostics.diagnostic import (
    Diagnostic,
    Places,
    Position,
    Severity,
    name_course,
)
from builder.preview.editor import Editor, EditorError, link
from builder.preview.stage import Stage, has_errors, parse_part
from builder.results import saved

Json = dict[str, Any]


class RefusedError(Exception):
    """Raised if an action of the author's window is refused; the text tells the author why."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The data that the author's window gets, and the actions that it requests."""

    stage: Stage
    editor: Editor
    profile: str
    """The id of the LMS profile that is selected at the start."""
    today: date
    """The day of approvals."""

    def printed(self) -> Json:
        """The data that is embedded in the HTML of the window."""
        return {
            "run": self.stage.run,
            "token": self.stage.token,
            "course": self.stage.lms.address,
            "folder": str(self.stage.course.resolve()),
            "profile": self.profile,
            "command": bool(self.editor.command),
        }

    def view(self) -> Json:
        """The present state of the course, as the window shows it."""
        now, shown = self.stage.now, self.stage.shown
        course = shown.plan.course if shown.plan else None
        pages = course.pages if course else ()
        return {
            "edition": self.stage.edition,
            "held": self.stage.held,
            "behind": now.files is not shown.files,
            "uploaded": self.stage.uploaded,
            "good": bool(shown.files) and now.good,
            "wrong": has_errors(now),
            "title": course.title if course else "",
            "version": course.version if course else "",
            "draft": bool(course and course.draft),
            "scenarios": bool(now.scenarios),
            "certificate": bool(course and course.certificate),
            "tracking": _tracking(course) if course else None,
            "pages": [{"id": page.id, "title": page.title, "path": page.path} for page in pages],
            "problems": list_problems(self.stage.course, now.diagnostics),
            "remarks": [*list_remarks(self.stage.course, now.remarks, pages)],
            "results": list_results(self.stage.course, course.id if course else "", now.places),
        }

    def record(self, query: Mapping[str, list[str]]) -> Json:
        """The data that the LMS has received, with the API calls after the number that ``calls`` in
        the query gives."""
        [text] = query.get("calls", ["0"])[:1]
        calls, count = self.stage.lms.calls_after(int(text) if text.isdecimal() else 0)
        return {
            "messages": self.stage.lms.messages,
            "faults": self.stage.lms.faults_now(),
            "calls": calls,
            "count": count,
        }

    def place(self, query: Mapping[str, list[str]]) -> Json | None:
        """The source position of the part of a page that the query names; ``None`` if unknown."""
        position = self.stage.place(*parse_part(query))
        return position_data(self.stage.course, position) if position else None

    def open(self, request: Json) -> None:
        """Open the author's editor at the requested position, which must be one that the window may
        show. Raises ``RefusedError`` if that is impossible."""
        position = Position(
            str(request.get("path", "")),
            _as_int(request.get("line")),
            _as_int(request.get("column")),
        )
        root = self.stage.course.resolve()
        inside = (root / position.path).resolve().is_relative_to(root)
        if not inside or position not in set(self.stage.places()):
            raise RefusedError("This is no place of the course as it is now.")
        if not self.editor.command:
            raise RefusedError("No editor was named: start with --editor.")
        try:
            self.editor.open(self.stage.course, position)
        except EditorError as error:
            raise RefusedError(str(error)) from None


def _tracking(course: Course) -> Json:
    # A course without a score is reported as completed, whatever its tracking says.
    scored = any(page.counts for page in course.pages)
    return {"report": course.tracking.report if scored else "completed"}


def _as_int(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


_BEFORE, _AFTER = 2, 1
"""Number of source lines that are shown before and after the line of a problem."""
_MAX_LINE_LENGTH = 160
"""Maximum number of characters of a source line that are shown."""
_MAX_BYTES = 4_000_000


def list_problems(course: Path, diagnostics: Iterable[Diagnostic]) -> list[Json]:
    """The problems of a course as JSON, errors first, each with lines of its source, and with the
    name of the language if it is a problem of a translation."""
    ordered = sorted(diagnostics, key=lambda one: (one.severity is not Severity.ERROR, one))
    found: dict[Diagnostic, list[Json]] = {}
    for path, same in groupby(sorted(ordered), key=lambda one: one.position.path):
        lines = _lines(course / path)
        found |= {one: list(_excerpt(lines, one.position)) for one in same}
    return [_problem(course, one, found[one]) for one in ordered]


def position_data(course: Path, position: Position) -> Json:
    """A position in the sources of a course as JSON, with the URL that opens it in VS Code."""
    return {
        "path": position.path,
        "line": position.line,
        "column": position.column,
        "text": str(position),
        "link": link(course, position),
    }


def _problem(course: Path, one: Diagnostic, source: list[Json]) -> Json:
    return {
        "severity": str(one.severity),
        "code": one.code,
        "message": one.message,
        "hint": name_course(one.hint, quoted(str(course))),
        "draft": one.draft,
        "language": interface.name_of(tag) if (tag := translation_of(one)) else "",
        "place": position_data(course, one.position),
        "source": source,
    }


def _lines(file: Path) -> list[str]:
    try:
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return []
        return file.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []


def _excerpt(lines: list[str], position: Position) -> Iterator[Json]:
    """The source lines around a position, as JSON.

    ``meant`` marks the line of the position. In that line, ``caret`` is the number of characters
    shown before the position; it is ``None`` in all others. If the position is far along its line,
    all lines are shown without their beginnings.
    """
    if not 0 < position.line <= len(lines):
        return
    first = max(1, position.line - _BEFORE)
    last = min(len(lines), position.line + _AFTER)
    skipped = (
        max(0, position.column - _MAX_LINE_LENGTH // 2) if position.column > _MAX_LINE_LENGTH else 0
    )
    for number in range(first, last + 1):
        is_target = number == position.line
        yield {
            "number": number,
            "text": lines[number - 1][skipped : skipped + _MAX_LINE_LENGTH],
            "caret": max(0, position.column - 1 - skipped)
            if is_target and position.column
            else None,
            "meant": is_target,
        }


def list_remarks(
    course: Path, remarks: Iterable[tuple[Remark, Position]], pages: Iterable[Page]
) -> Iterator[Json]:
    """The open remarks as JSON, in the order of their positions.

    Each remark lists the ids of the pages that show the part of the course that the remark
    concerns. ``pages`` are the pages of the course.
    """
    pages_by_part: dict[str, list[str]] = {}
    for page in pages:
        for name in (page.path, f"p:{page.id}"):
            pages_by_part.setdefault(name, []).append(page.id)
        for question in page.questions():
            pages_by_part.setdefault(f"q:{question.id}", []).append(page.id)
    for remark, at in sorted(remarks, key=lambda pair: (pair[1], pair[0].id)):
        if remark.state == "open":
            part = remark.part.partition("/")[0]
            yield {
                "id": remark.id,
                "kind": remark.kind,
                "author": remark.author,
                "about": remark.about,
                "added": remark.added,
                "text": remark.text,
                "pages": pages_by_part.get(part) or pages_by_part.get(at.path, []),
                "place": position_data(course, at),
            }


def list_results(folder: Path, course: str, places: Places) -> Json:
    """The figures of ``results.json`` in the course folder as JSON, for the course with this id,
    or a sentence about why there are none."""
    questions, problem = saved.read_saved(folder, course)
    found = []
    for one in questions:
        position = places.get(("question", one.question))
        found.append(
            {
                "question": one.question,
                "page": one.page,
                "use": one.use,
                "prompt": one.prompt,
                "people": one.people,
                "facility": one.facility,
                "discrimination": one.discrimination,
                "statements": [
                    {"finding": each.finding, "advice": each.advice} for each in one.statements
                ],
                "place": position_data(folder, position) if position else None,
            }
        )
    return {"problem": problem, "questions": found}
