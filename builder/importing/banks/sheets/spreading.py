"""Spreads a cell that has all options of a question, or all their fractions, over one column for
each, so that the sheet can be read like any other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.columns import LABELS, Head
from builder.importing.banks.sheets.table import Cell, Heads, Row, Sheet
from builder.importing.document.form import Break, Inline, Text

_SIGNS = ("\n", "|", ";", ",")
"""What separates options in a cell. The first that at least half of the cells have is used."""
_LABEL = re.compile(r"\A\(?([A-Za-z]|[0-9]{1,2})[.):]\s*(?=\S)")


def spread(sheet: Sheet, heads: Heads) -> tuple[Sheet, Heads]:
    """Spread the columns “Options” and “Fractions” of a sheet. The new columns are to the right of
    all others, and the sheet knows which column each of them comes from."""
    known, rows, origins = dict(heads.known), list(sheet.rows), dict(sheet.origins)
    for column, each in ((columns.OPTIONS, columns.OPTION), (columns.FRACTIONS, columns.FRACTION)):
        at = heads.column(column)
        if not at:
            continue
        beyond = max((max(row.cells) for row in rows), default=at) + 1
        sign = _sign([row.cells[at].text for row in rows[heads.row + 1 :] if at in row.cells])
        offered = {place for head, place in known.items() if head.column is columns.OPTION}
        rows[heads.row + 1 :] = [
            _spread_row(
                row,
                at,
                beyond,
                sign,
                len(offered & row.cells.keys()) if each is columns.FRACTION else 0,
            )
            for row in rows[heads.row + 1 :]
        ]
        filled = {place for row in rows[heads.row + 1 :] for place in row.cells if place >= beyond}
        origins |= dict.fromkeys(filled, at)
        known |= {Head(each, place - beyond): place for place in sorted(filled)}
    if not origins:
        return sheet, heads
    found = replace(heads, known=known)
    below = rows[heads.row + 1 :]
    numbered = heads.numbered or any(_has_number(found, row) for row in below)
    return replace(sheet, rows=rows, origins=origins), replace(found, numbered=numbered)


def _sign(texts: Sequence[str]) -> str:
    """The separator of the options in the cells with these texts; empty if there is none."""
    return next(
        (sign for sign in _SIGNS if sum(sign in one for one in texts) * 2 >= len(texts)), ""
    )


def _spread_row(row: Row, at: int, beyond: int, sign: str, count: int) -> Row:
    """The row with the parts of its cell in the column ``at`` in the columns from ``beyond`` on.
    Unchanged if the cell has another number of parts than ``count``, unless that is 0, or more than
    a question can have options."""
    cell = row.cells.get(at)
    parts = _parts(cell, sign) if cell else []
    if not parts or len(parts) > len(LABELS) or (count and len(parts) != count):
        return row
    others = {column: one for column, one in row.cells.items() if column != at}
    return replace(row, cells={**others, **dict(enumerate(parts, start=beyond))})


def _parts(cell: Cell, sign: str) -> list[Cell]:
    """The options in a cell, without the letters or numbers before them."""
    texts = _list_literal(cell.text)
    lines: list[tuple[Inline, ...]] = []
    if texts is None and sign:
        lines = [line for line in map(_strip, _split(cell.looks, sign)) if line]
        texts = [part.strip() for part in cell.text.split(sign) if part.strip()]
    texts = [cell.text] if texts is None else texts
    labels = [found[1].upper() for text in texts if (found := _LABEL.match(text))]
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    if len(texts) > 1 and labels in ([*LABELS[: len(texts)]], numbers):
        texts, lines = [_LABEL.sub("", text, count=1) for text in texts], []
    looks = lines if len(lines) == len(texts) else [()] * len(texts)
    return [Cell(text, line, cell.doubt) for text, line in zip(texts, looks, strict=True)]


def _list_literal(text: str) -> list[str] | None:
    """The items of a list as programs write it, ``["Stop", "Go"]``; ``None`` for other texts."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    with suppress(ValueError, SyntaxError, MemoryError, RecursionError):
        items = ast.literal_eval(text)
        if all(isinstance(item, str | int | float) for item in items):
            return [str(item).strip() for item in items if str(item).strip()]
    return None


def _split(looks: Sequence[Inline], sign: str) -> Iterator[tuple[Inline, ...]]:
    line: list[Inline] = []
    for inline in looks:
        if isinstance(inline, Break) and sign == "\n":
            yield tuple(line)
            line = []
        elif isinstance(inline, Text):
            first, *others = inline.words.split(sign)
            line += [replace(inline, words=first)] if first else []
            for words in others:
                yield tuple(line)
                line = [replace(inline, words=words)] if words else []
        else:
            line.append(inline)
    yield tuple(line)


def _strip(line: Sequence[Inline]) -> tuple[Inline, ...]:
    """A line without white space at its ends."""
    runs = [*line]
    while runs and isinstance(runs[0], Text) and not runs[0].words.strip():
        del runs[0]
    while runs and isinstance(runs[-1], Text) and not runs[-1].words.strip():
        del runs[-1]
    if runs and isinstance(runs[0], Text):
        runs[0] = replace(runs[0], words=runs[0].words.lstrip())
    if runs and isinstance(runs[-1], Text):
        runs[-1] = replace(runs[-1], words=runs[-1].words.rstrip())
    return tuple(runs)


def _has_number(heads: Heads, row: Row) -> bool:
    """Whether the right answer of a row is a number that is not the text of an option. Then
    numbers are the numbers of options."""
    right = row.cells.get(heads.column(columns.RIGHT))
    if not right:
        return False
    texts = {
        row.cells[at].text
        for head, at in heads.known.items()
        if head.column is columns.OPTION and at in row.cells
    }
    numbers = [part for part in re.split(r"[\s,;/&]+", right.text) if part.isdecimal()]
    return bool(texts) and right.text not in texts and any(one not in texts for one in numbers)
