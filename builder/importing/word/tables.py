"""Tables: their grid, rows of headers, what their style says, and their captions, which are
paragraphs in Word."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from builder.importing.document.form import Block, Cell, Image, Paragraph, Place, Table
from builder.importing.word import looks
from builder.importing.word.names import Element, child, name, switch, value
from builder.importing.word.styles import Styles

_FLAGS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}


@dataclass(slots=True)
class Slot:
    """A cell while its table is made."""

    blocks: list[Block]
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Grid:
    """The rows of a table, made cell by cell."""

    place: Place
    rows: list[list[Slot]] = field(default_factory=list)
    _column: int = 0
    _open: dict[int, Slot] = field(default_factory=dict)
    """Cells that may go on further down, by their column."""
    _next: dict[int, Slot] = field(default_factory=dict)

    def begin(self, skipped: int) -> None:
        """A row, which leaves out some columns at its start."""
        self.rows.append([])
        self._column, self._next = 0, {}
        self._skip(skipped)

    def add(self, slot: Slot, down: str | None, aside: str | None) -> bool:
        """A cell. ``down`` and ``aside`` say whether it begins (``restart``) or goes on
        (``continue``) to be merged. Whether another cell covers it."""
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
        """The row ends and leaves out some columns."""
        self._skip(skipped)
        self._open = self._next

    def table(self, heads: int) -> Table:
        """The table that has come of it."""
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
    """What a table and its style say of its parts."""

    def __init__(self, table: Element, styles: Styles) -> None:
        properties = child(table, "w:tblPr")
        self._style = styles.table(value(properties, "w:tblStyle"))
        self._on = _flags(child(properties, "w:tblLook"))
        told = (value(properties, which) for which in ("w:tblCaption", "w:tblDescription"))
        self.described = [one for one in told if one and one.strip()]

    def heads(self, rows: list[Element]) -> int:
        """How many rows at the top are headers: those that are said to be, else the first one
        where the style sets it apart."""
        count = 0
        for row in rows:
            if not switch(row, "w:trPr", "w:tblHeader"):
                break
            count += 1
        if count or len(rows) < 2:
            return count
        return int("firstRow" in self._on and "firstRow" in self._style.parts)

    def look(self, row: int, rows: int, column: int, columns: int) -> looks.Look:
        """How a cell's words are set. What sets a first row apart says nothing of its words."""
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
        return {key: said for key, said in found.items() if key != "colour"}


def _flags(look: Element | None) -> frozenset[str]:
    if look is None:
        return frozenset()
    try:
        together = int(look.get(name("w:val"), "0"), 16)
    except ValueError:
        together = 0
    said = {which: look.get(name(f"w:{which}")) for which in _FLAGS}
    return frozenset(
        which
        for which, flag in _FLAGS.items()
        if (together & flag if said[which] is None else said[which] in ("1", "true", "on"))
    )


_STYLE = "caption"


def captioned(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks, with the caption above a table in it, or the one below where no other table
    follows that it could belong to."""
    found: list[Block] = []
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        last = found[-1] if found else None
        if isinstance(block, Table) and isinstance(last, Paragraph) and _captions(found):
            found[-1] = _with(block, last)
        elif (
            _is_caption(block)
            and isinstance(last, Table)
            and not last.caption
            and not isinstance(after, Table)
            and isinstance(block, Paragraph)
        ):
            found[-1] = _with(last, block)
        else:
            found.append(block)
    return tuple(found)


def _with(table: Table, caption: Paragraph) -> Table:
    return replace(table, caption=caption.inlines)


def _captions(found: list[Block]) -> bool:
    """Whether the last block is a caption of what follows: not that of a picture above it."""
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
