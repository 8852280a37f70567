"""Parses the content of blocks: one reader for each block that does not simply contain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.course.blocks import (
    accordion,
    cards,
    contacts,
    download,
    figure,
    flashcards,
    further_reading,
    glossary,
    labelled_image,
    media,
    points,
    quotation,
    recording,
    steps,
    table,
    tabs,
    timeline,
)
from builder.course.blocks.base import Body, Contact, Content, File, Part, Reading, body_fault
from builder.course.blocks.glossary import Definition, definitions
from builder.course.directives import BLOCKS
from builder.course.markdown import Directive

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
    "media": media.read,
    "cards": cards.read,
    "card": cards.read_card,
    "accordion": accordion.read,
    "objectives": points.read,
    "key-points": points.read,
    "timeline": timeline.read,
    "labelled-image": labelled_image.read,
    "flashcards": flashcards.read,
}
"""The reader of each block, by its name. Other blocks may contain anything a page may contain."""


def read(block: Directive) -> Body:
    """Parse the content of a block; its name must be known."""
    if not BLOCKS[block.name].body:
        return Body({"content": Content(())})
    if not block.blocks and not BLOCKS[block.name].empty:
        return Body({}, (body_fault(block, block.line, "is empty", "Write something in it."),))
    return READERS.get(block.name, _text)(block)


def _text(block: Directive) -> Body:
    return Body({"content": Content(block.blocks)})
