"""Divides long pages at their headings into pages of 150 to 600 words, and proposes this for pages
that are too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from builder.importing.document.form import (
    Block,
    Exit,
    Paragraph,
    Record,
    flat,
    heading_words,
    one_line,
)
from builder.importing.writing.part import Part

LEAST, MOST = 150, 600
"""The number of words that a page should have at least and at most."""
_MAX_TITLE_LINE = 12
"""Maximum number of words of a line that may be the title of a part."""
_SENTENCE_ENDS = (".", ",", ";", ":", "…", "!")


def word_count(blocks: Sequence[Block]) -> int:
    """The number of words in blocks, for the length of a page."""
    return len(one_line(flat(blocks)).split())


@dataclass(slots=True)
class _Page:
    """A page that grows: its heading, its blocks, and the number of their words."""

    heading: Paragraph | None
    blocks: list[Block] = field(default_factory=list)
    words: int = 0

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    def add(self, other: _Page) -> None:
        self.blocks += [*([other.heading] if other.heading else []), *other.blocks]
        self.words += other.words


def divide_evenly(parts: Sequence[Part]) -> Iterator[Part]:
    """Divide each part of more than 600 words at headings in it, so that pages have at least 150
    words and, where there are enough headings, at most 600."""
    for part in parts:
        pages = _pages(part)
        if len(pages) < 2:
            yield part
            continue
        module = part.module or part.heading
        for page in pages:
            if page.blocks or page.heading is not module:
                blocks = tuple(page.blocks)
                yield replace(part, heading=page.heading, blocks=blocks, module=module)


def _pages(part: Part) -> list[_Page]:
    whole = word_count(part.blocks)
    fixed = any(isinstance(block, Exit | Record) for block in part.blocks)
    if part.bank or fixed or whole <= MOST:
        return []
    sections = list(_sections(part))
    top = min((section.level for section in sections[1:]), default=0)
    pages = [sections[0]]
    for section in sections[1:]:
        last = pages[-1]
        nothing = not last.words and last.heading is None
        full = last.words >= LEAST and (section.level == top or last.words + section.words > MOST)
        above = len(pages) > 1 and section.level < last.level
        if nothing:
            pages[-1] = section
        elif full or above:
            pages.append(section)
        else:
            last.add(section)
    if len(pages) > 1 and pages[-1].words < LEAST and pages[-1].level >= pages[-2].level:
        short = pages.pop()
        pages[-1].add(short)
    return pages


def _sections(part: Part) -> Iterator[_Page]:
    section = _Page(part.heading)
    for block in part.blocks:
        if isinstance(block, Paragraph) and block.level and heading_words(block):
            yield section
            section = _Page(block, words=len(heading_words(block).split()))
        else:
            section.blocks.append(block)
            section.words += word_count((block,))
    yield section


def proposed_starts(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs that could start the parts of a page without headings: if possible, short
    lines that are no sentences."""
    starts: list[Paragraph] = []
    words = 0
    for block in blocks:
        if isinstance(block, Paragraph) and not block.level and words >= LEAST:
            text = one_line(block.inlines).strip()
            short = 0 < len(text.split()) <= _MAX_TITLE_LINE and not text.endswith(_SENTENCE_ENDS)
            if text and (short or words >= MOST):
                starts.append(block)
                words = 0
        words += word_count((block,))
    return starts
