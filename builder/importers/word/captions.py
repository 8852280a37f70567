"""Captions of tables: paragraphs in Word, a part of the table here."""

from __future__ import annotations

from dataclasses import replace

from builder.importers.form import Block, Image, Paragraph, Table

_STYLE = "caption"


def captioned(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks, with the caption above a table in it, or the one below where no other table
    follows that it could belong to."""
    found: list[Block] = []
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        last = found[-1] if found else None
        if isinstance(block, Table) and isinstance(last, Paragraph) and _captions(found):
            found[-1] = _with(block, last)
        elif (
            _is_caption(block)
            and isinstance(last, Table)
            and not last.caption
            and not isinstance(after, Table)
            and isinstance(block, Paragraph)
        ):
            found[-1] = _with(last, block)
        else:
            found.append(block)
    return tuple(found)


def _with(table: Table, caption: Paragraph) -> Table:
    return replace(table, caption=caption.inlines)


def _captions(found: list[Block]) -> bool:
    """Whether the last block is a caption of what follows: not that of a picture above it."""
    if not _is_caption(found[-1]):
        return False
    above = found[-2] if len(found) > 1 else None
    return not (
        isinstance(above, Paragraph) and any(isinstance(one, Image) for one in above.inlines)
    )


def _is_caption(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and block.style == _STYLE
        and not any(isinstance(one, Image) for one in block.inlines)
    )
