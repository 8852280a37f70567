"""Data of a sheet from any file: rows of cells, and the meaning of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.workbook import letters_of
from builder.importing.document.form import LINES, SHEET, Inline, Place

_MAX_START = 60
"""Maximum length of the start of a row in reports, in characters."""
_SEARCHED = 20
"""Number of non-empty rows in which the heads are searched."""


@immutable
class Cell:
    """A cell: ``text`` as a person sees it, ``looks`` the same text as inlines if part of it is
    formatted. ``doubt`` is a sentence that says why this may not be what was typed."""

    text: str
    looks: tuple[Inline, ...] = ()
    doubt: str = ""


@immutable
class Row:
    """A row: ``number`` is its line in a text file or its row in a workbook; ``cells`` are the
    non-empty cells by column, from 1. ``hidden`` is a sentence if the row is hidden."""

    number: int
    cells: Mapping[int, Cell]
    hidden: str = ""


@immutable
class Sheet:
    """A sheet: its name in the workbook, empty for a text file, and its rows."""

    name: str
    rows: Sequence[Row]

    def place(self, row: int, words: str = "") -> Place:
        """The place of a row, for reports."""
        part = f"{SHEET}“{self.name}”" if self.name else LINES
        return Place(part, row, " ".join(words.split())[:_MAX_START])

    def cell(self, row: int, column: int) -> str:
        """A message's prefix with a cell's reference, ``Sheet1!B7: ``; empty for text files."""
        return f"{self.name}!{letters_of(column)}{row}: " if self.name else ""


@immutable
class Heads:
    """The meaning of a sheet's columns. ``row`` is the index of the row of heads; ``known`` the
    columns by head, ``single`` the same by the head's name; ``others`` the unknown and duplicate
    columns, with the reason in words. ``numbered`` is whether options have numbers."""

    row: int
    known: Mapping[columns.Head, int]
    others: Mapping[int, str]
    single: Mapping[str, int]
    numbered: bool = False

    def column(self, column: columns.Column) -> int:
        """The number of a column; 0 if the sheet does not have it."""
        return self.single.get(column.head, 0)


@dataclass(slots=True)
class _Found:
    known: dict[columns.Head, int] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)


def heads(rows: Sequence[Row], renamed: columns.Renamed | None = None) -> Heads | None:
    """Find the row of heads: the first that has a question column and another known one; ``None``
    if there is none. ``renamed`` has the author's meanings of single heads."""
    for at, row in enumerate(rows[:_SEARCHED]):
        found = _read_heads(row, renamed)
        named_columns = {head.column for head in found.known}
        if columns.QUESTION in named_columns and len(named_columns) > 1:
            numbered = any(head.numbered for head in found.known)
            single = {head.column.head: column for head, column in found.known.items()}
            return Heads(at, found.known, found.others, single, numbered)
    return None


def _read_heads(row: Row, renamed: columns.Renamed | None) -> _Found:
    found = _Found()
    for column, cell in row.cells.items():
        head = columns.head_of(cell.text, renamed)
        if head is None:
            found.others[column] = "sheets of questions have no such column"
        elif any(_is_same_column(head, other) for other in found.known):
            found.others[column] = f"there is another column “{head.column.head}” before it"
        else:
            found.known[head] = column
    return found


def _is_same_column(one: columns.Head, other: columns.Head) -> bool:
    return (one.column, one.place) == (other.column, other.place)


def options(heads: Heads, row: Row, column: columns.Column) -> Iterator[tuple[int, Cell]]:
    """A row's cells in the numbered columns of a kind, with the option's index."""
    numbered_columns = [
        (head.place, at) for head, at in heads.known.items() if head.column is column
    ]
    for place, at in sorted(numbered_columns):
        if at in row.cells:
            yield place, row.cells[at]
