"""The data of a sheet, read from a text file or a workbook: rows of cells, and the meaning of the
columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.workbook import letters_of
from builder.importing.document.form import LINES, SHEET, Inline, Place

_MAX_START = 60
"""Maximum length of the start of a row that is quoted in reports, in characters."""
_SEARCHED = 20
"""Number of non-empty rows, from the top, in which the row of column headings is searched."""


@immutable
class Cell:
    """A cell. ``text`` is its text as a person sees it. ``looks`` is the same text as inlines if
    part of it is formatted, else empty. ``doubt`` is a sentence for the author that says why this
    may not be what was typed; empty if there is no doubt."""

    text: str
    looks: tuple[Inline, ...] = ()
    doubt: str = ""


@immutable
class Row:
    """A row. ``number`` is its line in a text file or its row in a workbook. ``cells`` are its
    non-empty cells by column, counted from 1. ``hidden`` is a sentence for the author if the row is
    hidden."""

    number: int
    cells: Mapping[int, Cell]
    hidden: str = ""


@immutable
class Sheet:
    """A sheet: its name in the workbook, empty for a text file, and its rows. ``origins`` maps the
    columns over which a cell was spread to the column of that cell."""

    name: str
    rows: Sequence[Row]
    origins: Mapping[int, int] = field(default_factory=dict)

    def place(self, row: int, words: str = "") -> Place:
        """The position of a row, for reports. ``words`` is the text of the row, of which the
        position keeps the start."""
        part = f"{SHEET}“{self.name}”" if self.name else LINES
        return Place(part, row, " ".join(words.split())[:_MAX_START])

    def cell(self, row: int, column: int) -> str:
        """The reference of a cell as the start of a message: ``Sheet1!B7: ``; empty for text
        files."""
        return f"{self.name}!{letters_of(self.origin(column))}{row}: " if self.name else ""

    def origin(self, column: int) -> int:
        """The number of a column in the file, also for one over which a cell was spread."""
        return self.origins.get(column, column)


@immutable
class Heads:
    """The meaning of a sheet's columns, read from the row of column headings. Columns are counted
    from 1.

    ``row`` is the index of that row. ``known`` has the numbers of the columns with known headings,
    by heading; ``single`` has them by the text of our standard heading, for columns that a sheet
    has once. ``others`` has the unknown and duplicate columns, each with the reason in words.
    ``numbered`` is true if the sheet numbers its options instead of giving them letters.
    """

    row: int
    known: Mapping[columns.Head, int]
    others: Mapping[int, str]
    single: Mapping[str, int]
    numbered: bool = False

    def column(self, column: columns.Column) -> int:
        """The number of a column that a sheet has once; 0 if this sheet does not have it."""
        return self.single.get(column.head, 0)


@dataclass(slots=True)
class _Found:
    known: dict[columns.Head, int] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)


def heads(rows: Sequence[Row], renamed: columns.Renamed | None = None) -> Heads | None:
    """Find the row of column headings: the first row with a heading for questions and another known
    one. ``None`` if there is none. ``renamed`` maps the author's own column headings to the
    standard ones."""
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
    _move_answers(row, found, renamed)
    named = {head.column for head in found.known}
    if columns.OPTION in named and columns.OPTIONS in named:
        one_cell = next(head for head in found.known if head.column is columns.OPTIONS)
        found.others[found.known.pop(one_cell)] = "the sheet also has a column for each option"
    return found


def _move_answers(row: Row, found: _Found, renamed: columns.Renamed | None) -> None:
    """Take a column “Answers” for the options if there is another column of right answers, and none
    of options."""
    rights = [
        column
        for column, cell in row.cells.items()
        if (head := columns.head_of(cell.text, renamed)) and head.column is columns.RIGHT
    ]
    plural = [column for column in rights if columns.plain(row.cells[column].text) == "answers"]
    has_options = any(head.column in (columns.OPTION, columns.OPTIONS) for head in found.known)
    if len(rights) == 2 and len(plural) == 1 and not has_options:
        (right,) = (column for column in rights if column not in plural)
        found.known = {
            head: at for head, at in found.known.items() if head.column is not columns.RIGHT
        }
        found.known |= {
            columns.Head(columns.RIGHT): right,
            columns.Head(columns.OPTIONS): plural[0],
        }
        found.others.pop(right, None)
        found.others.pop(plural[0], None)


def _is_same_column(one: columns.Head, other: columns.Head) -> bool:
    return (one.column, one.place) == (other.column, other.place)


def options(heads: Heads, row: Row, column: columns.Column) -> Iterator[tuple[int, Cell]]:
    """Yield the cells of a row that are options, or feedback for options, each with the index of
    its option from 0. ``column`` says which of the two."""
    numbered_columns = [
        (head.place, at) for head, at in heads.known.items() if head.column is column
    ]
    for place, at in sorted(numbered_columns):
        if at in row.cells:
            yield place, row.cells[at]
