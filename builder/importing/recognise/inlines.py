"""Edits formatted text by character positions (a break, an image or a note mark counts as one
character), and expands tables with merged cells into rows and columns."""

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
_ASTERISKS = re.compile(r"(?<![*\w])\*\*(?P<words>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?!\*)")


def plain(inlines: Iterable[Inline]) -> str:
    """The plain text; its character positions are those of ``cut``."""
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
    """The characters from ``start`` up to ``end``."""
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
    """Strip white space and breaks at both ends, except in code."""
    text = plain(map(_code_as_letters, inlines))
    begin = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if begin == 0 and end == len(text):
        return tuple(inlines)
    return cut(inlines, begin, end)


def _code_as_letters(inline: Inline) -> Inline:
    """Text of the same width in which white space in code counts as letters."""
    if isinstance(inline, Text) and "code" in inline.marks:
        return Text("x" * len(inline.words), inline.marks)
    return inline


def bold_asterisks(inlines: Inlines) -> Inlines:
    """If a line begins with words between double asterisks, as chat programs write bold, make these
    words bold and remove the asterisks."""
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
    """Split at breaks."""
    out: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, Break):
            out.append([])
        else:
            out[-1].append(inline)
    return [tuple(line) for line in out]


def joined(parts: Iterable[Inlines]) -> Inlines:
    """Join parts with breaks."""
    out: list[Inline] = []
    for part in parts:
        if out:
            out.append(Break())
        out += part
    return tuple(out)


def has_mark(inlines: Iterable[Inline], mark: Mark) -> bool:
    """Whether all words have this mark. False if there are no words, or if there is an image."""
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
    """Remove marks from text."""
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
    """The plain text of paragraphs; ``None`` if there are other blocks."""
    found = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            return None
        found.append(plain(block.inlines))
    return "\n".join(found).strip()


def inlines_of(blocks: Iterable[Block]) -> Inlines:
    """The inlines of paragraphs, joined with breaks."""
    parts = [trimmed(block.inlines) for block in blocks if isinstance(block, Paragraph)]
    return joined(part for part in parts if part)


_MAX_COLUMNS = 64
"""Maximum number of columns of a table whose meaning is examined."""
_RULED_LINE = re.compile(r"[\s_.…\u00a0-]*")


@immutable
class Grid:
    """A table in which each row has an entry for each column. A place covered by a merged cell has
    ``None``."""

    rows: tuple[tuple[Cell | None, ...], ...]

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def grid_of(table: Table) -> Grid | None:
    """Expand a table; ``None`` if it is too wide."""
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
            for _ in range(across):
                if cell.down > 1:
                    down[len(row)] = cell.down - 1
                row.append(cell if not row or row[-1] is not cell else None)
        rows.append(tuple(row))
    width = max(map(len, rows), default=0)
    return Grid(tuple((*row, *(None,) * (width - len(row))) for row in rows))


def cell_text(cell: Cell | None) -> str | None:
    """The text of a cell, empty for a covered cell; ``None`` if the cell contains more than
    text."""
    return "" if cell is None else text_of(cell.blocks)


def is_empty_cell(text: str | None) -> bool:
    """Whether a cell is there to be filled in: empty, or only a ruled line."""
    return text is not None and _RULED_LINE.fullmatch(text) is not None


def shorten(text: str) -> str:
    """A text, shortened to be quoted in a doubt."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"
