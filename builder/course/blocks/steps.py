"""Steps: ``::: steps Title`` with a numbered list."""

from __future__ import annotations

from builder.course.blocks.base import Body, Content, body_fault
from builder.course.markdown import Directive, Prose, elements, joined


def read(block: Directive) -> Body:
    """Parse steps: ``content`` is one numbered list, whose items may contain other blocks.

    If a step has several paragraphs, the first is its heading.
    """
    if not _is_list(block):
        problem = "must be one numbered list"
        fix = "Write each step after its number, “1. ”, and indent what belongs to it. Move all "
        return Body({}, (body_fault(block, block.line, problem, fix + "else out of the block."),))
    return Body({"content": Content(block.blocks)})


def _is_list(block: Directive) -> bool:
    # A block within an item splits the list into several runs of prose.
    first, last = block.blocks[0], block.blocks[-1]
    runs = [part for part in block.blocks if isinstance(part, Prose)]
    kinds = [element.kind for element in elements(joined(runs))]
    return isinstance(first, Prose) and isinstance(last, Prose) and kinds == ["ordered_list"]
