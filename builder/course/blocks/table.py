"""Tables with a caption: ``::: table Caption``."""

from __future__ import annotations

from builder.course import markdown
from builder.course.blocks.base import Body, body_fault, entries
from builder.course.markdown import Directive, Element


def read(block: Directive) -> Body:
    """Parse a table: ``table`` has the block's title as its caption."""
    parts = entries(block.blocks)
    for entry in parts:
        if not isinstance(entry, Element) or entry.kind != "table":
            fix = "Leave only a table in it."
            return Body(
                {}, (body_fault(block, entry.line, "contains something other than a table", fix),)
            )
    if len(parts) > 1:
        fix = "Put the second table into another block."
        return Body({}, (body_fault(block, parts[1].line, "contains two tables", fix),))
    (table,) = parts
    assert isinstance(table, Element)
    return Body({"table": markdown.captioned(table.prose, block.argument)})
