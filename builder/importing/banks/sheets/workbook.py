"""Reads the sheets of a workbook: cell values as Excel displays them, with doubts where Excel may
have changed what was typed."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.exporting.spreadsheet.columns import Renamed
from builder.exporting.spreadsheet.workbook import INSTRUCTIONS, letters_of
from builder.importing.banks.bounds import LETTERS, LONG
from builder.importing.banks.sheets import container, table
from builder.importing.banks.sheets.container import WIDEST, Container, Marks, UnreadableError
from builder.importing.banks.sheets.rows import Rows
from builder.importing.banks.sheets.table import Cell, Heads, Row, Sheet
from builder.importing.document.form import Break, Inline, Mark, Place, Text

_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)|_x(00[01][0-9A-Fa-f])_", re.IGNORECASE)
"""Matches escapes such as ``_x000D_`` for characters that XML cannot have, and ``_x005F_``, which
escapes the underscore of text that looks like such an escape. openpyxl removes ``_x005F_`` in
shared strings."""
_ZEROS = re.compile("0{2,}")
_DECIMALS = re.compile(r"0\.(0+)(%?)")
_SIGNED = re.compile(r'["$€£¥]')
"""Matches text or a currency sign in a number format."""
_HIDDEN_SHEET = "The sheet “{name}” is hidden in Excel: its questions may be ones that nobody uses."
_HIDDEN_ROW = "Row {row} of the sheet “{name}” is hidden in Excel: it may be one that nobody uses."
_FORMULA = "has a formula whose result is not saved: open the file in Excel, and save it again."
_NO_HEADS = (
    "a workbook without a sheet of questions",
    "Name the columns in its first row, such as “Question”, “Right answer” and “Option A” "
    "(scorm-builder new --sheet FILE.xlsx makes a sheet that has them all)",
)


def read(path: Path, rows: Rows, renamed: Renamed | None) -> tuple[Diagnostic, ...]:
    """Import all sheets of a workbook into ``rows``; return diagnostics if it cannot be read.
    ``renamed`` maps the author's own column headings to the standard ones. Never raises."""
    try:
        around = container.inspect(path)
        with warnings.catch_warnings():
            # openpyxl warns about features that it does not support, such as drawings.
            warnings.simplefilter("ignore")
            found = list(_sheets(path, around, renamed))
    except UnreadableError as error:
        return (error.problem,)
    # openpyxl raises exceptions of any type for damaged workbooks.
    except Exception as error:
        return (container.damaged_diagnostic(path, str(error)),)
    question_sheets = [one for one in found if one[1]]
    if not question_sheets:
        kind, way = _NO_HEADS
        return (problem("bank-format", Position(path.name), kind=kind, way=way),)
    for sheet, heads, hidden in found:
        if heads:
            category = sheet.name if len(question_sheets) > 1 else ""
            _warn_of_merged_cells(rows, sheet, around.marks.get(sheet.name, Marks()))
            rows.add(sheet, heads, category, hidden)
        elif sheet.rows:
            words = " ".join(cell.text for row in sheet.rows for cell in row.cells.values())
            place = sheet.place(sheet.rows[0].number, words)
            rows.bank.report("sheet", place, words, "none of its rows names columns of questions")
    _report_beside_cells(rows, around)
    return ()


def _sheets(
    path: Path, around: Container, renamed: Renamed | None
) -> Iterator[tuple[Sheet, Heads | None, str]]:
    """Yield the sheets except the instructions that our own workbooks have. Each sheet comes with
    its column headings (``None`` if it has none), and with a sentence for the author if it is
    hidden, else an empty text. ``around`` has what was read from the workbook in addition to its
    cells."""
    letters = 0
    with path.open("rb") as file:
        # Given a path, openpyxl would reject other extensions than .xlsx.
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False, rich_text=True)
        for one in book.worksheets:
            if one.title == INSTRUCTIONS:
                continue
            marks = around.marks.get(one.title, Marks())
            sheet = Sheet(one.title, list(_rows(one, marks)))
            letters += _letters(sheet, path.name)
            if letters > container.LETTERS:
                words = f"it has more than {container.LETTERS >> 20} MB of text"
                raise UnreadableError(problem("bank-too-large", Position(path.name), problem=words))
            hidden = _HIDDEN_SHEET.format(name=one.title) if one.sheet_state != "visible" else ""
            yield sheet, table.heads(sheet.rows, renamed), hidden


def _letters(sheet: Sheet, name: str) -> int:
    """Count the characters in a sheet's cells. ``name`` is the name of the workbook's file, for the
    error. Raises ``UnreadableError`` if one cell is too long."""
    for row in sheet.rows:
        for column, cell in row.cells.items():
            if len(cell.text) > LETTERS:
                words = f"the cell {sheet.name}!{letters_of(column)}{row.number} has {LONG}"
                raise UnreadableError(problem("bank-damaged", Position(name), problem=words))
    return sum(len(cell.text) for row in sheet.rows for cell in row.cells.values())


def _rows(sheet: Any, marks: Marks) -> Iterator[Row]:
    # The dimensions that a sheet declares may be wrong.
    sheet.reset_dimensions()
    # openpyxl accepts row numbers that our check does not, and yields all rows up to such a row.
    last = max(marks.filled, default=1)
    for number, cells in enumerate(sheet.iter_rows(max_row=last, max_col=marks.width), start=1):
        # openpyxl yields each empty row above a filled one, possibly a million.
        if number not in marks.filled:
            continue
        found: dict[int, Cell] = {}
        for column, cell in enumerate(cells, start=1):
            if cell.value is not None and (read := _cell(cell)):
                found[column] = (
                    read if not read.doubt else _with_reference(read, sheet.title, number, column)
                )
        for column in marks.unsaved.get(number, set()) - found.keys():
            found[column] = _with_reference(Cell("", doubt=_FORMULA), sheet.title, number, column)
        if found:
            hidden = number in marks.hidden_rows
            hidden_reason = _HIDDEN_ROW.format(row=number, name=sheet.title) if hidden else ""
            yield Row(number, dict(sorted(found.items())), hidden_reason)


def _with_reference(cell: Cell, name: str, row: int, column: int) -> Cell:
    """Copy a cell of the sheet ``name``, with the cell's reference, such as ``Sheet1!B7``, at the
    start of its doubt."""
    return replace(cell, doubt=f"{name}!{letters_of(column)}{row} {cell.doubt}")


def _cell(cell: Any) -> Cell | None:
    """Convert a cell of openpyxl to what a person sees; ``None`` if it is empty. The doubt does not
    have the cell's reference yet."""
    value, shape = cell.value, str(cell.number_format or "")
    if isinstance(value, CellRichText):
        looks = tuple(_runs(value))
        words = "".join(one.words if isinstance(one, Text) else "\n" for one in looks)
        return Cell(words.strip(), looks) if words.strip() else None
    if isinstance(value, str):
        words = _unescape(value).strip(" \t\n\u00a0")
        error = f"shows an error of Excel: {words}." if cell.data_type == "e" else ""
        return Cell(words, doubt=error) if words else None
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, (datetime, date, time, timedelta)):
        text = _format_moment(value)
        doubt = f"holds {text}, which Excel may have made of other words, such as 1-2."
        return Cell(text, doubt=doubt)
    text = _format_number(value, shape)
    more = f"holds {text}, but shows more than that ({shape})." if _SIGNED.search(shape) else ""
    return Cell(text, doubt=more)


def _format_moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return f"the date {value.date().isoformat()}"
    if isinstance(value, timedelta):
        return f"the time {value}"
    what = "date" if isinstance(value, date) else "time"
    return (
        f"the {what} {value.isoformat(' ') if isinstance(value, datetime) else value.isoformat()}"
    )


def _format_number(value: float, shape: str) -> str:
    """Format a number with the leading zeros, decimals or percent sign of its cell's number format
    (``shape``). With any other number format, returns the plain number."""
    shape = shape.split(";")[0]
    if _ZEROS.fullmatch(shape) and value == int(value):
        return f"{int(value):0{len(shape)}d}"
    if shape == "0%":
        return f"{_plain(value * 100)}%"
    if found := _DECIMALS.fullmatch(shape):
        displayed = value * 100 if found[2] else value
        text = f"{displayed:.{len(found[1])}f}"
        if abs(float(text) - displayed) < 1e-9:
            return f"{text}{found[2]}"
    return _plain(value)


def _plain(value: float) -> str:
    """Format a number with the 15 significant digits that Excel keeps."""
    if isinstance(value, int) or (value == int(value) and abs(value) < 1e15):
        return str(int(value))
    text = f"{value:.15g}"
    return f"{value:.12f}".rstrip("0") if "e-" in text and abs(value) > 1e-9 else text


def _unescape(value: str) -> str:
    """Decode SpreadsheetML's escapes, and normalise line ends."""
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "_", value)
    return read.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _runs(value: CellRichText) -> Iterator[Inline]:
    """Convert a cell with rich text to inlines."""
    for one in value:
        block = isinstance(one, TextBlock)
        marks: frozenset[Mark] = frozenset(_marks(one.font)) if block else frozenset()
        lines = _unescape(str(one.text if block else one)).split("\n")
        for at, line in enumerate(lines):
            if at:
                yield Break()
            if line:
                yield Text(line, marks)


def _marks(font: Any) -> Iterator[Mark]:
    looks: Mapping[str, Mark] = {"b": "strong", "i": "emphasis", "strike": "strike"}
    for name, mark in looks.items():
        if getattr(font, name, None):
            yield mark
    if getattr(font, "vertAlign", None) == "superscript":
        yield "super"
    elif getattr(font, "vertAlign", None) == "subscript":
        yield "sub"


def _warn_of_merged_cells(rows: Rows, sheet: Sheet, marks: Marks) -> None:
    """Warn about cells that are merged with cells below, since only the first of the merged rows
    has the text. Also warns about hidden columns."""
    numbers = {row.number for row in sheet.rows}
    for (row, column), (down, _) in sorted(marks.merged.items()):
        if down > 1 and any(number in numbers for number in range(row + 1, row + min(down, 9999))):
            message = (
                f"This cell is merged with {down - 1:,} below it: only its own row has its words"
            )
            rows.warn(sheet, row, column, message, "Unmerge it, and write its words into each row")
    if marks.hidden_columns:
        first = min(marks.hidden_columns)
        if any(first in row.cells for row in sheet.rows):
            rows.warn(
                sheet,
                1,
                first,
                "This column is hidden in Excel, and is read",
                "Look whether it is meant to be in the course",
            )


def _report_beside_cells(rows: Rows, around: Container) -> None:
    """Report what is not imported from a workbook: comments, pictures, and columns too far to the
    right."""
    for name, marks in around.marks.items():
        if marks.beyond:
            why = f"cells beyond column {letters_of(WIDEST)} are not read: {marks.beyond:,}"
            rows.bank.report("cells", Sheet(name, ()).place(1), "", why)
    for words in around.comments:
        why = "it is a note for authors, and not part of the course"
        rows.bank.report("comment", Place("workbook", 0), words, why)
    if around.pictures:
        why = f"the workbook has {around.pictures:,}; cells are read, and no pictures on them"
        rows.bank.report("picture", Place("workbook", 0), "", why)
