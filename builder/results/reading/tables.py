"""Reads the rows of a report: separated text, XLSX or ODS."""

from __future__ import annotations

import csv
import io
import warnings
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook

from builder.base import zips

Row = list[str]

WIDEST = 8_000
"""Maximum number of cells of a row: a report has four for each answer, and a package of ours
reports at most 170 answers."""
_SAMPLE = 1 << 16
_MOST_ROWS = 2_000_000
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_AGAIN = "Download the report again."


class ReportError(Exception):
    """Raised if a file cannot be read as a report. Its text names the file, the cause and the
    fix."""


class Number(str):
    """The text of a cell that the spreadsheet stores as a number, so that zeros or a plus sign may
    be lost."""

    __slots__ = ()


class Formula(str):
    """The text of a cell that the spreadsheet stored as a formula, restored to what the trainee
    typed."""

    __slots__ = ()


def rows(path: Path, name: str = "") -> Iterator[tuple[int, Row]]:
    """Yield the number and the cells of each row that is not empty. Detects the format from the
    content. Raises ``ReportError``, which calls the file ``name``, by default the name of the
    file."""
    name = name or path.name
    start = _start(path, name)
    if start.startswith(b"PK"):
        yield from _sheet_rows(path, name)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReportError(
            f"“{name}” is locked with a password or is an old Excel file (.xls). Save it as "
            ".xlsx without a password, or download the report as text."
        )
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise ReportError(
            f"“{name}” is a web page, not a report. Moodle sends one if a trainee's answer "
            "begins with = and is not a formula. Download the report as text or as ODS."
        )
    else:
        yield from _text_rows(path, name, start)


def is_sheet(path: Path) -> bool:
    """Whether a file is a spreadsheet, which leaves out empty cells at the end of rows."""
    return _start(path, path.name).startswith(b"PK")


def _start(path: Path, name: str) -> bytes:
    try:
        if not path.is_file():
            raise ReportError(f"“{name}” is a folder, a device or a pipe. Name a report file.")
        with path.open("rb") as file:
            start = file.read(_SAMPLE)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise ReportError(f"“{name}” cannot be read: {reason}.") from error
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"):
        raise ReportError(f"“{name}” is empty. {_AGAIN}")
    return start


def _text_rows(path: Path, name: str, start: bytes) -> Iterator[tuple[int, Row]]:
    encoding = _encoding(start)
    first_line = next(filter(str.strip, start.decode(encoding, "replace").splitlines()), "")
    delimiter = max("\t,;", key=first_line.count)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for row in reader:
                if len(row) > WIDEST:
                    raise ReportError(
                        f"“{name}”, line {reader.line_num:,}: the row has {len(row):,} cells, "
                        f"more than {WIDEST:,}. It is not a report of answers."
                    )
                if any(row):
                    yield reader.line_num, row
        except csv.Error as error:
            raise ReportError(
                f"“{name}”, line {reader.line_num:,}: this is not a table of text ({error}). "
                f"{_AGAIN}"
            ) from error


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        # The sample may end within a character.
        getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _sheet_rows(path: Path, name: str) -> Iterator[tuple[int, Row]]:
    try:
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                raise zips.DamagedError(faults[0])
            if "xl/workbook.xml" in archive.files:
                found = _excel_rows(path, _formula_is_in(archive))
            elif "content.xml" in archive.files:
                found = _open_document_rows(archive)
            elif "imsmanifest.xml" in archive.files:
                raise ReportError(
                    f"“{name}” is a package, not a report. Packages follow --package."
                )
            else:
                raise ReportError(
                    f"“{name}” is not a spreadsheet. Name the report as downloaded from the LMS."
                )
            for number, row in found:
                if number > _MOST_ROWS or len(row) > WIDEST:
                    raise ReportError(
                        f"“{name}”, row {number:,}: the sheet is larger than any report "
                        f"({_MOST_ROWS:,} rows of {WIDEST:,} cells). Download it as text."
                    )
                if any(row):
                    yield number, row
    except ReportError:
        raise
    except zips.DamagedError as error:
        raise ReportError(f"“{name}” cannot be read: {error}. {_AGAIN}") from error
    # openpyxl and lxml raise exceptions of many types for damaged files.
    except Exception as error:
        raise ReportError(f"“{name}” is damaged ({error}). {_AGAIN}") from error


def _formula_is_in(archive: zips.Archive) -> bool:
    """Whether a sheet of a workbook has a formula; raises ``DamagedError`` for XML with a document
    type, which no spreadsheet program writes and which can expand without limit."""
    formula = False
    for name in archive.files:
        if not name.startswith("xl/") or not name.endswith(".xml"):
            continue
        end = b""
        for piece in archive.chunks(name):
            if b"<!DOCTYPE" in end + piece:
                raise zips.DamagedError(f"“{zips.printable_name(name)}” has a document type")
            formula |= b"<f>" in end + piece or b"<f " in end + piece
            end = piece[-16:]
    return formula


def _excel_rows(path: Path, formulas: bool) -> Iterator[tuple[int, Row]]:
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns about features that it does not support, such as drawings.
        warnings.simplefilter("ignore")
        values = _excel_cells(file, results=True)
        if not formulas:
            for number, cells in enumerate(values, start=1):
                yield number, [_excel_text(cell) for cell in cells]
            return
        with path.open("rb") as same:
            written = _excel_cells(same, results=False)
            for number, (cells, typed) in enumerate(zip(values, written, strict=True), start=1):
                yield (
                    number,
                    [
                        _formula_text(cell, text.value)
                        if text.data_type == "f"
                        else _excel_text(cell)
                        for cell, text in zip(cells, typed, strict=True)
                    ],
                )


def _excel_cells(file: io.BufferedIOBase | Any, results: bool) -> Iterator[tuple[Any, ...]]:
    book = load_workbook(file, read_only=True, data_only=results, keep_links=False)
    sheet = book.worksheets[0]
    # The dimensions that a sheet declares may be wrong.
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(max_col=None))


def _excel_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return Number(f"{value:.15g}")
    return str(value)


def _formula_text(cell: Any, formula: object) -> str:
    """What a trainee typed before the spreadsheet made a formula of it. For an answer such as
    ``@home``, the cell has the formula ``home`` and the result ``@home``."""
    text = str(formula).removeprefix("=")
    return Formula(f"@{text}" if str(cell.value) == f"@{text}" else f"={text}")


def _open_document_rows(archive: zips.Archive) -> Iterator[tuple[int, Row]]:
    pieces = _Pieces(archive.chunks("content.xml"))
    number = 0
    # A document type could expand without limit; lxml does not read one here.
    for _, element in etree.iterparse(
        pieces,
        events=("end",),
        tag=(f"{_TABLE}table-row", f"{_TABLE}table"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    ):
        if element.tag == f"{_TABLE}table":
            return
        number += 1
        yield number, list(_open_document_cells(element))
        number += _repeated(element, "rows") - 1
        element.clear()
        parent = element.getparent()
        while parent is not None and len(parent) > 1:
            del parent[0]


class _Pieces:
    """The pieces of a member as a file object for lxml."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, b"")


def _open_document_cells(row: Any) -> Iterator[str]:
    empty = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        text, times = _open_document_text(cell), _repeated(cell, "columns")
        # Rows end with empty cells that are repeated up to the last column of the sheet.
        if not text:
            empty += times
            continue
        yield from [""] * min(empty, WIDEST + 1)
        empty = 0
        yield from [text] * min(times, WIDEST + 1)


def _open_document_text(cell: Any) -> str:
    if formula := cell.get(f"{_TABLE}formula"):
        return Formula(formula.partition(":")[2] or formula)
    text = "\n".join(_paragraph(one) for one in cell if one.tag == f"{_TEXT}p")
    number = cell.get(f"{_OFFICE}value-type") == "float"
    value = cell.get(f"{_OFFICE}value", "")
    if number and not text:
        return Number(value)
    return Number(text) if number and text != value else text


def _paragraph(element: Any) -> str:
    parts = [element.text or ""]
    for one in element:
        if one.tag == f"{_TEXT}s":
            parts.append(" " * min(int(one.get(f"{_TEXT}c", "1")), WIDEST))
        elif one.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            parts.append("\t" if one.tag == f"{_TEXT}tab" else "\n")
        else:
            parts.append(_paragraph(one))
        parts.append(one.tail or "")
    return "".join(parts)


def _repeated(element: Any, what: str) -> int:
    times = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(times) if times.isdecimal() and len(times) < 8 else 1
