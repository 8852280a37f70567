"""Edits formatted text by character positions, where a break, an image or a note mark counts as one
character. Also expands tables with merged cells into grids of rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from builder.base.immutable import immutable
from builder.importing.document.form import (
    Block,
    Break,
    Cell,
    Image,
    Inline,
    Link,
    Mark,
    Paragraph,
    Table,
    Text,
)

OBJECT = "\ufffc"
"""Placeholder character in plain text for an image or a note mark."""

Inlines = tuple[Inline, ...]
"""The content of a line, in pieces: texts, links, breaks, images and note marks."""
_ASTERISKS = re.compile(r"(?<![*\w])\*\*(?P<words>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?!\*)")


def plain(inlines: Iterable[Inline]) -> str:
    """The plain text of a line. Its character positions are those that ``cut`` takes."""
    return "".join(map(_plain, inlines))


def _plain(inline: Inline) -> str:
    match inline:
        case Text(words):
            return words
        case Link(texts):
            return "".join(text.words for text in texts)
        case Break():
            return "\n"
    return OBJECT


def cut(inlines: Iterable[Inline], start: int, end: int | None = None) -> Inlines:
    """Cut the characters from position ``start`` up to ``end``, or to the end of the line if
    ``end`` is ``None``, out of a line, and return them."""
    out: list[Inline] = []
    at = 0
    for inline in inlines:
        width = len(_plain(inline))
        low = max(start - at, 0)
        high = width if end is None else min(end - at, width)
        if low < high:
            out.append(_slice(inline, low, high))
        at += width
    return tuple(out)


def _slice(inline: Inline, low: int, high: int) -> Inline:
    match inline:
        case Text(words, marks):
            return Text(words[low:high], marks)
        case Link(texts, address):
            return Link(tuple(t for t in cut(texts, low, high) if isinstance(t, Text)), address)
    return inline


def trimmed(inlines: Sequence[Inline]) -> Inlines:
    """A line without white space and breaks at both ends, except white space in code."""
    text = plain(map(_code_as_letters, inlines))
    begin = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if begin == 0 and end == len(text):
        return tuple(inlines)
    return cut(inlines, begin, end)


def _code_as_letters(inline: Inline) -> Inline:
    """A piece of a line with letters instead of text in code, so that stripping keeps the white
    space there."""
    if isinstance(inline, Text) and "code" in inline.marks:
        return Text("x" * len(inline.words), inline.marks)
    return inline


def bold_asterisks(inlines: Inlines) -> Inlines:
    """The line with words in bold instead of between double asterisks, as chat programs write bold.
    Unchanged if the line does not begin with such words."""
    text = plain(inlines)
    if not _ASTERISKS.match(text):
        return inlines
    out: list[Inline] = []
    at = 0
    for found in _ASTERISKS.finditer(text):
        out += cut(inlines, at, found.start())
        out += map(_bold, cut(inlines, *found.span("words")))
        at = found.end()
    return (*out, *cut(inlines, at))


def _bold(inline: Inline) -> Inline:
    match inline:
        case Text(words, worn):
            return Text(words, worn | {"strong"})
        case Link(texts, address):
            return Link(tuple(Text(t.words, t.marks | {"strong"}) for t in texts), address)
    return inline


def lines(inlines: Sequence[Inline]) -> list[Inlines]:
    """The content of a paragraph, split into lines at breaks."""
    out: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, Break):
            out.append([])
        else:
            out[-1].append(inline)
    return [tuple(line) for line in out]


def joined(parts: Iterable[Inlines]) -> Inlines:
    """The contents of several lines, joined by breaks."""
    out: list[Inline] = []
    for part in parts:
        if out:
            out.append(Break())
        out += part
    return tuple(out)


def has_mark(inlines: Iterable[Inline], mark: Mark) -> bool:
    """Whether all words of a line have this mark. False if it has no words, or an image."""
    texts = [text for inline in inlines for text in _texts(inline) if text.words.strip()]
    return bool(texts) and all(mark in text.marks for text in texts)


def _texts(inline: Inline) -> tuple[Text, ...]:
    match inline:
        case Text():
            return (inline,)
        case Link(texts):
            return texts
        case Image():
            return (Text(OBJECT),)
    return ()


def without_marks(inlines: Inlines, marks: frozenset[Mark]) -> Inlines:
    """A line whose text does not have these marks."""
    if not marks:
        return inlines
    return tuple(_without(inline, marks) for inline in inlines)


def _without(inline: Inline, marks: frozenset[Mark]) -> Inline:
    match inline:
        case Text(words, worn):
            return Text(words, worn - marks)
        case Link(texts, address):
            return Link(tuple(Text(t.words, t.marks - marks) for t in texts), address)
    return inline


def text_of(blocks: Iterable[Block]) -> str | None:
    """The plain text of blocks if all are paragraphs, with a line end between them; else
    ``None``."""
    found = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            return None
        found.append(plain(block.inlines))
    return "\n".join(found).strip()


def inlines_of(blocks: Iterable[Block]) -> Inlines:
    """The contents of all paragraphs among the blocks, joined by breaks."""
    parts = [trimmed(block.inlines) for block in blocks if isinstance(block, Paragraph)]
    return joined(part for part in parts if part)


_MAX_COLUMNS = 64
"""Maximum number of columns of a table that is examined for questions, records and the like."""
_RULED_LINE = re.compile(r"[\s_.…\u00a0-]*")


@immutable
class Grid:
    """A table in which each row has an entry for each column: the cell, or ``None`` where a merged
    cell from the left or above covers the position."""

    rows: tuple[tuple[Cell | None, ...], ...]

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def grid_of(table: Table) -> Grid | None:
    """The grid of a table; ``None`` if the table has too many columns."""
    rows: list[tuple[Cell | None, ...]] = []
    down: dict[int, int] = {}
    for cells in table.rows:
        row: list[Cell | None] = []
        waiting = list(reversed(cells))
        while waiting or down.get(len(row), 0):
            if len(row) > _MAX_COLUMNS:
                return None
            if down.get(len(row), 0):
                down[len(row)] -= 1
                row.append(None)
                continue
            cell = waiting.pop()
            across = min(max(cell.across, 1), _MAX_COLUMNS)
            for at in range(across):
                if cell.down > 1:
                    down[len(row)] = cell.down - 1
                row.append(None if at else cell)
        rows.append(tuple(row))
    width = max(map(len, rows), default=0)
    return Grid(tuple((*row, *(None,) * (width - len(row))) for row in rows))


def cell_text(cell: Cell | None) -> str | None:
    """The text of a cell; empty for ``None``, which stands for a covered cell. Returns ``None`` if
    the cell contains other blocks than paragraphs."""
    return "" if cell is None else text_of(cell.blocks)


def is_empty_cell(text: str | None) -> bool:
    """Whether a cell with this text is empty, or has only a line to write on. False for ``None``,
    which stands for a cell with other blocks."""
    return text is not None and _RULED_LINE.fullmatch(text) is not None


def shorten(text: str) -> str:
    """Shorten a text to 60 characters, so that a doubt can quote it."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"
