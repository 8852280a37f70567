"""What was read of a document, in lines that a test can show."""

from __future__ import annotations

from collections.abc import Iterable

from builder.importing.document.form import (
    Block,
    Box,
    Break,
    Document,
    Image,
    Inline,
    Link,
    List,
    NoteMark,
    Paragraph,
    Table,
    Text,
)

_SIGNS = {
    "strong": "**",
    "emphasis": "*",
    "underline": "_",
    "highlight": "==",
    "colour": "%%",
    "strike": "~~",
    "sub": "~",
    "super": "^",
    "code": "`",
}


def told(document: Document) -> str:
    """Its blocks and notes: headings behind ``#``, items behind their labels, marks in signs."""
    notes = [
        line
        for key, blocks in document.notes.items()
        for line in (f"[{key}]", *_lines(blocks, "  "))
    ]
    return "\n".join([*_lines(document.blocks, ""), *notes])


def rest(document: Document) -> list[tuple[str, str]]:
    """Kind and words of all that did not come over."""
    return [(one.kind, one.words) for one in document.rest]


def line(inlines: Iterable[Inline]) -> str:
    """A line with its marks."""
    return "".join(map(_inline, inlines))


def _lines(blocks: Iterable[Block], before: str) -> list[str]:
    return [before + one for block in blocks for one in _block(block)]


def _block(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        head = "#" * block.level + " " * bool(block.level)
        number = f"({block.label}) " if block.label else ""
        style = f"<{block.style}> " if block.style and not block.level else ""
        marks = "".join(f"{{{one}}} " for one in block.bookmarks)
        page = "| " if block.starts_page else ""
        return [f"{page}{style}{head}{number}{marks}{line(block.inlines)}"]
    if isinstance(block, List):
        found = []
        for item in block.items:
            first, *others = _lines(item.blocks, "") or [""]
            found += [f"{item.label} {first}", *(f"    {one}" for one in others)]
        return found
    if isinstance(block, Table):
        return _table(block)
    assert isinstance(block, Box)
    return ["[box]", *_lines(block.blocks, "    ")]


def _table(table: Table) -> list[str]:
    found = [f"[table, {table.heads} heads] {line(table.caption)}".rstrip()]
    for row in table.rows:
        cells = []
        for cell in row:
            size = "" if cell.across == cell.down == 1 else f"({cell.across}x{cell.down})"
            cells.append(" / ".join(_lines(cell.blocks, "")) + size)
        found.append("| " + " | ".join(cells) + " |")
    return found


def _inline(one: Inline) -> str:
    if isinstance(one, Text):
        signs = "".join(sign for mark, sign in _SIGNS.items() if mark in one.marks)
        return f"{signs}{one.words}{signs[::-1]}"
    if isinstance(one, Link):
        return f"[{line(one.texts)}]({one.address})"
    if isinstance(one, NoteMark):
        return f"[{one.note}]"
    if isinstance(one, Break):
        return "\\"
    assert isinstance(one, Image)
    return f"[{one.ending}, {len(one.content)} bytes, {one.alternative!r}]"
