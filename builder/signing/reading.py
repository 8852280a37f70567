"""What there is to approve in a course, and what a list says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder import approvals, approving, load, unwritten, validate
from builder.approvals import Part
from builder.approving import Entry, Row, Standing
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position, Severity, tidy
from builder.model import Course
from builder.sources import Sources
from builder.unwritten import Unwritten

_LARGEST = 4_000_000
"""Bytes of a list of approvals."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to approve in the folder ``course``, as it was read ``today``."""

    course: Path
    sources: Sources
    standings: tuple[Standing, ...]
    today: date

    @property
    def id(self) -> str:
        """The course's id."""
        value = self.sources.course.value
        return str(value["id"]) if isinstance(value, dict) else ""


def read(course: Path, today: date) -> tuple[Reading | None, tuple[Diagnostic, ...]]:
    """How it stands with every part of a course; or ``None``, and the errors that it has."""
    sources, unreadable = load.load(course)
    if sources is None:
        return None, _errors(course, unreadable)
    judged = validate.validate(sources, today)
    if judged.course is None:
        return None, _errors(course, (*unreadable, *judged.diagnostics))
    parts = approvals.parts(judged.course)
    doubts = {**_unwritten(course, sources, judged.course, parts), **dict(_doubts(course, sources))}
    standings = approving.standings(parts, judged.approvals, judged.required, doubts)
    return Reading(course, sources, standings, today), ()


def _doubts(course: Path, sources: Sources) -> Iterator[tuple[str, Diagnostic]]:
    """Which questions nobody can approve yet, since something in them is not decided."""
    for file in sources.questions.values():
        for index, value in enumerate(file.value if isinstance(file.value, list) else ()):
            doubts = value.get("unsure")
            if doubts:
                first = doubts[0] if isinstance(doubts, list) else doubts
                at = file.place.parts[index].find(["unsure", 0]).at
                part = f"question/{value['id']}"
                words = {"part": part, "problem": " ".join(str(first).split())}
                yield part, problem("approval-undecided", _within(course, at), **words)


def _unwritten(
    folder: Path, sources: Sources, course: Course, parts: Iterable[Part]
) -> dict[str, Diagnostic]:
    """Which parts have words that are still to be written, and where the first of them stands."""
    waiting = {part.id for part in parts if unwritten.SIGN in part.words}
    found: dict[str, Diagnostic] = {}
    for part, text in _to_write(sources, course):
        if part in waiting and part not in found:
            words = {"part": part, "text": text.text}
            found[part] = problem("approval-unwritten", _within(folder, text.at), **words)
    return found


_RECORD = ("record", "signature")
"""What a page has of its record."""


def _to_write(sources: Sources, course: Course) -> Iterator[tuple[str, Unwritten]]:
    """Each text that is to be written, by the part of the course that has it."""
    for text in unwritten.in_yaml(sources.course):
        is_value = text.steps[0] == "variables" and len(text.steps) > 1
        yield f"value/{text.steps[1]}" if is_value else "course", text
    for page in course.pages:
        file = sources.pages[page.path]
        for text in unwritten.in_yaml(file.front):
            kind = "record" if text.steps[0] in _RECORD else "page"
            yield f"{kind}/{page.id}", text
        for text in unwritten.in_body(file):
            yield f"page/{page.id}", text
    for questions in sources.questions.values():
        listed = questions.value if isinstance(questions.value, list) else []
        for text in unwritten.in_yaml(questions):
            index = text.steps[0]
            if isinstance(index, int):
                yield f"question/{listed[index]['id']}", text


def _within(course: Path, at: Position) -> Position:
    return replace(at, path=str(course / at.path))


def _errors(course: Path, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tidy(
        replace(one, position=_within(course, one.position))
        for one in found
        if one.severity is Severity.ERROR
    )


def signed(
    reading: Reading, sheet: Path, by: str, on: date
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """Who approved what by a list of parts and codes, and what keeps the list from being taken.

    ``by`` and ``on`` are of lines that do not say it themselves. Raises ``OSError`` and
    ``ValueError`` where the list cannot be read.
    """
    rows, problems = approving.rows(_text(sheet), str(sheet))
    standings = {one.part.id: one for one in reading.standings}
    taken = [
        _taken(replace(row, by=row.by or by, on=row.on or on), standings, reading.today)
        for row in rows
        if row.by != ""
    ]
    entries = {one.part.id: one for one in taken if isinstance(one, Entry)}
    wrong = [one for one in taken if isinstance(one, Diagnostic)]
    return tuple(entries.values()), tidy((*problems, *wrong))


def _taken(row: Row, standings: Mapping[str, Standing], today: date) -> Entry | Diagnostic:
    one = standings.get(row.part)
    if one is None:
        return approving.unknown_part(row.at, row.part, row.code, standings)
    if one.doubt:
        return one.doubt
    if one.part.code != row.code:
        return approving.other_words(row.at, one, row.code, standings)
    if not row.by:
        return problem("sheet-line", row.at, problem="it does not say who approves")
    day = row.on or today
    if day > today:
        return problem("sheet-line", row.at, problem=f"{day.isoformat()} is still to come")
    return Entry(one.part, row.by, day)


_OLD_WORD = b"\xd0\xcf\x11\xe0"
_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE)


def _text(sheet: Path) -> str:
    if not sheet.is_file():
        raise ValueError("it is a folder, a device or a pipe")
    with sheet.open("rb") as stream:
        raw = stream.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ValueError("it is larger than 4 MB")
    if raw.startswith(_OLD_WORD):
        raise ValueError("it is a file of an older Office: save it as .docx, a table as CSV UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8: save it again as “CSV UTF-8”") from None
    if _PAGE.match(text):
        raise ValueError("it is a web page: name a list of parts and codes, or a Word document")
    return text.replace("\r\n", "\n").replace("\r", "\n")
