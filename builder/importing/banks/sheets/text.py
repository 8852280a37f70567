"""Parses a sheet in a text file. Its cells are separated by commas, semicolons, tabs or vertical
bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.base.immutable import immutable
from builder.base.printing import unsafe
from builder.exporting.spreadsheet.columns import Renamed
from builder.importing.banks.bounds import COLUMNS, LETTERS, LINES, ROWS, TooLongError, TooManyError
from builder.importing.banks.sheets.table import Cell, Row, Sheet, heads

_DELIMITERS = ("\t", ";", ",", "|")
_DELIMITER_LINE = re.compile(r"\A\ufeff?sep=(.)[ \t]*\n", re.IGNORECASE)
"""Matches the line at the start of a file by which Excel names the delimiter, such as ``sep=;``."""
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(rf"\d{{1,2}}-(?:{_MONTH})(?:-\d{{2,4}})?|(?:{_MONTH})-\d{{2}}", re.IGNORECASE)
"""Matches dates as Excel writes them after converting text such as 1-2 or 1-99."""
_BEGINNING = 1 << 17
"""Length of the start of a file in which the column headings are searched, in characters."""


@immutable
class Split:
    """A sheet, and the numbers of the lines with a quotation mark that is never closed
    (``unquoted``)."""

    sheet: Sheet
    unquoted: tuple[int, ...]


def is_sheet(begins: str) -> bool:
    """Whether a text that starts with ``begins`` is a sheet of questions."""
    return bool(_detect_delimiter(begins))


def split(words: str, renamed: Renamed | None = None) -> Split | None:
    """Parse the sheet in a text with line feeds; ``None`` if no row has known column headings.
    ``renamed`` maps the author's own column headings to the standard ones. Raises ``TooManyError``
    for too many rows or columns, and ``TooLongError`` for a cell that is too long."""
    sign = _detect_delimiter(words, renamed)
    return _split(words, sign) if sign else None


def _detect_delimiter(words: str, renamed: Renamed | None = None) -> str:
    """Detect the delimiter between cells: the one with which most column headings are known; empty
    if none are. ``renamed`` is as for ``split``."""
    begins = words[:_BEGINNING]
    declaration = _DELIMITER_LINE.match(begins)
    best, most = "", 0
    for sign in (declaration[1],) if declaration else _DELIMITERS:
        if sign not in begins or sign in '"\n':
            continue
        found = heads(_split(begins, sign, rows=20).sheet.rows, renamed)
        if found and len(found.known) > most:
            best, most = sign, len(found.known)
    return best


def _split(words: str, sign: str, rows: int = 0) -> Split:
    declaration = _DELIMITER_LINE.match(words)
    found: list[Row] = []
    # With ``rows``, only the format is being detected, so limits do not apply.
    splitter = _Splitter(words, sign, bounded=not rows)
    start, line = (declaration.end(), 2) if declaration else (0, 1)
    for number, texts in splitter.rows(start, line):
        cells = {
            at: Cell(safe_text, doubt=_doubt(safe_text))
            for at, text in enumerate(texts, start=1)
            if (safe_text := unsafe(text.strip(" \t\ufeff\u00a0\n")))
        }
        if cells:
            found.append(Row(number, cells))
        if rows and len(found) >= rows:
            break
        if len(found) > ROWS:
            raise TooManyError(f"it has more than {ROWS:,} rows")
    return Split(Sheet("", found), tuple(splitter.unquoted))


def _doubt(words: str) -> str:
    if not _DATE.fullmatch(words):
        return ""
    return f"“{words}” may be a date that Excel made of other words, such as 1-2."


class _Splitter:
    """Splits a text into rows of cells (RFC 4180). A quotation mark that starts a cell and is never
    closed is a plain character. ``sign`` is the delimiter; ``bounded`` is true if the limits
    apply."""

    def __init__(self, words: str, sign: str, bounded: bool) -> None:
        between = re.escape(sign)
        self.words, self.sign, self.bounded = words, sign, bounded
        self.quoted = re.compile(rf'[ \ufeff]*"((?:[^"]++|"")*+)" *(?={between}|\n|\Z)')
        self.plain = re.compile(rf"[^{between}\n]*")
        self.unquoted: list[int] = []

    def rows(self, start: int, line: int) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the number of its first line. ``start`` is the index of the character
        to start at, and ``line`` the number of its line."""
        at, end = start, len(self.words)
        while at < end:
            row, first = [], line
            while True:
                text, at = self._cell(at, line)
                if self.bounded and len(text) > LETTERS:
                    raise TooLongError(line)
                line += text.count("\n")
                row.append(text)
                if at >= end or self.words[at] != self.sign:
                    break
                if self.bounded and len(row) == COLUMNS:
                    raise TooManyError(f"the row at line {first} has more than {COLUMNS:,} cells")
                at += 1
            yield first, row
            at, line = at + 1, line + 1
            if line > LINES:
                raise TooManyError(f"it has more than {LINES:,} lines")

    def _cell(self, at: int, line: int) -> tuple[str, int]:
        if found := self.quoted.match(self.words, at):
            return found[1].replace('""', '"'), found.end()
        found = self.plain.match(self.words, at)
        assert found is not None, "the pattern also matches an empty cell"
        if found[0].startswith('"'):
            self.unquoted.append(line)
        return found[0], found.end()
