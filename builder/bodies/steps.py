"""What to do one after the other: ``::: steps Title`` and a numbered list."""

from __future__ import annotations

from builder.bodies.base import Body, Content, wrong
from builder.markdown import Directive, Prose, elements, joined


def read(block: Directive) -> Body:
    """``content``, which is one numbered list; other blocks may stand in its items.

    Where a step has several paragraphs, the first is its head.
    """
    if not _is_list(block):
        problem = "does not consist of one numbered list"
        fix = "Write each step after its number, “1. ”, and indent what belongs to it. Move all "
        return Body({}, (wrong(block, block.line, problem, fix + "else out of the block."),))
    return Body({"content": Content(block.blocks)})


def _is_list(block: Directive) -> bool:
    # A block within an item divides the list into runs of prose, none of which is one by itself.
    first, last = block.blocks[0], block.blocks[-1]
    runs = [part for part in block.blocks if isinstance(part, Prose)]
    kinds = [element.kind for element in elements(joined(runs))]
    return isinstance(first, Prose) and isinstance(last, Prose) and kinds == ["ordered_list"]
