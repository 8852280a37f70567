"""Saved states from a file that an LMS, or a query of its database, has exported."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.slugs import slug

_LIMIT = 64 << 20
"""Bytes of a file; some tens of thousands of trainees."""
_ROWS = 500_000
_CELLS = 2_000
"""Cells of a row; exports have tens."""
_TOLD = 20
"""How many rows are named that are not like the first one."""
_SAVED = re.compile(r"(?<![\w-])1[\w-]{25}")
"""How a saved state begins (docs/state.md): version, head, checksum."""
_UNREAD = (
    (
        "field larger",
        f"a cell has more than {csv.field_size_limit():,} characters, and no saved state has: a "
        "quotation mark may be missing.",
    ),
    (
        "unexpected end",
        "a quotation mark opens here and never closes: all rows after it would be missing. Close "
        "it, or export the file again.",
    ),
    (
        "",
        "a quotation mark closes in the middle of a cell: one before it may be missing. Within a "
        "cell in quotation marks each one is written twice.",
    ),
)
"""What Python says of what it cannot read, by how that starts, and what a person is told."""
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
    them. Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252; any line ends. Every row has as
    many cells as the first, else nobody knows which trainee a cell belongs to. Raises
    ``ExportError``, which names every such row by its line.
    """
    text = _decoded(_content(path))
    lines = io.StringIO(text, newline=None)
    delimiter = max(",;\t", key=text.splitlines()[0].count) if text.strip() else ","
    heading: list[str] = []
    entries: list[dict[str, str]] = []
    faults = _Faults(path.name)
    for number, row in _table(lines, delimiter, path.name):
        if not heading:
            heading = row
            names = [_plain(column) for column in row]
        elif fault := _fault(row, len(heading), delimiter):
            faults.add(number, fault)
        else:
            entries.append(dict(zip(names, row, strict=False)))
    if not heading:
        raise ExportError(f"“{path.name}” is empty.")
    faults.tell()
    return tuple(_rows(heading, names, entries, path.name))


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ExportError(f"“{path.name}” is no file: save what it gives in one first.")
        with path.open("rb") as file:
            content = file.read(_LIMIT + 1)
    except OSError as error:
        raise ExportError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if len(content) > _LIMIT:
        raise ExportError(f"“{path.name}” is larger than {_LIMIT >> 20} MiB.")
    return content


def _table(lines: Iterable[str], delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the number of its first line."""
    table = csv.reader(_bounded(lines, delimiter, name), delimiter=delimiter, strict=True)
    count = 0
    while True:
        number = table.line_num + 1
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            words = next(told for start, told in _UNREAD if str(error).startswith(start))
            raise ExportError(f"“{name}”, line {number}: {words}") from error
        if any(row):
            count += 1
            yield number, row
        if count > _ROWS:
            raise ExportError(f"“{name}” has more than {_ROWS:,} rows.")


def _bounded(lines: Iterable[str], delimiter: str, name: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if line.count(delimiter) > _CELLS:
            raise ExportError(f"“{name}”, line {number}: this has more than {_CELLS:,} cells.")
        yield line


def _fault(row: list[str], size: int, delimiter: str) -> str:
    """What is wrong with a row, in words; empty where nothing is."""
    if any(_swallows(cell, at, size, delimiter) for at, cell in enumerate(row)):
        return "a quotation mark opens here, and whole rows stand before it closes"
    # Some programs end each row with a delimiter.
    if len(row) < size or any(row[size:]):
        return f"{len(row)} {'cell' if len(row) == 1 else 'cells'}"
    return ""


def _swallows(cell: str, at: int, size: int, delimiter: str) -> bool:
    """Whether cell number ``at`` holds what looks like other rows: a whole one, the end of one and
    the beginning of another, or a state on one of several lines, since no state has two."""
    if "\n" not in cell:
        return False
    first, *whole, last = (line.count(delimiter) for line in cell.split("\n"))
    ends_and_begins = first == size - 1 - at and last == at
    rows = size > 1 and (ends_and_begins or size - 1 in whole)
    return rows or bool(_SAVED.search(cell))


class _Faults:
    """What is wrong with the rows of a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[tuple[int, str]] = []

    def add(self, number: int, fault: str) -> None:
        self.faults.append((number, fault))

    def tell(self) -> None:
        """Raise ``ExportError`` if there is anything to tell."""
        if not self.faults:
            return
        told = "; ".join(f"line {number}: {fault}" for number, fault in self.faults[:_TOLD])
        more = len(self.faults) - _TOLD
        raise ExportError(
            f"“{self.name}” has rows that are not like its first one: {told}"
            f"{f'; and {more:,} more' if more > 0 else ''}. Export it again, or mend these lines: "
            "a cell that holds a delimiter or a quotation mark stands in quotation marks."
        )


def _decoded(content: bytes) -> str:
    if content.startswith(_MARKS):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _plain(name: str) -> str:
    return slug(name).replace("-", "_")


def _rows(
    heading: list[str], names: list[str], entries: list[dict[str, str]], name: str
) -> Iterator[Row]:
    if "element" in names and "value" in names:
        entries = _gathered(entries)
    elif not any(name.endswith(_STATE) for name in names):
        columns = ", ".join(f"“{column}”" for column in heading[:20])
        raise ExportError(
            f"“{name}” has no column suspend_data (or element and value). Its columns: {columns}."
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
    visits: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for entry in entries:
        apart = {"element", "value", *_TIMES}
        same = tuple((name, value) for name, value in entry.items() if name not in apart)
        values = visits.setdefault(same, dict(same))
        values[_plain(entry.get("element", ""))] = entry.get("value", "")
    return [visit for visit in visits.values() if any(name.endswith(_STATE) for name in visit)]


def _value(entry: dict[str, str], element: str) -> str:
    return next((value.strip() for name, value in entry.items() if name.endswith(element)), "")


def _learner(entry: dict[str, str]) -> str:
    parts = " ".join(entry[part] for part in _PARTS if entry.get(part))
    return parts or next((entry[name] for name in _LEARNERS if entry.get(name)), "")
