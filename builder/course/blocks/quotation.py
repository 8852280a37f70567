"""Quotations: ``::: quotation`` with the quoted words and their source."""

from __future__ import annotations

from builder.course.blocks.base import Body, Content, body_fault, entries
from builder.course.markdown import Directive, Element


def read(block: Directive) -> Body:
    """Parse a quotation: the words as ``content``, and the ``source``."""
    parts = entries(block.blocks)
    kinds = [entry.kind if isinstance(entry, Element) else "" for entry in parts]
    if kinds != ["blockquote", "paragraph"]:
        problem = "must be a quotation and its source"
        fix = (
            "Start each line of the quotation with “> ”. Leave a line empty, then write its source "
            "in one paragraph."
        )
        return Body({}, (body_fault(block, block.line, problem, fix),))
    quotation, source = (entry for entry in parts if isinstance(entry, Element))
    return Body({"content": Content((quotation.prose,)), "source": source.text()})
