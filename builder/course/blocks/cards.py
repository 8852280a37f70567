"""Cards, side by side: ``:::: cards Title`` with several ``::: card Title`` in it."""

from __future__ import annotations

from builder.course.blocks.base import (
    Body,
    Content,
    Part,
    is_image,
    require_blocks,
    split_end,
    split_first,
)
from builder.course.markdown import Directive, Element, blank

_TWO_IN_A_ROW = (2, 4)
"""Numbers of cards that are shown two in a row, since three in a row would leave one alone."""


def read(block: Directive) -> Body:
    """Parse cards: ``content`` is at least two cards; ``row`` is how many fit in a row."""
    body = require_blocks(block, "card", without="cards")
    row = "two" if len(block.blocks) in _TWO_IN_A_ROW else "three"
    return Body({**body.parts, "row": row}, body.faults)


def read_card(block: Directive) -> Body:
    """Parse a card: an optional ``picture`` first, the ``content``, and an optional ``link``
    last."""
    head, rest = split_first(block)
    picture: Part = None
    if head and is_image(head):
        picture = head.text()
    else:
        rest = Content(block.blocks)
    link: Part = None
    if rest.blocks:
        last, before = split_end(rest.blocks, -1)
        if isinstance(last, Element) and _is_link(last):
            link, rest = last.text(), before
    return Body({"picture": picture, "content": rest if rest.blocks else None, "link": link})


def _is_link(entry: Element) -> bool:
    leading = entry.leading_link() if entry.kind == "paragraph" else None
    return bool(leading and blank(leading[2]))
