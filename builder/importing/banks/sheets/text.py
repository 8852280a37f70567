"""A sheet in a file of text: cells with commas, semicolons, tabs or bars between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.base.formula_safety import unsafe
from builder.base.immutable import immutable
from builder.exporting.spreadsheet.columns import Renamed
from builder.importing.banks.bounds import COLUMNS, LETTERS, LINES, ROWS, TooLongError, TooManyError
from builder.importing.banks.sheets.table import Cell, Row, Sheet, heads

_BETWEEN = ("\t", ";", ",", "|")
_TOLD = re.compile(r"\A\ufeff?sep=(.)[ \t]*\n", re.IGNORECASE)
"""The line by which Excel is told what stands between cells."""
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(rf"\d{{1,2}}-(?:{_MONTH})(?:-\d{{2,4}})?|(?:{_MONTH})-\d{{2}}", re.IGNORECASE)
"""How Excel writes the dates that it makes of 1-2 and 1-99."""
_BEGINNING = 1 << 17
"""Characters in which the heads are looked for."""


@immutable
class Split:
    """A sheet, and the lines in which a quotation mark has no other one."""

    sheet: Sheet
    unquoted: tuple[int, ...]


def is_sheet(begins: str) -> bool:
    """Whether a text, or the beginning of one, is a sheet of questions."""
    return bool(_between(begins))


def split(words: str, renamed: Renamed | None = None) -> Split | None:
    """The sheet in a text whose lines end with line feeds; ``None`` where no row of it names the
    columns; ``renamed`` is what an author says of single heads. ``TooManyError`` where it
    has more rows or columns than are read, ``TooLongError`` where it has a longer cell."""
    sign = _between(words, renamed)
    return _split(words, sign) if sign else None


def _between(words: str, renamed: Renamed | None = None) -> str:
    """What stands between cells; nothing where that cannot be told."""
    begins = words[:_BEGINNING]
    told = _TOLD.match(begins)
    best, most = "", 0
    for sign in (told[1],) if told else _BETWEEN:
        if sign not in begins or sign in '"\n':
            continue
        found = heads(_split(begins, sign, rows=20).sheet.rows, renamed)
        if found and len(found.known) > most:
            best, most = sign, len(found.known)
    return best


def _split(words: str, sign: str, rows: int = 0) -> Split:
    told = _TOLD.match(words)
    found: list[Row] = []
    # Where a sheet is only looked for, its beginning is enough.
    splitter = _Splitter(words, sign, bounded=not rows)
    start, line = (told.end(), 2) if told else (0, 1)
    for number, texts in splitter.rows(start, line):
        cells = {
            at: Cell(cleaned, doubt=_doubt(cleaned))
            for at, text in enumerate(texts, start=1)
            if (cleaned := unsafe(text.strip(" \t\ufeff\u00a0\n")))
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
    """Cells of a text, as RFC 4180 has them. A quotation mark that begins a cell and has no end is
    a letter like others."""

    def __init__(self, words: str, sign: str, bounded: bool) -> None:
        between = re.escape(sign)
        self.words, self.sign, self.bounded = words, sign, bounded
        self.quoted = re.compile(rf'[ \ufeff]*"((?:[^"]++|"")*+)" *(?={between}|\n|\Z)')
        self.plain = re.compile(rf"[^{between}\n]*")
        self.unquoted: list[int] = []

    def rows(self, start: int, line: int) -> Iterator[tuple[int, list[str]]]:
        """Rows, each with the line in which it begins."""
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
        assert found is not None, "an empty cell is one, too"
        if found[0].startswith('"'):
            self.unquoted.append(line)
        return found[0], found.end()
