"""What to do one after the other: ``::: steps Title`` and a numbered list."""

from __future__ import annotations

from builder.bodies.base import Body, Content, begins, wrong
from builder.markdown import Directive


def read(block: Directive) -> Body:
    """``content``, which is one numbered list.

    Where a step has several paragraphs, the first is its head.
    """
    head, rest = begins(block)
    if head is None or head.kind != "ordered_list" or rest.blocks:
        problem = "does not consist of one numbered list"
        fix = "Write each step after its number, “1. ”, and indent what belongs to it. Move all "
        return Body({}, (wrong(block, block.line, problem, fix + "else out of the block."),))
    return Body({"content": Content(block.blocks)})
