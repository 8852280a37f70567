"""The grid of a table whose cells span columns and rows."""

from builder.importing.document.form import Cell, Table
from builder.importing.recognise.inlines import grid_of
from tests.importing import documents as doc


def cell(words: str, across: int = 1, down: int = 1) -> Cell:
    return Cell((doc.said(words),), across, down)


def test_a_wide_cell_covers_every_column_but_its_first() -> None:
    wide, end, first = cell("All three", across=3), cell("End"), cell("First")
    rows = ((wide, end), (first, cell("2"), cell("3"), cell("4")))
    grid = grid_of(Table(rows, 1, doc.PLACE))
    assert grid is not None
    assert grid.rows[0] == (wide, None, None, end)


def test_a_wide_and_high_cell_covers_the_row_below() -> None:
    block, below = cell("Block", across=3, down=2), cell("Below")
    grid = grid_of(Table(((block, cell("a")), (below,)), 1, doc.PLACE))
    assert grid is not None
    assert grid.rows == ((block, None, None, cell("a")), (None, None, None, below))
