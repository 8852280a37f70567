"""Lists to remember: ``::: objectives Title`` and ``::: key-points Title``."""

from __future__ import annotations

from builder.course.blocks.base import Body, Content, body_fault, entries
from builder.course.markdown import Directive, Element


def read(block: Directive) -> Body:
    """Parse a list of points: ``content`` is one list, with at most one paragraph before it."""
    kinds = [entry.kind if isinstance(entry, Element) else "" for entry in entries(block.blocks)]
    if kinds not in (["bullet_list"], ["paragraph", "bullet_list"]):
        problem = "must be one list"
        fix = (
            "Start each line of the list with “- ”. One paragraph may come before the list; the "
            "block can have nothing else."
        )
        return Body({}, (body_fault(block, block.line, problem, fix),))
    return Body({"content": Content(block.blocks)})
