"""The data and actions of the author's window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.course.model import Course
from builder.diagnostics.diagnostic import Position
from builder.preview import problems
from builder.preview.editor import Editor, EditorError
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
            "problems": problems.list_problems(self.stage.course, now.diagnostics),
            "remarks": [*problems.list_remarks(self.stage.course, now.remarks, pages)],
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
        return problems.place(self.stage.course, position) if position else None

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
