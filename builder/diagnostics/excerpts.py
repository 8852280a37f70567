"""Formats a few lines of source around a position, aligned for a terminal or browser."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from builder.base.printing import escape_controls
from builder.diagnostics.diagnostic import Position

AROUND = 1
"""Default number of lines that an excerpt shows before and after the line of the position."""
WIDTH = 96
"""Default maximum number of columns of a line; of a longer line, an excerpt shows the part around
the position."""
_TAB = 4
_LEADING_COLUMNS = 32
"""Number of columns before the position that are shown of a long line."""
_CUT = "…"
_SCRIPT_SAMPLE = 1_000
"""Number of characters of a line that are examined for right-to-left script."""

Cell = tuple[str, int]
"""A character as it is shown, such as an escape for a control character, and its width in
columns."""


def excerpt(
    text: str, position: Position, width: int = WIDTH, around: int = AROUND
) -> tuple[str, ...]:
    """The line of a position and the lines around it, with line numbers, and a caret below the
    position.

    ``text`` is the content of the file, ``width`` the maximum number of columns of a line,
    ``around`` the number of lines before and after. Empty if the position is a whole file, or if
    the file has no such line. Right-to-left lines get no caret, since terminals order their letters
    differently.
    """
    lines = _lines(text)
    if not 0 < position.line <= len(lines):
        return ()
    numbers = _neighbours(lines, position.line, around)
    margin = len(str(numbers[-1]))
    return tuple(_numbered_lines(lines, position, numbers, margin, width))


# Cached, since a file with one mistake often has hundreds of them.
@lru_cache(maxsize=4)
def _lines(text: str) -> tuple[str, ...]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(text.split("\n"))


def _neighbours(lines: Sequence[str], line: int, around: int) -> range:
    """The numbers of the lines to show: ``line``, and at most ``around`` lines before and after it,
    without empty lines at the ends."""
    first, last = max(1, line - around), min(len(lines), line + around)
    while first < line and not lines[first - 1].strip():
        first += 1
    while last > line and not lines[last - 1].strip():
        last -= 1
    return range(first, last + 1)


def _numbered_lines(
    lines: Sequence[str], position: Position, numbers: range, margin: int, width: int
) -> Iterator[str]:
    line = lines[position.line - 1]
    at = min(position.column - 1, len(line)) if position.column else 0
    start = _start(line, at, width)
    for number in numbers:
        shown_line = lines[number - 1]
        if number != position.line and start >= len(shown_line):
            # A short line is shown from its start; otherwise only the mark of a cut would be shown.
            yield f"{number:>{margin}} | {_cut(shown_line, 0, width)}".rstrip()
            continue
        yield f"{number:>{margin}} | {_cut(shown_line, start, width)}".rstrip()
        if number == position.line and position.column and not _is_right_to_left(shown_line):
            lead = _columns(line[start:at]) + (len(_CUT) if start else 0)
            yield f"{'':>{margin}} | {'':>{lead}}^"


def _cells(line: str) -> Iterator[Cell]:
    column = 0
    for character in line:
        cell = _cell(character, column)
        column += cell[1]
        yield cell


def _cell(character: str, column: int) -> Cell:
    if character == "\t":
        wide = _TAB - column % _TAB
        return " " * wide, wide
    escaped = escape_controls(character)
    if escaped != character:
        return escaped, len(escaped)
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _columns(text: str) -> int:
    return sum(columns for _, columns in _cells(text))


def _start(line: str, at: int, width: int) -> int:
    """The index of the first character of a line to show in ``width`` columns, so that the
    character at index ``at`` is visible.

    It is 0 if that character is visible when the line is shown from its start.
    """
    if at < width and (
        _columns(line[:width]) <= width or _columns(line[:at]) < width - _LEADING_COLUMNS
    ):
        return 0
    nearest = max(0, at - _LEADING_COLUMNS)
    columns = list(accumulate((wide for _, wide in _cells(line[nearest:at])), initial=0))
    return nearest + next(
        index for index, before in enumerate(columns) if columns[-1] - before <= _LEADING_COLUMNS
    )


def _cut(line: str, start: int, width: int) -> str:
    """The part of a line from index ``start`` that fits into ``width`` columns, with the mark ``…``
    at each end that was cut off."""
    taken = [_CUT] if start else []
    left = width - len(taken)
    # More characters than columns are examined, since some characters take no column.
    cells = list(_cells(line[start : start + 4 * width]))
    for index, (text, columns) in enumerate(cells):
        if columns > left or (columns == left and index + 1 < len(cells)):
            return "".join((*taken, _CUT))
        taken.append(text)
        left -= columns
    return "".join(taken)


def _is_right_to_left(line: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in line[:_SCRIPT_SAMPLE])
