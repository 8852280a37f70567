"""Reads a course, and finds its parts that can be approved, with their approvals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder.course import approvals, load, unwritten, validate
from builder.course.approvals import ApprovalStatus, Part
from builder.course.model import Course
from builder.course.sources import Sources
from builder.course.unwritten import Unwritten
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity, tidy


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts to approve in the folder ``course``, as it was read ``today``."""

    course: Path
    sources: Sources
    statuses: tuple[ApprovalStatus, ...]
    today: date

    @property
    def id(self) -> str:
        """The id of the course."""
        value = self.sources.course.value
        return str(value["id"]) if isinstance(value, dict) else ""


def read(course: Path, today: date) -> tuple[Reading | None, tuple[Diagnostic, ...]]:
    """The approval status of every part of a course; or ``None``, and the errors of the course."""
    sources, unreadable = load.load(course)
    if sources is None:
        return None, _errors(course, unreadable)
    judged = validate.validate(sources, today)
    if judged.course is None:
        return None, _errors(course, (*unreadable, *judged.diagnostics))
    parts = approvals.parts(judged.course)
    doubts = {
        **_unwritten_parts(course, sources, judged.course, parts),
        **dict(_undecided_questions(course, sources)),
    }
    standings = approvals.approval_statuses(parts, judged.approvals, judged.required, doubts)
    return Reading(course, sources, standings, today), ()


def _undecided_questions(course: Path, sources: Sources) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the questions that cannot be approved yet because something is not decided."""
    for file in sources.questions.values():
        for index, value in enumerate(file.value if isinstance(file.value, list) else ()):
            doubts = value.get("unsure")
            if doubts:
                first = doubts[0] if isinstance(doubts, list) else doubts
                at = file.place.parts[index].find(["unsure", 0]).at
                part = f"question/{value['id']}"
                words = {"part": part, "problem": " ".join(str(first).split())}
                yield part, problem("approval-undecided", _with_course_path(course, at), **words)


def _unwritten_parts(
    folder: Path, sources: Sources, course: Course, parts: Iterable[Part]
) -> dict[str, Diagnostic]:
    """The parts with text that is still to be written, and the position of the first such text."""
    waiting = {part.id for part in parts if unwritten.SIGN in part.words}
    found: dict[str, Diagnostic] = {}
    for part, text in _unwritten_texts(sources, course):
        if part in waiting and part not in found:
            words = {"part": part, "text": text.text}
            found[part] = problem("approval-unwritten", _with_course_path(folder, text.at), **words)
    return found


_RECORD_KEYS = ("record", "signature")
"""Keys of a page that belong to its record."""


def _unwritten_texts(sources: Sources, course: Course) -> Iterator[tuple[str, Unwritten]]:
    """Yield each text that is still to be written, with the id of its part."""
    for text in unwritten.in_yaml(sources.course):
        is_value = text.steps[0] == "variables" and len(text.steps) > 1
        yield f"value/{text.steps[1]}" if is_value else "course", text
    for page in course.pages:
        file = sources.pages[page.path]
        for text in unwritten.in_yaml(file.front):
            kind = "record" if text.steps[0] in _RECORD_KEYS else "page"
            yield f"{kind}/{page.id}", text
        for text in unwritten.in_body(file):
            yield f"page/{page.id}", text
    for questions in sources.questions.values():
        listed = questions.value if isinstance(questions.value, list) else []
        for text in unwritten.in_yaml(questions):
            index = text.steps[0]
            if isinstance(index, int):
                yield f"question/{listed[index]['id']}", text


def _with_course_path(course: Path, at: Position) -> Position:
    return replace(at, path=str(course / at.path))


def _errors(course: Path, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tidy(
        replace(one, position=_with_course_path(course, one.position))
        for one in found
        if one.severity is Severity.ERROR
    )
