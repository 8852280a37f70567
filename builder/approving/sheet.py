"""What a list of approvals says: a sheet of parts and codes, plain or as a table for spreadsheets.

A plain list has a part and its code on each line. A table has a head with “part” and “code”; where
it has a column of names, a line without a name is one that nobody has signed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from builder.approvals import read_code
from builder.approving.who import named, plausible
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position

_HEADS: Mapping[str, str] = {
    **dict.fromkeys(("part", "id"), "part"),
    **dict.fromkeys(("code", "words code"), "code"),
    **dict.fromkeys(("name", "by", "approved by", "approved_by"), "by"),
    **dict.fromkeys(("date", "on", "approved on", "approved_on"), "on"),
}
_LINE = re.compile(r"(?P<part>\S+?)[\s,;]+(?P<code>[^\s,;]+)")
_LONGEST = 100_000
_SHOWN = 60
"""Characters of what is wrong that a message repeats."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line that names a part and a code. ``by`` is ``None`` where the list has no names, and
    empty where nobody has signed; ``on`` is ``None`` where the line has no day."""

    at: Position
    part: str
    code: str
    by: str | None = None
    on: date | None = None


def rows(text: str, path: str) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """The lines of a list, and those that cannot be understood."""
    read = list(_rows(text, path))
    return (
        tuple(row for row in read if isinstance(row, Row)),
        tuple(row for row in read if isinstance(row, Diagnostic)),
    )


def _rows(text: str, path: str) -> Iterator[Row | Diagnostic]:
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for delimiter in ("\t", ";", ","):
        heads = [
            _HEADS.get(" ".join(cell.split()).lower()) for cell in _cells(lines[first], delimiter)
        ]
        if {"part", "code"} <= set(heads):
            yield from _table("\n".join(lines[first:]), heads, delimiter, Position(path, first + 1))
            return
    for number, line in enumerate(lines, start=1):
        said = line.strip()
        if said and not said.startswith("#"):
            yield _plain(said, Position(path, number))


def _plain(line: str, at: Position) -> Row | Diagnostic:
    found = _LINE.fullmatch(line)
    code = read_code(found["code"]) if found else ""
    if not found or not code:
        return problem("sheet-line", at, problem="it has no part and its code")
    return Row(at, found["part"], code)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line[:_LONGEST]], delimiter=delimiter), [])


def _table(
    text: str, heads: list[str | None], delimiter: str, head: Position
) -> Iterator[Row | Diagnostic]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    next(reader)
    begun = reader.line_num
    while True:
        at = Position(head.path, head.line + begun)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield problem("sheet-line", at, problem=f"it is no line of a table ({error})")
            return
        if cells is None:
            return
        begun = reader.line_num
        named = {name: cell.strip() for name, cell in zip(heads, cells, strict=False) if name}
        if any(named.values()):
            yield _row(named, "by" in heads, at)


def _row(cells: Mapping[str, str], names: bool, at: Position) -> Row | Diagnostic:
    written = " ".join(cells.get("by", "").split()) if names else None
    code, day = read_code(cells.get("code", "")), cells.get("on", "")
    by = named(written) if written and plausible(written) else written and ""
    if not cells.get("part") or not (code or by == ""):
        return problem("sheet-line", at, problem="it has no part and its code")
    if written and not by:
        return problem("sheet-line", at, problem=f"“{written[:_SHOWN]}” is no name of a person")
    on = None
    if day and by != "":
        try:
            on = date.fromisoformat(day)
        except ValueError:
            wrong = f"“{day[:_SHOWN]}” is not a day such as 2026-01-31"
            return problem("sheet-line", at, problem=wrong)
    return Row(at, cells["part"], code, by, on)
