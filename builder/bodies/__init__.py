"""What the blocks of a page consist of: one row a block that does not simply hold text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.blocks import BLOCKS
from builder.bodies import (
    contacts,
    download,
    figure,
    further_reading,
    glossary,
    quotation,
    recording,
    steps,
    table,
    tabs,
)
from builder.bodies.base import Body, Contact, Content, File, Part, Reading, wrong
from builder.bodies.glossary import Definition, definitions
from builder.markdown import Directive

__all__ = [
    "Body",
    "Contact",
    "Content",
    "Definition",
    "File",
    "Part",
    "Reading",
    "definitions",
    "read",
]

READERS: Mapping[str, Callable[[Directive], Body]] = {
    "tabs": tabs.read,
    "figure": figure.read,
    "video": recording.read,
    "audio": recording.read,
    "steps": steps.read,
    "download": download.read,
    "table": table.read,
    "glossary": glossary.read,
    "quotation": quotation.read,
    "further-reading": further_reading.read,
    "contacts": contacts.read,
}
"""By the name of the block, how its lines are read. Other blocks hold whatever a page may hold."""


def read(block: Directive) -> Body:
    """What stands in a block of a known name."""
    if not BLOCKS[block.name].body:
        return Body({"content": Content(())})
    if not block.blocks and not BLOCKS[block.name].empty:
        return Body({}, (wrong(block, block.line, "is empty", "Write something in it."),))
    return READERS.get(block.name, _text)(block)


def _text(block: Directive) -> Body:
    return Body({"content": Content(block.blocks)})
