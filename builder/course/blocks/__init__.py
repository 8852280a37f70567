"""Parses the content of blocks: one reader for each block that does not simply contain text."""

from __future__ import annotations

from builder.course.blocks import pictures, recording, texts
from builder.course.blocks.base import (
    Body,
    Contact,
    Content,
    File,
    Part,
    Reader,
    Reading,
    body_fault,
)
from builder.course.blocks.texts import Definition, definitions
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

_READERS: dict[str, Reader] = {**texts.READERS, **pictures.READERS, **recording.READERS}
"""The reader of each block, by its name. Other blocks may contain anything a page may contain."""


def read(block: Directive) -> Body:
    """Parse the content of a block; its name must be known."""
    if not BLOCKS[block.name].body:
        return Body({"content": Content(())})
    if not block.blocks and not BLOCKS[block.name].empty:
        return Body({}, (body_fault(block, block.line, "is empty", "Write something in it."),))
    return _READERS.get(block.name, _text)(block)


def _text(block: Directive) -> Body:
    return Body({"content": Content(block.blocks)})
