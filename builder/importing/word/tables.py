"""Tables: merged cells, header rows, conditional looks of their style, and captions, which are
paragraphs in Word."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from builder.importing.document.form import Block, Cell, Image, Paragraph, Place, Table
from builder.importing.word import formatting
from builder.importing.word.names import Element, child, name, switch, value
from builder.importing.word.styles import Styles

_FLAGS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}


@dataclass(slots=True)
class Slot:
    """A cell while its table is built, with its column and row spans."""

    blocks: list[Block]
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Grid:
    """Builds the rows of a table cell by cell, and resolves merged cells."""

    place: Place
    rows: list[list[Slot]] = field(default_factory=list)
    _column: int = 0
    _open: dict[int, Slot] = field(default_factory=dict)
    """Cells that the next row may extend downwards, by column."""
    _next: dict[int, Slot] = field(default_factory=dict)

    def begin(self, skipped: int) -> None:
        """Start a row; ``skipped`` columns at its start have no cell."""
        self.rows.append([])
        self._column, self._next = 0, {}
        self._skip(skipped)

    def add(self, slot: Slot, down: str | None, aside: str | None) -> bool:
        """Add a cell; return whether a cell above covers it. ``down`` and ``aside`` are Word's
        ``vMerge`` and ``hMerge``: ``restart``, ``continue``, or ``None`` if not merged."""
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
        """End a row; ``skipped`` columns at its end have no cell."""
        self._skip(skipped)
        self._open = self._next

    def table(self, heads: int) -> Table:
        """The finished table, with ``heads`` header rows."""
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
    """The description of a table, and the looks that its style gives to rows and columns."""

    def __init__(self, table: Element, styles: Styles) -> None:
        properties = child(table, "w:tblPr")
        self._style = styles.table(value(properties, "w:tblStyle"))
        self._on = _flags(child(properties, "w:tblLook"))
        texts = (value(properties, which) for which in ("w:tblCaption", "w:tblDescription"))
        self.descriptions = [one for one in texts if one and one.strip()]

    def count_header_rows(self, rows: list[Element]) -> int:
        """The number of header rows: rows marked as header, else the first row if the table's
        style formats it differently."""
        count = 0
        for row in rows:
            if not switch(row, "w:trPr", "w:tblHeader"):
                break
            count += 1
        if count or len(rows) < 2:
            return count
        return int("firstRow" in self._on and "firstRow" in self._style.parts)

    def look(self, row: int, rows: int, column: int, columns: int) -> formatting.Look:
        """The look of a cell by the table's style. The first row's look is design, not emphasis."""
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


_STYLE = "caption"


def attach_captions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Move caption paragraphs into their tables: the caption above a table, or the one below if no
    other table follows it."""
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
    """Whether the last block is a caption for the next block, not for an image above it."""
    if not _is_caption(found[-1]):
        return False
    above = found[-2] if len(found) > 1 else None
    return not (
        isinstance(above, Paragraph) and any(isinstance(one, Image) for one in above.inlines)
    )


def _is_caption(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and block.style == _STYLE
        and not any(isinstance(one, Image) for one in block.inlines)
    )
