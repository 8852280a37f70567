"""Divides a document, or several joined ones, into pages at its headings, and proposes how to
divide long pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from statistics import mean

from builder.base.immutable import immutable
from builder.importing.document.form import (
    BOLD,
    Block,
    Document,
    Pages,
    Paragraph,
    Place,
    Record,
    Rest,
    Text,
    Volume,
    pages_at,
)
from builder.importing.writing import preparing, tables
from builder.importing.writing.context import NOWHERE, heading_words, words_of
from builder.importing.writing.names import title_of_file
from builder.importing.writing.written_course import Page

LONG = 600
"""Average number of words of a page above which ``auto`` divides at the next level of headings."""
_TITLES = ("title",)
_SUBTITLES = ("subtitle",)


@immutable
class Part:
    """The content of one page: its heading, ``None`` for content before the first heading, and its
    blocks. ``module`` is the heading above it that groups pages. ``level`` is that of the headings
    that start pages here. ``bank`` is true for a page of a question bank."""

    heading: Paragraph | None
    blocks: tuple[Block, ...]
    module: Paragraph | None = None
    level: int = 1
    bank: bool = False


@immutable
class Divided:
    """A document divided into pages: ``level`` is that of the headings that start pages, or
    ``BOLD``; ``title`` and ``subtitle`` are the document's own."""

    parts: tuple[Part, ...]
    level: int
    title: Paragraph | None
    subtitle: Paragraph | None


def divide(document: Document, wanted: Pages) -> Divided:
    """Divide a document at headings 1 or 2, or also at short lines in bold. ``auto`` uses headings
    1. If there is only one, or the pages would have more than ``LONG`` words on average, it uses
    headings 2."""
    title, subtitle, blocks = _split_title(preparing.prepare(document, wanted))
    level = (
        preparing.bold_level(document.blocks) if wanted == "bold" else _page_level(blocks, wanted)
    )
    lone = _only_heading(blocks) if level > 1 else None
    if lone is not None and title is None:
        # The only heading 1 is the document's title.
        title = lone
        blocks = tuple(block for block in blocks if block is not lone)
        lone = None
    parts = _split_with_modules(blocks, level) if level > 1 else _split_at(blocks, level)
    complete = (replace(part, level=level, bank=document.bank) for part in parts)
    return Divided(tuple(complete), BOLD if wanted == "bold" else level, title, subtitle)


def _split_title(
    blocks: Sequence[Block],
) -> tuple[Paragraph | None, Paragraph | None, tuple[Block, ...]]:
    """Find the title and the subtitle right below it, and return them and the other blocks. A logo
    or a number may stand above the title; a heading may not."""
    at = next((at for at, block in enumerate(blocks) if _has_style(block, _TITLES)), len(blocks))
    if any(isinstance(block, Paragraph) and block.level for block in blocks[:at]):
        at = len(blocks)
    found: list[Paragraph | None] = []
    above, rest = list(blocks[:at]), list(blocks[at:])
    if not rest:
        above, rest = [], above
    for styles in (_TITLES, _SUBTITLES):
        first = rest[0] if rest else None
        if isinstance(first, Paragraph) and _has_style(first, styles):
            found.append(first)
            rest.pop(0)
        else:
            found.append(None)
    return found[0], found[1], (*above, *rest)


def _has_style(block: Block, styles: Collection[str]) -> bool:
    has_style = isinstance(block, Paragraph) and block.style in styles and not block.level
    return has_style and isinstance(block, Paragraph) and bool(words_of(block.inlines).strip())


def _headings(blocks: Sequence[Block], level: int) -> list[Paragraph]:
    return [
        block
        for block in blocks
        if isinstance(block, Paragraph) and block.level == level and heading_words(block)
    ]


def _only_heading(blocks: Sequence[Block]) -> Paragraph | None:
    """The only heading of level 1, if it comes before all other headings."""
    first = _headings(blocks, 1)
    levels = [block for block in blocks if isinstance(block, Paragraph) and block.level]
    return first[0] if len(first) == 1 and levels[:1] == first else None


def _page_level(blocks: Sequence[Block], wanted: Pages) -> int:
    if wanted != "auto":
        return int(wanted[-1])
    counts = {level: len(_headings(blocks, level)) for level in range(1, 10)}
    first = next((level for level, count in counts.items() if count), 1)
    if first > 1:
        return min(first, 2) if counts[2] else first
    if not counts[2]:
        return 1
    sizes = [word_count(part.blocks) for part in _split_at(blocks, 1)]
    return 2 if counts[1] == 1 or mean(sizes or [0]) > LONG else 1


def word_count(blocks: Sequence[Block]) -> int:
    """The number of words in blocks."""
    return len(words_of(tables.flat(blocks)).split())


def _split_at(blocks: Sequence[Block], level: int) -> list[Part]:
    heads: list[Paragraph | None] = [None]
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Paragraph) and 0 < block.level <= level and heading_words(block):
            heads.append(block)
            parts.append([])
        else:
            parts[-1].append(block)
    pairs = zip(heads, parts, strict=True)
    return [Part(heading, tuple(part)) for heading, part in pairs if heading or part]


def _split_with_modules(blocks: Sequence[Block], level: int) -> list[Part]:
    parts: list[Part] = []
    module: Paragraph | None = None
    for part in _split_at(blocks, level):
        if part.heading and part.heading.level < level:
            module = part.heading
        parts.append(replace(part, module=module))
    return list(_drop_group_headings(parts))


def _drop_group_headings(parts: Sequence[Part]) -> Iterator[Part]:
    """Drop headings that only group pages. One with a single page and no text of its own becomes
    the heading of that page."""
    waiting: Part | None = None
    for at, part in enumerate(parts):
        if waiting is not None and part.heading is not None:
            yield replace(part, heading=waiting.heading, blocks=(part.heading, *part.blocks))
            waiting = None
        elif not _only_a_heading(parts, at):
            yield part
        elif sum(one.module is part.module for one in parts) == 2:
            waiting = part


def _only_a_heading(parts: Sequence[Part], at: int) -> bool:
    """Whether a part is the heading of a module with pages, and has no text of its own."""
    part = parts[at]
    grouped = at + 1 < len(parts) and parts[at + 1].module is part.module
    return part.heading is not None and part.heading is part.module and grouped and not part.blocks


def records(part: Part) -> tuple[Record, ...]:
    """The records on a page."""
    return tuple(block for block in part.blocks if isinstance(block, Record))


def divide_volumes(document: Document, wanted: Pages) -> Divided:
    """Divide a document, or each document from which it was joined. The first document gives the
    course its title; the titles of the others become the heading of their page or group."""
    if not document.volumes:
        return divide(document, wanted)
    each = [divide(volume.document, volume.pages) for volume in document.volumes]
    parts = list(each[0].parts)
    for volume, one in zip(document.volumes[1:], each[1:], strict=True):
        parts += _parts_with_title(volume, one)
    return replace(each[0], parts=tuple(parts))


def volume_levels(document: Document, wanted: Pages) -> tuple[int, ...]:
    """For each joined document, the level of the headings that start pages."""
    volumes = document.volumes or (Volume("", wanted, document),)
    return tuple(divide(volume.document, volume.pages).level for volume in volumes)


def _parts_with_title(volume: Volume, divided: Divided) -> Iterator[Part]:
    """The parts of a further document, with its title as the heading of its page or group."""
    parts = divided.parts
    if not parts:
        return
    first, title = parts[0], divided.title
    above = [one for one in (divided.subtitle,) if one is not None]
    if first.heading is None:
        named = title or Paragraph((Text(title_of_file(volume.stem)),), NOWHERE)
        first = replace(first, heading=replace(named, level=first.level, style=""))
    elif title and len(parts) > 1 and not any(part.module for part in parts):
        parts = tuple(replace(part, module=title) for part in parts)
        first = parts[0]
    elif title:
        above.insert(0, title)
    blocks = (*(replace(one, style="", level=0) for one in above), *first.blocks)
    yield replace(first, blocks=blocks)
    yield from parts[1:]


_LONG_PAGE = 1500
"""Number of words above which dividing a page is proposed."""
_PROPOSALS: tuple[Pages, ...] = ("heading-1", "heading-2", "bold")


def division_proposal(part: Part, page: Page, level: int) -> Iterator[Rest]:
    """Propose how to divide a page with too many words; nothing for a shorter page. ``level`` is
    that of the headings that start pages."""
    count = len(page.words)
    if part.bank or count <= _LONG_PAGE:
        return
    heading = (part.heading,) if part.heading else ()
    whole = Document((*heading, *part.blocks))
    found = []
    for pages in _PROPOSALS:
        if level == BOLD or pages == pages_at(level):
            continue
        parts = divide(whole, pages).parts
        if len(parts) > 1:
            found.append((max(word_count(one.blocks) for one in parts), len(parts), pages))
    longest, parts_found, best = min(found, default=(0, 0, ""))
    place = next(iter(whole.blocks)).place if whole.blocks else Place("", 0)
    sentence = f"it has {count:,} words, which is long for one page. "
    if best:
        sentence += (
            f"“--pages {best}” makes {parts_found} pages of it, the longest with {longest:,} words"
        )
        sentence += (
            "." if longest <= _LONG_PAGE else ": give more lines a heading's style in Word, too."
        )
    else:
        sentence += (
            "To divide it, give the lines that begin its parts the style “Heading 1” in Word, and "
            "import the document again."
        )
    yield Rest("long page", place, page.title, sentence)
