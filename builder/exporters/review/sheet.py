"""What people have written into the approval sheet at the end of a document that came back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.approvals import read_code
from builder.approving import Filled
from builder.diagnostics import Position
from builder.exporters.review.received import Paragraph

_PART, _CODE, _NAME, _DAY = range(4)
"""Columns of the sheet; a signature stands in the last one."""
_CALLED = re.compile(
    r"(?:course|pass-mark|(?:page|question|record|quiz|pass-mark|value|address)/\S+)(?=\s|$)"
)
"""How a part is called, behind its title."""
_LONGEST = 2_000
"""Characters of a cell."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows in which somebody has written, and the numbers of the paragraphs that are theirs to
    write in. ``parts`` are those of all rows; there are none where the document has no sheet."""

    filled: tuple[Filled, ...]
    paragraphs: frozenset[int]
    parts: frozenset[str]


def sheet(paragraphs: Sequence[Paragraph], path: str) -> Sheet:
    """The approval sheet of a document. It is known by its rows, each with a part and a code."""
    tables: dict[int, dict[int, list[int]]] = {}
    for number, paragraph in enumerate(paragraphs):
        if paragraph.cell:
            table, row, _ = paragraph.cell
            tables.setdefault(table, {}).setdefault(row, []).append(number)
    filled: list[Filled] = []
    own: set[int] = set()
    parts: set[str] = set()
    for rows in tables.values():
        cells = [_cells([paragraphs[number] for number in numbers]) for numbers in rows.values()]
        if not any(_called(row) and read_code(row.get(_CODE, "")) for row in cells):
            continue
        filled += _filled(cells, path)
        parts |= set(filter(None, map(_called, cells)))
        own |= {number for numbers in rows.values() for number in numbers}
    free = (number for number in own if _column(paragraphs[number]) >= _NAME)
    return Sheet(tuple(filled), frozenset(free), frozenset(parts))


def _column(paragraph: Paragraph) -> int:
    return paragraph.cell[2] if paragraph.cell else -1


def _cells(paragraphs: Sequence[Paragraph]) -> Mapping[int, str]:
    """The words of a row as they came back, by column."""
    cells: dict[int, str] = {}
    for one in paragraphs:
        words = f"{cells.get(_column(one), '')} {one.changed}"
        cells[_column(one)] = " ".join(words.split())[:_LONGEST]
    return cells


def _called(row: Mapping[int, str]) -> str:
    found = _CALLED.findall(row.get(_PART, ""))
    return str(found[-1]) if found else ""


def _filled(rows: Sequence[Mapping[int, str]], path: str) -> Iterator[Filled]:
    for row in rows:
        part = _called(row)
        if part and any(words for column, words in row.items() if column >= _NAME):
            code, name, day = (row.get(column, "") for column in (_CODE, _NAME, _DAY))
            yield Filled(Position(path), part, read_code(code) or code, name, day)
