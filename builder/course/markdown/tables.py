"""Tables: marks the header cells of columns and rows, limits the size of tables, and counts the
cells of each row, since Markdown drops those beyond the last column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.course.markdown.document import Prose

COLUMNS = 100
"""Maximum number of columns of a table; no screen can show more."""
CELLS = 50_000
"""Maximum number of cells in all tables of a page."""


def add_tables(parser: MarkdownIt) -> None:
    """Make a parser mark header cells in tables (WCAG 1.3.1): those of the first row, and of a
    first column that is entirely bold."""
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.push("table_headers", _headers)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = len(state.tokens)
    if not silent and _too_large(state, start, end):
        return True
    if not table(state, start, end, silent):
        return False
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            token.meta["cells"] = _count_cells(getLine(state, token.map[0]))
    return True


def _too_large(state: StateBlock, start: int, end: int) -> bool:
    """Whether a table starts at the line ``start`` that exceeds the limits; if so, push one
    ``table_refused`` token instead of it.

    Each cell takes two kilobytes of memory, and even a row that is only “|” gets a cell for each
    column.
    """
    if start + 1 >= end or "-" not in (rule := getLine(state, start + 1)):
        return False
    if rule.strip(" \t|:-"):
        return False
    columns = _count_cells(getLine(state, start))
    if columns != _count_cells(rule):
        return False
    after = next((at for at in range(start, end) if state.isEmpty(at)), end)
    cells = state.env.get("cells", 0) + columns * (after - start)
    if columns <= COLUMNS and cells <= CELLS:
        state.env["cells"] = cells
        return False
    token = state.push("table_refused", "", 0)
    token.map = [start, after]
    state.line = after
    return True


def _count_cells(line: str) -> int:
    cells = escapedSplit(line.strip())
    return len(cells) - (cells[:1] == [""]) - (len(cells) > 1 and cells[-1] == "")


def _headers(state: StateCore) -> None:
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            close = next(at for at in range(index, len(tokens)) if tokens[at].type == "table_close")
            _mark_headers(token, list(_rows(tokens[index:close])))
            if token.meta["headless"]:
                _hide_head(tokens[index:close])


def _hide_head(tokens: Sequence[Token]) -> None:
    for token in tokens[1:]:
        token.hidden = True
        if token.type == "thead_close":
            return


def columns(tokens: Sequence[Token], index: int) -> Iterator[Token]:
    """Yield the inline token of each column header of the table that opens at ``index``, or of each
    row header if its columns have no headers."""
    rows = tokens[index].meta.get("headless")
    for at in range(index, len(tokens)):
        if tokens[at].type == ("table_close" if rows else "thead_close"):
            return
        if tokens[at].type == "inline" and (not rows or tokens[at - 1].attrs.get("scope") == "row"):
            yield tokens[at]


def with_caption(prose: Prose, caption: str) -> Prose:
    """A copy of a run of prose, which consists of one table, with a caption for the table."""
    opening, *others = prose.tokens
    meta = {**opening.meta, "caption": caption}
    return replace(prose, tokens=(opening.copy(meta=meta), *others))


def _mark_headers(table: Token, rows: list[list[Sequence[Token]]]) -> None:
    head, *body = rows
    for cell in head:
        _set_alignment(cell[0])
        if cell[1].content:
            cell[0].attrs["scope"] = "col"
        else:
            # An empty cell of the first row is not a header.
            cell[0].tag = cell[2].tag = "td"
    bold = bool(body) and all(_is_bold(row[0][1]) for row in body)
    corner = 1 if bold else 0
    table.meta["columns"] = len(head)
    # Every row has a bold header: an empty first row means that the columns have none.
    table.meta["headless"] = bold and not any(cell[1].content for cell in head)
    named = all(cell[1].content for cell in head[corner:])
    table.meta["unnamed"] = not (named or table.meta["headless"])
    for row in body:
        for cell in row:
            _set_alignment(cell[0])
        if bold:
            opening, text, closing = row[0]
            opening.tag = closing.tag = "th"
            opening.attrs["scope"] = "row"
            text.children = _without_empty(text)[1:-1]


def _rows(tokens: Sequence[Token]) -> Iterator[list[Sequence[Token]]]:
    """Yield the list of cells of each row; a cell is its opening, text and closing token."""
    row: list[Sequence[Token]] = []
    for index, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            row.append(tokens[index : index + 3])
        elif token.type == "tr_close":
            yield row
            row = []


def _set_alignment(opening: Token) -> None:
    # markdown-it writes left and right as styles, but the sides depend on the writing direction.
    style = str(opening.attrs.pop("style", ""))
    side = {"text-align:right": "end", "text-align:center": "middle"}.get(style)
    if side:
        opening.attrs["class"] = side


def _is_bold(text: Token) -> bool:
    children = _without_empty(text)
    return (
        len(children) > 2
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and not any(
            child.type == "strong_close" and child.level == children[0].level
            for child in children[1:-1]
        )
    )


def _without_empty(text: Token) -> list[Token]:
    return [child for child in text.children or [] if child.type != "text" or child.content]
