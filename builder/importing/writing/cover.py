"""Finds the cover of a document, whose lines become the title and the description of the course,
and joins pages without content to the next page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.importing.document.form import (
    Block,
    Box,
    Image,
    Link,
    NoteMark,
    Paragraph,
    is_blank,
    one_line,
)
from builder.importing.writing.part import Part

_MAX_COVER = 40
"""Maximum number of words of a cover."""
_MAX_LINE = 15
"""Maximum number of words of a line on a cover."""
_SENTENCE = 5
"""Number of words from which on a line that ends like a sentence is one."""
_SENTENCE_ENDS = (".", "?", "!", ":", "\u061f")


def split_cover(parts: Sequence[Part]) -> tuple[tuple[Paragraph, ...], tuple[Part, ...]]:
    """Split the lines of the cover from the parts that become pages. The cover is what precedes the
    first heading if it only has short lines, or a first heading without any content. Its pictures
    become part of the first page. A single part is never a cover."""
    if len(parts) < 2 or parts[0].bank or parts[0].module is not None:
        return (), tuple(parts)
    first = parts[0]
    paragraphs = _paragraphs(first.blocks)
    if paragraphs is None or not _is_cover(paragraphs, first.heading is not None):
        return (), tuple(parts)
    lines = [first.heading] if first.heading else []
    lines += [one for one in paragraphs if one_line(one.inlines).strip()]
    pictures = [one for one in map(_only_pictures, (*lines, *paragraphs)) if one.inlines]
    unique = tuple(dict.fromkeys(pictures))
    page = replace(parts[1], blocks=(*unique, *parts[1].blocks))
    return tuple(map(_without_pictures, lines)), (page, *parts[2:])


def _paragraphs(blocks: Sequence[Block]) -> list[Paragraph] | None:
    """The paragraphs of blocks and of the text boxes among them; ``None`` if there is any other
    content."""
    out: list[Paragraph] = []
    for block in blocks:
        inner = _paragraphs(block.blocks) if isinstance(block, Box) else None
        if isinstance(block, Paragraph) and not block.level:
            out.append(block)
        elif inner is not None:
            out += inner
        else:
            return None
    return out


def _is_cover(paragraphs: Sequence[Paragraph], headed: bool) -> bool:
    """Whether paragraphs only have short lines; below a heading (``headed``), no text at all."""
    lines = [one_line(one.inlines).split() for one in paragraphs]
    if any(isinstance(part, Link | NoteMark) for one in paragraphs for part in one.inlines):
        return False
    if headed:
        return not any(lines)
    sentences = (len(line) >= _SENTENCE and line[-1].endswith(_SENTENCE_ENDS) for line in lines)
    short = all(len(line) <= _MAX_LINE for line in lines)
    return short and sum(map(len, lines)) <= _MAX_COVER and not any(sentences)


def _only_pictures(paragraph: Paragraph) -> Paragraph:
    inlines = tuple(one for one in paragraph.inlines if isinstance(one, Image))
    return Paragraph(inlines, paragraph.place)


def _without_pictures(paragraph: Paragraph) -> Paragraph:
    inlines = tuple(one for one in paragraph.inlines if not isinstance(one, Image))
    return replace(paragraph, inlines=inlines)


def join_empty(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts without those that have a heading and nothing else. Such a heading becomes
    the heading of the next part, whose own becomes its first block; at the end of a group of pages,
    it becomes the last block of the part before it."""
    waiting: Part | None = None
    out: list[Part] = []
    for part in parts:
        if waiting is not None:
            if part.heading is not None and part.module is waiting.module:
                part = replace(part, heading=waiting.heading, blocks=(part.heading, *part.blocks))
            else:
                _append(out, waiting)
            waiting = None
        if part.heading is not None and not part.bank and _has_nothing(part.blocks):
            waiting = part
        else:
            out.append(part)
    if waiting is not None:
        _append(out, waiting)
    yield from out


def _append(parts: list[Part], empty: Part) -> None:
    if parts and not parts[-1].bank and empty.heading is not None:
        parts[-1] = replace(parts[-1], blocks=(*parts[-1].blocks, empty.heading))
    else:
        parts.append(empty)


def _has_nothing(blocks: Sequence[Block]) -> bool:
    return all(isinstance(one, Paragraph) and is_blank(one.inlines) for one in blocks)
