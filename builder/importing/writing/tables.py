"""Writes tables as Markdown, where a table has one header row and no merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.course.markdown import escaping
from builder.importing.document.form import (
    Block,
    Box,
    Cell,
    Inline,
    Item,
    List,
    Paragraph,
    Table,
    Text,
    inner_blocks,
    is_blank,
    one_line,
)
from builder.importing.writing import inlines
from builder.importing.writing.context import NOWHERE, Context

COLUMNS = 100
"""Maximum number of columns that a table in a course may have
(``builder.course.markdown.tables``)."""
_EMPTY_HEADER = "–"
"""Placeholder for an empty header cell."""
_JOIN = " <br> "


def is_data_table(table: Table) -> bool:
    """Whether a table can be written as a table in Markdown. A table of one row or column cannot,
    since authors use it for layout only."""
    width = _width(table)
    return 1 < width <= COLUMNS and len(table.rows) > 1


def size(table: Table) -> int:
    """The number of cells that a table has in Markdown, without merged cells."""
    return _width(table) * len(table.rows)


def _width(table: Table) -> int:
    return max((sum(cell.across for cell in row) for row in table.rows), default=0)


def lines(table: Table, context: Context) -> list[str]:
    """The Markdown lines of a table."""
    grid = _Grid(table, context)
    head, body = grid.header_and_rows()
    title = escaping.title(one_line(table.caption))
    written = [_row(head), _row(["---"] * len(head)), *map(_row, body)]
    return [f"::: table {title}", *written, ":::"] if title else written


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


class _Grid:
    """A table with one text for each row and column. The text of a merged cell is in the first of
    the positions that it covers, and in header rows in each of them. ``merged`` is the number of
    merged cells."""

    def __init__(self, table: Table, context: Context) -> None:
        self.table, self.context = table, context
        self.width = _width(table)
        self.heads = min(table.heads, len(table.rows) - 1)
        self.rows = [[""] * self.width for _ in table.rows]
        self.merged = 0
        self._fill()
        if self.merged:
            cells = "a cell goes" if self.merged == 1 else f"{self.merged} cells go"
            self.context.add_rest(
                "merged cells",
                table.place,
                " ".join(filter(None, self.rows[0])),
                (
                    f"{cells} over several columns or rows, which a course cannot show: the words "
                    "are in the first of them, for headers in each. Check whether the table still "
                    "says the same"
                ),
            )

    def _fill(self) -> None:
        covered: set[tuple[int, int]] = set()
        for at, row in enumerate(self.table.rows):
            column = 0
            for cell in row:
                while (at, column) in covered:
                    column += 1
                covered |= self._place(at, column, cell)
                column += cell.across

    def _place(self, at: int, column: int, cell: Cell) -> set[tuple[int, int]]:
        written = _cell_line(cell.blocks, self.context)
        self.merged += cell.across > 1 or cell.down > 1
        places = {
            (row, place)
            for row in range(at, min(at + cell.down, len(self.rows)))
            for place in range(column, min(column + cell.across, self.width))
        }
        for row, place in places:
            if (row, place) == (at, column) or row < max(self.heads, 1):
                self.rows[row][place] = written
        return places

    def header_and_rows(self) -> tuple[list[str], list[list[str]]]:
        """The header row, and the rows below it. Several header rows are joined into one; if the
        table has none, its first row is taken."""
        if not self.heads and _bold_first(self.rows):
            return [""] * self.width, self.rows
        count = self.heads or 1
        head = [
            _JOIN.join(dict.fromkeys(filter(None, (row[at] for row in self.rows[:count]))))
            for at in range(self.width)
        ]
        if count > 1:
            self.context.changed["headers in several rows, now in one"] += 1
        body = self.rows[count:]
        first = 1 if _bold_first(body) else 0
        if not all(head[first:]):
            self.context.add_rest(
                "table header",
                self.table.place,
                "",
                f"a column has no header: write one instead of “{_EMPTY_HEADER}”",
            )
        elif not self.heads:
            reason = (
                "no row is marked as the header, so the first one was taken: check whether it is"
            )
            self.context.add_rest("table header", self.table.place, " ".join(head), reason)
        return [cell or ("" if at < first else _EMPTY_HEADER) for at, cell in enumerate(head)], body


def _bold_first(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cell of each row is in bold as a whole, which makes it a row header."""
    return bool(rows) and all(
        len(row[0]) > len("****")
        and row[0].startswith("**")
        and row[0].endswith("**")
        and not row[0].endswith("\\**")
        and "**" not in row[0][2:-2]
        for row in rows
    )


def _cell_line(blocks: Sequence[Block], context: Context) -> str:
    """The content of a cell as one line of Markdown."""
    return _JOIN.join(part for part in _cell_parts(blocks, context) if part)


def _cell_parts(blocks: Sequence[Block], context: Context) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if not is_blank(block.inlines):
                yield inlines.line(block.inlines, context, block.place, "cell").strip()
        elif isinstance(block, List):
            context.changed["lists in cells, now lines"] += 1
            yield from _list_lines(block, context)
        elif isinstance(block, Table):
            context.changed["tables in cells, now lines"] += 1
            yield from _cell_parts(list(inner_blocks(block)), context)
        elif isinstance(block, Box):
            yield from _cell_parts(block.blocks, context)


def _list_lines(block: List, context: Context) -> Iterator[str]:
    for item in block.items:
        first, *others = item.blocks or (Paragraph((), NOWHERE),)
        if isinstance(first, Paragraph):
            yield from _cell_parts([_with_label(item, first)], context)
            yield from _cell_parts(others, context)
        else:
            yield from _cell_parts(item.blocks, context)


def _with_label(item: Item, first: Paragraph) -> Paragraph:
    label: tuple[Inline, ...] = (Text(f"{item.label or '•'} "),)
    return Paragraph((*label, *first.inlines), first.place)
