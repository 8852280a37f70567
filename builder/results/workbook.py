"""Writes tables as an Excel workbook in which no cell is a formula. The same tables give the same
bytes."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from builder.base import zips
from builder.base.printing import escape_controls
from builder.package import archive
from builder.package.artifacts import Member

Cell = str | int | float | None
_WIDEST = 60
_MOST_CHARACTERS = 32_000
"""Maximum number of characters of a cell; Excel allows 32,767."""
_CORE = "docProps/core.xml"


def content(sheets: Mapping[str, Sequence[Sequence[Cell]]], today: date) -> bytes:
    """Make the bytes of a workbook; each sheet has a row of headings. ``today`` is the day in the
    properties of the file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                if isinstance(value, str):
                    cell.value = escape_controls(value)[:_MOST_CHARACTERS]
                    # Excel would calculate, or once edited, what begins with =, + or @.
                    cell.data_type = "s"
                    cell.quotePrefix = True
                else:
                    cell.value = value
                cell.alignment = Alignment(vertical="top", wrap_text=True)
                if number == 1:
                    cell.font = Font(bold=True)
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, _WIDEST)
        sheet.freeze_panes = "B2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    made = io.BytesIO()
    book.properties.created = datetime(today.year, today.month, today.day, tzinfo=UTC).replace(
        tzinfo=None
    )
    book.save(made)
    return _rewritten(made.getvalue(), today)


def _rewritten(book: bytes, today: date) -> bytes:
    """The workbook without the time of the clock, which openpyxl puts into it."""
    with tempfile.TemporaryDirectory() as folder:
        draft, final = Path(folder) / "draft.xlsx", Path(folder) / "book.xlsx"
        draft.write_bytes(book)
        with zips.open_zip(draft) as opened:
            members = [Member(name, opened.read(name)) for name in opened.files]
        members = [
            Member(one.name, _with_day(one.read(), today)) if one.name == _CORE else one
            for one in members
        ]
        archive.write(members, final)
        return final.read_bytes()


def _with_day(core: bytes, today: date) -> bytes:
    before, _, rest = core.partition(b"<dcterms:modified")
    attributes, _, after = rest.partition(b">")
    _, _, end = after.partition(b"<")
    stamp = f"{today.isoformat()}T00:00:00Z".encode()
    return before + b"<dcterms:modified" + attributes + b">" + stamp + b"<" + end
