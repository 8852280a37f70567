"""Saved states from a file that an LMS, or a query of its database, has exported."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_LIMIT = 64 << 20
"""Bytes of a file; some tens of thousands of trainees."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins, as Excel writes “Unicode text”."""
_STATE, _STATUS, _SCORE = "suspend_data", "lesson_status", "score_raw"
_LOCATION = "lesson_location"
_LEARNERS = (
    *("learner", "learner_name", "student_name", "cmi_core_student_name", "full_name", "fullname"),
    *("name", "username", "user_name", "user", "userid", "user_id", "student_id", "email"),
    *("email_address", "id_number", "idnumber"),
)
"""Columns that name a trainee, the first that there is."""
_PARTS = ("first_name", "firstname", "last_name", "lastname", "surname")
"""Columns with parts of a name, as Moodle's reports have them."""
_TIMES = frozenset({"id", "timemodified", "timecreated", "timestamp"})
"""Columns that differ from row to row of one visit, in a table with one element in each row."""


class ExportError(Exception):
    """No file with saved states; the text says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """What an LMS has kept for one trainee; ``text`` is ``cmi.suspend_data``, the others are empty
    where the file does not say."""

    learner: str
    text: str
    status: str = ""
    score: str = ""
    location: str = ""


def rows(path: Path) -> tuple[Row, ...]:
    """Every trainee of a CSV file, in its order.

    Columns are found by their names, with or without ``cmi.core.``: one trainee in each row with
    ``suspend_data``, or one element in each row (``element``, ``value``) as Moodle's tables have
    them. Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252. Raises ``ExportError``.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LIMIT + 1)
    except OSError as error:
        raise ExportError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if len(content) > _LIMIT:
        raise ExportError(f"“{path.name}” is larger than {_LIMIT >> 20} MiB.")
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        table = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise ExportError(f"“{path.name}” is no CSV file ({error}).") from error
    if not table:
        raise ExportError(f"“{path.name}” is empty.")
    return tuple(_rows(table, path.name))


def _decoded(content: bytes) -> str:
    if content.startswith(_MARKS):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _rows(table: list[list[str]], name: str) -> Iterator[Row]:
    heading, *lines = table
    names = [_plain(one) for one in heading]
    entries = [dict(zip(names, line, strict=False)) for line in lines]
    if "element" in names and "value" in names:
        entries = _gathered(entries)
    elif not any(one.endswith(_STATE) for one in names):
        found = ", ".join(f"“{one}”" for one in heading[:20])
        raise ExportError(
            f"“{name}” has no column suspend_data (or element and value). Its columns: {found}."
        )
    for number, entry in enumerate(entries, 1):
        yield Row(
            learner=_learner(entry) or f"Row {number}",
            text=_value(entry, _STATE),
            status=_value(entry, _STATUS),
            score=_value(entry, _SCORE),
            location=_value(entry, _LOCATION),
        )


def _gathered(entries: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """One entry for each visit, of a table with one element in each row."""
    found: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for entry in entries:
        apart = {"element", "value", *_TIMES}
        same = tuple((name, value) for name, value in entry.items() if name not in apart)
        values = found.setdefault(same, dict(same))
        values[_plain(entry.get("element", ""))] = entry.get("value", "")
    return [one for one in found.values() if any(name.endswith(_STATE) for name in one)]


def _value(entry: dict[str, str], element: str) -> str:
    return next((value.strip() for name, value in entry.items() if name.endswith(element)), "")


def _learner(entry: dict[str, str]) -> str:
    parts = " ".join(entry[part] for part in _PARTS if entry.get(part))
    return parts or next((entry[name] for name in _LEARNERS if entry.get(name)), "")
