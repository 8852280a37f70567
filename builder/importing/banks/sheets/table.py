"""A sheet as it was read, whatever file it was in: rows of cells, and what its columns are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.exporting import spreadsheet
from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.workbook import letters_of
from builder.importing.document.form import LINES, SHEET, Inline, Place

BEGINS = 60
"""Characters by which a place is told."""
_SEARCHED = 20
"""Rows in which the heads may stand that have anything in them."""


@immutable
class Cell:
    """``text`` is what a person sees. ``looks`` are the same words where a part of them is bold or
    the like. ``doubt`` is why these may not be the words that somebody typed, in a sentence."""

    text: str
    looks: tuple[Inline, ...] = ()
    doubt: str = ""


@immutable
class Row:
    """``number`` is its line in a file of text, its row in a workbook; ``cells`` are those with
    anything in them, by their column from 1. ``hidden`` is why it is not seen, in words."""

    number: int
    cells: Mapping[int, Cell]
    hidden: str = ""


@immutable
class Sheet:
    """``name`` is that of the sheet in its workbook; a file of text has none."""

    name: str
    rows: Sequence[Row]

    def place(self, row: int, words: str = "") -> Place:
        """The place of a row."""
        part = f"{SHEET}“{self.name}”" if self.name else LINES
        return Place(part, row, " ".join(words.split())[:BEGINS])

    def cell(self, row: int, column: int) -> str:
        """How a person calls a cell, in front of what is said of it; nothing in a file of text."""
        return f"{self.name}!{letters_of(column)}{row}: " if self.name else ""


@immutable
class Heads:
    """What the columns of a sheet are for. ``row`` is the place of the heads among the rows,
    ``known`` the columns by what they are for, each once, ``single`` the same by what we call them;
    ``others`` are those that are not known, or are there twice, with what is wrong in words."""

    row: int
    known: Mapping[spreadsheet.Head, int]
    others: Mapping[int, str]
    single: Mapping[str, int]
    numbered: bool = False

    def column(self, column: columns.Column) -> int:
        """The column for something; 0 where there is none."""
        return self.single.get(column.head, 0)


@dataclass(slots=True)
class _Found:
    known: dict[spreadsheet.Head, int] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)


def heads(rows: Sequence[Row], renamed: columns.Renamed | None = None) -> Heads | None:
    """The first row that names a column for questions and another one; ``None`` where none does.
    ``renamed`` is what an author says of single heads."""
    for at, row in enumerate(rows[:_SEARCHED]):
        found = _named(row, renamed)
        there = {head.column for head in found.known}
        if columns.QUESTION in there and len(there) > 1:
            numbered = any(head.numbered for head in found.known)
            single = {head.column.head: column for head, column in found.known.items()}
            return Heads(at, found.known, found.others, single, numbered)
    return None


def _named(row: Row, renamed: columns.Renamed | None) -> _Found:
    found = _Found()
    for column, cell in row.cells.items():
        head = spreadsheet.head_of(cell.text, renamed)
        if head is None:
            found.others[column] = "it is none of the columns of a sheet of questions"
        elif any(_same(head, other) for other in found.known):
            found.others[column] = f"there is another column “{head.column.head}” before it"
        else:
            found.known[head] = column
    return found


def _same(one: spreadsheet.Head, other: spreadsheet.Head) -> bool:
    return (one.column, one.place) == (other.column, other.place)


def options(heads: Heads, row: Row, column: columns.Column) -> Iterator[tuple[int, Cell]]:
    """What a row has in the columns that there are for each option, with the option's place."""
    there = [(head.place, at) for head, at in heads.known.items() if head.column is column]
    for place, at in sorted(there):
        if at in row.cells:
            yield place, row.cells[at]
