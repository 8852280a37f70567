"""Reads saved states from a CSV file exported by an LMS or by a query of its database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.base.slugs import slug

_MAX_BYTES = 64 << 20
"""Maximum size of a file in bytes; enough for tens of thousands of trainees."""
_MAX_ROWS = 500_000
_MAX_CELLS = 2_000
"""Maximum number of cells in a row; real exports have tens."""
_MAX_REPORTED = 20
"""Maximum number of malformed rows that a message describes."""
_STATE_START = re.compile(r"(?<![\w-])1[\w-]{25}")
"""Matches the beginning of a saved state (docs/state.md): version, head and checksum."""
_CSV_ERRORS = (
    (
        "field larger",
        f"a cell has more than {csv.field_size_limit():,} characters, which is too long for a "
        "saved state: a quotation mark may be missing.",
    ),
    (
        "unexpected end",
        "a quotation mark is opened here but not closed: all rows after it would be missing. Close "
        "it, or export the file again.",
    ),
    (
        "",
        "a quotation mark closes in the middle of a cell: an earlier one may be missing. Inside a "
        "cell in quotation marks, write each quotation mark twice.",
    ),
)
"""Messages for errors of Python's ``csv``, by how the error's text starts; the last is the
fallback."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16, which Excel writes as “Unicode text”."""
_STATE, _STATUS, _SCORE = "suspend_data", "lesson_status", "score_raw"
_LOCATION = "lesson_location"
_LEARNER_COLUMNS = (
    *("learner", "learner_name", "student_name", "cmi_core_student_name", "full_name", "fullname"),
    *("name", "username", "user_name", "user", "userid", "user_id", "student_id", "email"),
    *("email_address", "id_number", "idnumber"),
)
"""Names of columns that identify a trainee; the first of them with a value is used."""
_NAME_COLUMNS = ("first_name", "firstname", "last_name", "lastname", "surname")
"""Columns with parts of a trainee's name, as in Moodle's reports."""
_VARYING_COLUMNS = frozenset({"id", "timemodified", "timecreated", "timestamp"})
"""Columns in which the rows of one visit differ, in tables with one row per SCORM element. They are
ignored when rows are grouped by visit."""


class ExportError(Exception):
    """Raised if a file has no readable saved states; the text says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """What an LMS has saved for one trainee.

    ``text`` is ``cmi.suspend_data``. ``status``, ``score`` and ``location`` are empty if the file
    does not contain them.
    """

    learner: str
    text: str
    status: str = ""
    score: str = ""
    location: str = ""


def rows(path: Path) -> tuple[Row, ...]:
    """Read every trainee of a CSV file, in order.

    Columns are found by name, with or without ``cmi.core.``: either one row per trainee with a
    column ``suspend_data``, or one row per SCORM element (columns ``element`` and ``value``) as in
    Moodle's tables. Accepts commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252; any line
    ends. Every row must have as many cells as the first: otherwise it is unclear which trainee a
    cell belongs to. Raises ``ExportError``, which lists malformed rows by their line numbers.
    """
    text = _decode(_read_file(path))
    lines = io.StringIO(text, newline=None)
    delimiter = max(",;\t", key=text.splitlines()[0].count) if text.strip() else ","
    heading: list[str] = []
    entries: list[dict[str, str]] = []
    faults = _RowFaults(path.name)
    for number, row in _parse_rows(lines, delimiter, path.name):
        if not heading:
            heading = row
            names = [_column_name(column) for column in row]
        elif row_fault := _row_fault(row, len(heading), delimiter):
            faults.add(number, row_fault)
        else:
            entries.append(dict(zip(names, row, strict=False)))
    if not heading:
        raise ExportError(f"“{path.name}” is empty.")
    faults.raise_if_any()
    return tuple(_rows(heading, names, entries, path.name))


def _read_file(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ExportError(
                f"“{path.name}” is not a regular file: save its output to a file first."
            )
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ExportError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if len(content) > _MAX_BYTES:
        raise ExportError(f"“{path.name}” is larger than {_MAX_BYTES >> 20} MiB.")
    return content


def _parse_rows(lines: Iterable[str], delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank, after the number of the row's first line. ``name`` is the
    name of the file, for errors."""
    table = csv.reader(_check_cell_count(lines, delimiter, name), delimiter=delimiter, strict=True)
    count = 0
    while True:
        number = table.line_num + 1
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            words = next(message for start, message in _CSV_ERRORS if str(error).startswith(start))
            raise ExportError(f"“{name}”, line {number}: {words}") from error
        if any(row):
            count += 1
            yield number, row
        if count > _MAX_ROWS:
            raise ExportError(f"“{name}” has more than {_MAX_ROWS:,} rows.")


def _check_cell_count(lines: Iterable[str], delimiter: str, name: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if line.count(delimiter) > _MAX_CELLS:
            raise ExportError(
                f"“{name}”, line {number}: this row has more than {_MAX_CELLS:,} cells."
            )
        yield line


def _row_fault(row: list[str], size: int, delimiter: str) -> str:
    """Describe what is wrong with a row; empty if it is well-formed. ``size`` is the number of
    columns."""
    if any(_contains_rows(cell, at, size, delimiter) for at, cell in enumerate(row)):
        return "a quotation mark is opened here, and whole rows come before it is closed"
    # Some programs end each row with a delimiter.
    if len(row) < size or any(row[size:]):
        return f"{len(row)} {'cell' if len(row) == 1 else 'cells'}"
    return ""


def _contains_rows(cell: str, at: int, size: int, delimiter: str) -> bool:
    """Whether a cell contains other rows, because a quotation mark is missing.

    True if the cell, which has the index ``at`` in a row of ``size`` cells, contains a whole row,
    the end of one row and the beginning of the next, or a saved state among several lines (no state
    contains a line break).
    """
    if "\n" not in cell:
        return False
    first, *whole, last = (line.count(delimiter) for line in cell.split("\n"))
    ends_and_begins = first == size - 1 - at and last == at
    rows = size > 1 and (ends_and_begins or size - 1 in whole)
    return rows or bool(_STATE_START.search(cell))


class _RowFaults:
    """Collects the malformed rows of a file, to report them together."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[tuple[int, str]] = []

    def add(self, number: int, fault: str) -> None:
        self.faults.append((number, fault))

    def raise_if_any(self) -> None:
        """Raise ``ExportError`` with all collected faults, if there are any."""
        if not self.faults:
            return
        listed = "; ".join(
            f"line {number}: {fault}" for number, fault in self.faults[:_MAX_REPORTED]
        )
        more = len(self.faults) - _MAX_REPORTED
        raise ExportError(
            f"“{self.name}” has rows that do not match its first row: "
            f"{listed}{f'; and {more:,} more' if more > 0 else ''}. Export it again, or correct "
            "these lines: a cell with a delimiter or a quotation mark must be in quotation marks."
        )


def _decode(content: bytes) -> str:
    if content.startswith(_UTF16_MARKS):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _column_name(name: str) -> str:
    return slug(name).replace("-", "_")


def _rows(
    heading: list[str], names: list[str], entries: list[dict[str, str]], name: str
) -> Iterator[Row]:
    if "element" in names and "value" in names:
        entries = _group_by_visit(entries)
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


def _group_by_visit(entries: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Group the rows of a table with one row per SCORM element into one entry per visit, by column
    name."""
    visits: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for entry in entries:
        apart = {"element", "value", *_VARYING_COLUMNS}
        same = tuple((name, value) for name, value in entry.items() if name not in apart)
        values = visits.setdefault(same, dict(same))
        values[_column_name(entry.get("element", ""))] = entry.get("value", "")
    return [visit for visit in visits.values() if any(name.endswith(_STATE) for name in visit)]


def _value(entry: dict[str, str], element: str) -> str:
    return next((value.strip() for name, value in entry.items() if name.endswith(element)), "")


def _learner(entry: dict[str, str]) -> str:
    parts = " ".join(entry[part] for part in _NAME_COLUMNS if entry.get(part))
    return parts or next((entry[name] for name in _LEARNER_COLUMNS if entry.get(name)), "")
