"""The format of a sheet of questions (CSV or XLSX), one question per row: converts questions to
rows, and rows to CSV.

``columns`` defines the columns, ``types`` the question types; ``workbook`` writes XLSX. All code
that reads or writes a sheet uses these modules; docs/import.md explains sheets to authors.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from builder.base.printing import safe
from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.columns import head_of
from builder.exporting.spreadsheet.types import SHEET_TYPES, Entry, Option, type_of

__all__ = [
    "ARROW",
    "SHEET_TYPES",
    "Entry",
    "Option",
    "csv_of",
    "example_headings",
    "example_rows",
    "halves_of",
    "head_of",
    "is_list",
    "needed_headings",
    "pair_of",
    "row",
]

ARROW = "->"
"""Separator between the two halves of a pair in a cell. A backslash before an arrow makes it part
of the text."""
_ARROWS = re.compile(r"->|=>|→")
_SPLIT = re.compile(r"(?<!\\)(?:->|=>|→)")
_ESCAPED_ARROW = re.compile(r"\\(?=->|=>|→)")
_LIST = re.compile(r"[;|]|^\s|\s$")
"""Matches characters that leave open whether a cell contains one answer or a list of answers."""


def row(entry: Entry) -> dict[str, str]:
    """Convert a question to the cells of its row, by column heading; empty cells are left out."""
    cells: dict[str, str] = {
        columns.ID.head: entry.id,
        columns.CATEGORY.head: entry.category,
        columns.TYPE.head: type_of(entry.type, entry.several).word,
        columns.QUESTION.head: entry.prompt,
        columns.ABOVE.head: entry.above,
        columns.EXPLANATION.head: entry.explanation,
        columns.WHEN_RIGHT.head: entry.right,
        columns.WHEN_PARTLY.head: entry.partly,
        columns.WHEN_WRONG.head: entry.wrong,
        columns.HINT.head: entry.hint,
        columns.TAGS.head: ", ".join(entry.tags),
        columns.POINTS.head: "" if entry.points == "1" else entry.points,
        columns.PARTIAL.head: "yes" if entry.partial else "",
        columns.STATEMENTS.head: _lines(entry.statements),
        columns.UNDECIDED.head: _lines(entry.undecided),
        columns.FORMAT.head: "markdown" if entry.markdown else "",
    }
    cells |= {column.head: value for column, value in (entry.settings or {}).items()}
    cells |= _answer_cells(entry)
    for place, option in enumerate(entry.options):
        pair = pair_of(option.text, option.match) if option.match else option.text
        cells[columns.option_head(place)] = pair
        cells[columns.feedback_head(place)] = option.feedback
    return {head: value for head, value in cells.items() if value}


def needed_headings(rows: Iterable[Mapping[str, str]], options: int = 4) -> tuple[str, ...]:
    """The headings that a sheet of these rows needs, with at least ``options`` columns for options.

    The basic columns are always included, others only if a row uses them.
    """
    used_heads = {head for each in rows for head in each}
    counts = {
        head: max(
            (at + 1 for at in range(len(columns.LABELS)) if head(at) in used_heads), default=0
        )
        for head in (columns.option_head, columns.feedback_head)
    }
    many = max(options, counts[columns.option_head])
    all_heads = columns.heads(many, counts[columns.feedback_head])
    always = {column.head for column in (*columns.BEFORE, columns.EXPLANATION)}
    always -= {columns.ABOVE.head}
    always |= {columns.option_head(at) for at in range(many)}
    always |= {columns.feedback_head(at) for at in range(counts[columns.feedback_head])}
    return tuple(head for head in all_heads if head in always | used_heads)


def example_rows() -> tuple[dict[str, str], ...]:
    """The rows of a new sheet: one example question of each type."""
    return tuple(row(one.example) for one in SHEET_TYPES if one.example)


def example_headings() -> tuple[str, ...]:
    """The headings of a new sheet: those that the examples need, and columns for more options."""
    return needed_headings(example_rows(), options=6)


def csv_of(rows: Sequence[Mapping[str, str]], heads: Sequence[str] = ()) -> bytes:
    """Format rows, as ``row`` returns them, as CSV (RFC 4180) in UTF-8 with the BOM that Excel
    needs.

    Cells are written so that no spreadsheet runs them as formulas. Without ``heads`` the file has
    the columns that the rows need.
    """
    heads = heads or needed_headings(rows)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    table.writerow(heads)
    table.writerows([safe(row.get(head, "")) for head in heads] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def pair_of(left: str, right: str) -> str:
    """Format the two halves of a pair as one cell: ``Green -> Way out``. Line breaks become
    spaces."""
    halves = (" ".join(half.split()) for half in (left, right))
    escaped = [_ARROWS.sub(lambda found: f"\\{found[0]}", half) for half in halves]
    return f" {ARROW} ".join(escaped).strip()


def halves_of(cell: str) -> tuple[str, str] | None:
    """Split a cell such as ``Green -> Way out`` into its two halves; ``None`` if it is not exactly
    one pair."""
    found = _SPLIT.split(cell)
    if len(found) != 2:
        return None
    left, right = (_ESCAPED_ARROW.sub("", half).strip() for half in found)
    return left, right


def is_list(answer: str) -> bool:
    """Whether an answer of a fill-in on one line may be meant as a list of answers."""
    return bool(_LIST.search(answer))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)


def _answer_cells(entry: Entry) -> dict[str, str]:
    """The cell with the right answer, by column heading: letters of options, or the answers
    themselves."""
    letters = [columns.LABELS[at] for at, one in enumerate(entry.options) if one.right]
    if letters:
        return {columns.RIGHT.head: ", ".join(letters)}
    if len(entry.answers) == 1 and is_list(entry.answers[0]):
        # The cell of an option column is always one answer.
        return {columns.option_head(0): entry.answers[0]}
    return {columns.RIGHT.head: _lines(entry.answers)}
