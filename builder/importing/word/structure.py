"""Builds lists and tables from paragraphs and cells.

A Word file has no lists, only paragraphs with a list id and a level. Paragraphs with the same id
are nested by their levels. Lists with different ids are nested by their indents, as readers see
them. For a table, merged cells are resolved, header rows counted, and its caption is taken from the
paragraph above or below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from builder.base.immutable import immutable
from builder.importing.document.form import Block, Cell, Image, Item, List, Paragraph, Place, Table
from builder.importing.word.names import Element, child, name, switch, value
from builder.importing.word.numbering import Number
from builder.importing.word.styles import Look, Styles

_NEAR = 60
"""Maximum difference, in twentieths of a point, of two indents that look the same."""
_DEEPEST = 9
"""Maximum depth of nested lists; Word has as many levels."""


@immutable
class Entry:
    """A block with its list number, or ``None`` if it has none, and its indent in twentieths of a
    point. If ``follows`` is true, the block belongs to the entry before it, whatever its
    indent."""

    block: Block
    number: Number | None = None
    indent: int = 0
    follows: bool = False


@dataclass(slots=True)
class _OpenList:
    number: Number
    indent: int
    place: Place
    last: int
    items: list[tuple[str, list[Block | _OpenList]]] = field(default_factory=list)

    def to_list(self) -> List:
        items = tuple(Item(label, _close_lists(blocks)) for label, blocks in self.items)
        return List(self.number.ordered, self.number.count, items, self.place)


def _close_lists(blocks: Iterable[Block | _OpenList]) -> tuple[Block, ...]:
    """Convert each open list among the blocks to a ``List``."""
    return tuple(one.to_list() if isinstance(one, _OpenList) else one for one in blocks)


def group_lists(entries: Iterable[Entry]) -> tuple[Block, ...]:
    """Put the numbered entries of a text, and what belongs to them, into lists, and return the
    text's blocks."""
    found: list[Block | _OpenList] = []
    stack: list[_OpenList] = []
    for entry in entries:
        if entry.number is None:
            _add_unnumbered(entry, stack, found)
        else:
            _add_numbered(entry, entry.number, stack, found)
    return _close_lists(found)


def _add_unnumbered(entry: Entry, stack: list[_OpenList], found: list[Block | _OpenList]) -> None:
    is_prose = isinstance(entry.block, Paragraph) and entry.block.level == 0
    if not entry.follows:
        while stack and not (is_prose and 0 < entry.indent >= stack[-1].indent - _NEAR):
            stack.pop()
    (stack[-1].items[-1][1] if stack else found).append(entry.block)


def _add_numbered(
    entry: Entry, number: Number, stack: list[_OpenList], found: list[Block | _OpenList]
) -> None:
    is_next_item = _close_ended_lists(entry, number, stack)
    if not is_next_item or not stack:
        if is_next_item is None and stack:
            stack.pop()
        new_list = _OpenList(number, entry.indent, _place(entry.block), number.count)
        (stack[-1].items[-1][1] if stack else found).append(new_list)
        stack.append(new_list)
    stack[-1].last = number.count
    stack[-1].items.append((number.label, [entry.block]))


def _close_ended_lists(entry: Entry, number: Number, stack: list[_OpenList]) -> bool | None:
    """Remove the lists that end before a numbered entry from ``stack``, the open lists from the
    outermost to the innermost. Returns ``True`` if the entry is the next item of the innermost list
    that is left, ``None`` if it starts another list that replaces that list, and ``False`` if it
    starts a list nested in it."""
    levels = [one.number.level for one in stack if one.number.list_id == number.list_id]
    if any(level <= number.level for level in levels):
        while stack[-1].number.list_id != number.list_id or stack[-1].number.level > number.level:
            stack.pop()
        if stack[-1].number.level == number.level:
            return True if _continues(stack[-1], number) else None
        return len(stack) >= _DEEPEST
    while stack and stack[-1].indent > entry.indent + _NEAR:
        stack.pop()
    if not stack:
        return False
    top = stack[-1]
    if abs(top.indent - entry.indent) <= _NEAR or len(stack) >= _DEEPEST:
        return True if not (top.number.ordered or number.ordered) else None
    return False


def _continues(list_: _OpenList, number: Number) -> bool:
    return not number.ordered or number.count == list_.last + 1


def _place(block: Block) -> Place:
    assert isinstance(block, Paragraph)
    return block.place


_FLAGS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}


@dataclass(slots=True)
class Slot:
    """A cell while its table is built: its blocks, and the numbers of columns (``across``) and rows
    (``down``) that it covers."""

    blocks: list[Block]
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Grid:
    """Builds the rows of a table cell by cell, and resolves merged cells. ``place`` is the position
    of the table in the source."""

    place: Place
    rows: list[list[Slot]] = field(default_factory=list)
    _column: int = 0
    _open: dict[int, Slot] = field(default_factory=dict)
    """Cells of the row above that a cell of this row may extend downwards, by column."""
    _next: dict[int, Slot] = field(default_factory=dict)

    def begin(self, skipped: int) -> None:
        """Start a row. ``skipped`` is the number of columns at its start that have no cell."""
        self.rows.append([])
        self._column, self._next = 0, {}
        self._skip(skipped)

    def add(self, slot: Slot, down: str | None, aside: str | None) -> bool:
        """Add a cell to the current row, and return whether a merged cell above covers it. ``down``
        and ``aside`` are the values of the cell's ``vMerge`` and ``hMerge``: ``restart`` for the
        first of merged cells, ``continue`` for the others, ``None`` if the cell is not merged."""
        column = self._column
        self._column += slot.across
        row = self.rows[-1]
        if aside == "continue" and row:
            row[-1].across += slot.across
            row[-1].blocks += slot.blocks
            return False
        above = self._open.get(column)
        if down == "continue" and above is not None and above.across == slot.across:
            above.down += 1
            self._next[column] = above
            return True
        row.append(slot)
        if down is not None:
            self._next[column] = slot
        return False

    def end(self, skipped: int) -> None:
        """End the current row. ``skipped`` is the number of columns at its end that have no
        cell."""
        self._skip(skipped)
        self._open = self._next

    def table(self, heads: int) -> Table:
        """The table of the rows that were added; its first ``heads`` rows are header rows."""
        rows = tuple(
            tuple(Cell(tuple(slot.blocks), slot.across, slot.down) for slot in row)
            for row in self.rows
        )
        return Table(rows, min(heads, len(rows)), self.place)

    def _skip(self, columns: int) -> None:
        if columns:
            self.rows[-1].append(Slot([], columns))
            self._column += columns


class Layout:
    """What a table's properties say about it: the formatting that its style gives to rows and
    columns, its header rows, and its ``descriptions`` (alternative texts)."""

    def __init__(self, table: Element, styles: Styles) -> None:
        properties = child(table, "w:tblPr")
        self._style = styles.table(value(properties, "w:tblStyle"))
        self._on = _flags(child(properties, "w:tblLook"))
        texts = (value(properties, which) for which in ("w:tblCaption", "w:tblDescription"))
        self.descriptions = [one for one in texts if one and one.strip()]

    def count_header_rows(self, rows: list[Element]) -> int:
        """Count the header rows at the start of the table: those that are marked as header rows. If
        none is, the first row counts if the table's style gives it its own look."""
        count = 0
        for row in rows:
            if not switch(row, "w:trPr", "w:tblHeader"):
                break
            count += 1
        if count or len(rows) < 2:
            return count
        return int("firstRow" in self._on and "firstRow" in self._style.parts)

    def look(self, row: int, rows: int, column: int, columns: int) -> Look:
        """The formatting that the table's style gives to a cell. The special formatting of the
        first row is left out, since it is design and not emphasis. ``rows`` and ``columns`` are the
        size of the table, ``row`` and ``column`` the cell's position from 0."""
        found = dict(self._style.look)
        if row == 0 and "firstRow" in self._on:
            columns = 0
        for which, here, part in (
            ("lastRow", row == rows - 1 and rows > 1, "lastRow"),
            ("lastColumn", 0 < column == columns - 1, "lastCol"),
            ("firstColumn", column == 0 < columns - 1, "firstCol"),
        ):
            if here and which in self._on:
                found.update(self._style.parts.get(part, {}))
        return {key: value for key, value in found.items() if key != "colour"}


def _flags(look: Element | None) -> frozenset[str]:
    if look is None:
        return frozenset()
    try:
        bits = int(look.get(name("w:val"), "0"), 16)
    except ValueError:
        bits = 0
    attributes = {which: look.get(name(f"w:{which}")) for which in _FLAGS}
    return frozenset(
        which
        for which, flag in _FLAGS.items()
        if (bits & flag if attributes[which] is None else attributes[which] in ("1", "true", "on"))
    )


_CAPTION_STYLE = "caption"


def attach_captions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Move the paragraphs in the style of captions into their tables: a caption above a table, or
    below a table if no other table follows the caption."""
    found: list[Block] = []
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        last = found[-1] if found else None
        if isinstance(block, Table) and isinstance(last, Paragraph) and _ends_with_caption(found):
            found[-1] = _with_caption(block, last)
        elif (
            _is_caption(block)
            and isinstance(last, Table)
            and not last.caption
            and not isinstance(after, Table)
            and isinstance(block, Paragraph)
        ):
            found[-1] = _with_caption(last, block)
        else:
            found.append(block)
    return tuple(found)


def _with_caption(table: Table, caption: Paragraph) -> Table:
    return replace(table, caption=caption.inlines)


def _ends_with_caption(found: list[Block]) -> bool:
    """Whether the last block is a caption that belongs to the next block, and not to an image above
    the caption."""
    if not _is_caption(found[-1]):
        return False
    above = found[-2] if len(found) > 1 else None
    return not (
        isinstance(above, Paragraph) and any(isinstance(one, Image) for one in above.inlines)
    )


def _is_caption(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and block.style == _CAPTION_STYLE
        and not any(isinstance(one, Image) for one in block.inlines)
    )
