"""Parses the content of blocks (``::: name``) into the parts that their templates use.

A block whose content has a fixed form, such as a list of files, has a reader of its own.
"""

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
"""The readers of blocks whose content has a fixed form, by the name of the block. Other blocks may
contain anything that a page may contain."""


def read(block: Directive) -> Body:
    """Parse the content of a block; its name must be a key of ``BLOCKS``."""
    if not BLOCKS[block.name].body:
        return Body({"content": Content(())})
    if not block.blocks and not BLOCKS[block.name].empty:
        return Body({}, (body_fault(block, block.line, "is empty", "Write something in it."),))
    return _READERS.get(block.name, _text)(block)


def _text(block: Directive) -> Body:
    return Body({"content": Content(block.blocks)})
