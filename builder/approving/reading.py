"""Reads a course and the approval status of each part that people approve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from builder.course import approvals, load, unwritten, validate
from builder.course.approvals import ApprovalStatus, Part
from builder.course.model import Course
from builder.course.sources import Sources
from builder.course.unwritten import Unwritten
from builder.course.validate import Judged
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity, tidy


@dataclass(frozen=True, slots=True)
class Reading:
    """The approval status of every part in the course folder ``course``.

    ``today`` is the day of reading; no approval may have a later date. ``pages`` has the title of
    the page that shows each part, by part id; a question belongs to the first page that asks it.
    """

    course: Path
    sources: Sources
    statuses: tuple[ApprovalStatus, ...]
    today: date
    pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the course in ``course.yaml``."""
        value = self.sources.course.value
        return str(value["id"]) if isinstance(value, dict) else ""


def read(course: Path, today: date) -> tuple[Reading | None, tuple[Diagnostic, ...]]:
    """Read the approval status of every part of a course. Returns ``None`` and the errors if the
    course has errors."""
    sources, unreadable = load.load(course)
    if sources is None:
        return None, _errors(course, unreadable)
    judged = validate.validate(sources, today)
    if judged.course is None:
        return None, _errors(course, (*unreadable, *judged.diagnostics))
    return standing(course, sources, judged, judged.course, today), ()


def standing(course: Path, sources: Sources, judged: Judged, built: Course, today: date) -> Reading:
    """The approval status of every part of a course that has been read already: ``built`` is the
    course of ``judged``, the result of validating ``sources``."""
    parts = approvals.parts(built)
    doubts = {
        **_unwritten_parts(course, sources, built, parts),
        **dict(_undecided_questions(course, sources)),
    }
    # What is undecided in the source is undecided in every language.
    doubts = {
        **dict(_untranslated_parts(course, judged.incomplete)),
        **{
            part.id: doubts[own]
            for part in parts
            if (own := approvals.split_language(part.id)[0]) in doubts
        },
    }
    standings = approvals.approval_statuses(parts, judged.approvals, judged.required, doubts)
    return Reading(course, sources, standings, today, _pages_of(built))


def _pages_of(course: Course) -> dict[str, str]:
    """The title of the page that shows each part of a course, by part id."""
    pages: dict[str, str] = {}
    for page in course.pages:
        for kind in ("page", "scenario", "record", "quiz"):
            pages[f"{kind}/{page.id}"] = page.title
        for question in page.questions():
            pages.setdefault(f"question/{question.id}", page.title)
    return pages


def _untranslated_parts(
    course: Path, incomplete: Iterable[str]
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield each of the parts with some text in the source language, and the problem that prevents
    its approval."""
    for part in incomplete:
        _, tag = approvals.split_language(part)
        at = _with_course_path(course, Position(f"translations/{tag}.po"))
        yield part, problem("approval-untranslated", at, part=part)


def _undecided_questions(course: Path, sources: Sources) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the part id of each question with an open decision (``unsure``), and the problem that
    prevents its approval."""
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
    """The parts with text that the author still has to write: for each part id, the problem at the
    position of its first such text."""
    waiting = {part.id for part in parts if unwritten.SIGN in part.words}
    found: dict[str, Diagnostic] = {}
    for part, text in _unwritten_texts(sources, course):
        if part in waiting and part not in found:
            words = {"part": part, "text": text.text}
            found[part] = problem("approval-unwritten", _with_course_path(folder, text.at), **words)
    return found


_RECORD_KEYS = ("record", "signature")
"""Keys of a page's front matter that belong to its record, which is a separate part."""


def _unwritten_texts(sources: Sources, course: Course) -> Iterator[tuple[str, Unwritten]]:
    """Yield each text that the author still has to write, with the id of the part that contains
    it."""
    for text in unwritten.in_yaml(sources.course):
        is_value = text.steps[0] == "variables" and len(text.steps) > 1
        yield f"value/{text.steps[1]}" if is_value else "course", text
    for page in course.pages:
        file = sources.pages[page.path]
        own = "scenario" if page.scenario else "page"
        for text in unwritten.in_yaml(file.front):
            kind = "record" if text.steps[0] in _RECORD_KEYS else own
            yield f"{kind}/{page.id}", text
        for text in unwritten.in_body(file):
            yield f"{own}/{page.id}", text
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
