"""The data and actions of the author's window: the course as it is now, its problems with lines of
their source, and open remarks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from builder.course.model import Course, Page, Remark
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity
from builder.preview.editor import Editor, EditorError, link
from builder.preview.stage import Stage, has_errors, parse_part

Json = dict[str, Any]


class RefusedError(Exception):
    """An action was refused; the text explains why to the author."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The model behind the author's window."""

    stage: Stage
    editor: Editor
    profile: str
    """The LMS profile selected at the start."""

    def printed(self) -> Json:
        """The data embedded in the window's page."""
        return {
            "run": self.stage.run,
            "token": self.stage.token,
            "course": self.stage.lms.address,
            "folder": str(self.stage.course.resolve()),
            "profile": self.profile,
            "command": bool(self.editor.command),
        }

    def view(self) -> Json:
        """The present state of the course, for the window."""
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
            "certificate": bool(course and course.certificate),
            "tracking": _tracking(course) if course else None,
            "pages": [{"id": page.id, "title": page.title, "path": page.path} for page in pages],
            "problems": list_problems(self.stage.course, now.diagnostics),
            "remarks": [*list_remarks(self.stage.course, now.remarks, pages)],
        }

    def record(self, query: Mapping[str, list[str]]) -> Json:
        """The data received by the LMS, with its calls after a given number."""
        [text] = query.get("calls", ["0"])[:1]
        calls, count = self.stage.lms.calls_after(int(text) if text.isdecimal() else 0)
        return {
            "messages": self.stage.lms.messages,
            "faults": self.stage.lms.faults_now(),
            "calls": calls,
            "count": count,
        }

    def place(self, query: Mapping[str, list[str]]) -> Json | None:
        """The source position of a part of a page; ``None`` if unknown."""
        position = self.stage.place(*parse_part(query))
        return position_data(self.stage.course, position) if position else None

    def open(self, request: Json) -> None:
        """Open the author's editor at a position shown in the window."""
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
    # A course without a quiz is reported as completed, whatever its tracking says.
    quiz = any(page.quiz for page in course.pages)
    return {"report": course.tracking.report if quiz else "completed"}


def _as_int(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


_BEFORE, _AFTER = 2, 1
"""Number of source lines shown before and after the line of the problem."""
_MAX_LINE_LENGTH = 160
"""Maximum number of characters shown of a line."""
_MAX_BYTES = 4_000_000


def list_problems(course: Path, diagnostics: Iterable[Diagnostic]) -> list[Json]:
    """All problems, errors first."""
    ordered = sorted(diagnostics, key=lambda one: (one.severity is not Severity.ERROR, one))
    found: dict[Diagnostic, list[Json]] = {}
    for path, same in groupby(sorted(ordered), key=lambda one: one.position.path):
        lines = _lines(course / path)
        found |= {one: list(_excerpt(lines, one.position)) for one in same}
    return [_problem(course, one, found[one]) for one in ordered]


def position_data(course: Path, position: Position) -> Json:
    """A position as JSON, with the URL that opens it in VS Code."""
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
        "hint": one.hint,
        "draft": one.draft,
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
    """The lines around a position.

    ``caret`` is the number of characters before the position in the text shown; ``None`` for other
    lines. A long line is cut before the position.
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
    """The open remarks in the order of their positions; ``pages`` are the pages shown."""
    pages_by_part: dict[str, list[str]] = {}
    for page in pages:
        pages_by_part.setdefault(page.path, []).append(page.id)
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
