"""Expands tables with merged cells into rows and columns."""

from __future__ import annotations

import re

from builder.base.immutable import immutable
from builder.importing.document.form import Cell, Table
from builder.importing.recognise.inlines import text_of

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
