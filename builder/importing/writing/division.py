"""Which part of a document, or of several, becomes which page: headings begin pages. And how a long
page can be divided."""

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
from builder.importing.writing.made import Page
from builder.importing.writing.names import title_of_file

LONG = 600
"""Words of a page, on average, from which on ``auto`` divides at the next level of headings."""
_TITLES = ("title",)
_SUBTITLES = ("subtitle",)


@immutable
class Part:
    """What becomes one page: its heading, ``None`` for what stands before the first one, and its
    blocks. ``module`` is the heading that it stands under, where that groups pages. ``level`` is
    that of the headings that begin pages where it stands; ``bank`` is whether it is of a bank."""

    heading: Paragraph | None
    blocks: tuple[Block, ...]
    module: Paragraph | None = None
    level: int = 1
    bank: bool = False


@immutable
class Divided:
    """A document as pages: ``level`` is that of the headings that begin one, or ``BOLD``, ``title``
    and ``subtitle`` are what the document calls itself."""

    parts: tuple[Part, ...]
    level: int
    title: Paragraph | None
    subtitle: Paragraph | None


def divide(document: Document, wanted: Pages) -> Divided:
    """Divide a document at its headings 1 or 2, or also at short lines in bold; ``auto`` takes
    headings 1, unless there is only one or their pages have more than ``LONG`` words on average,
    and headings 2 divide them."""
    title, subtitle, blocks = _titled(preparing.prepared(document, wanted))
    level = preparing.bold_level(document.blocks) if wanted == "bold" else _level(blocks, wanted)
    lone = _lone(blocks) if level > 1 else None
    if lone is not None and title is None:
        # The only heading of the first level is what the document is called.
        title = lone
        blocks = tuple(block for block in blocks if block is not lone)
        lone = None
    parts = _under_modules(blocks, level) if level > 1 else _at(blocks, level)
    told = (replace(part, level=level, bank=document.bank) for part in parts)
    return Divided(tuple(told), BOLD if wanted == "bold" else level, title, subtitle)


def _titled(
    blocks: Sequence[Block],
) -> tuple[Paragraph | None, Paragraph | None, tuple[Block, ...]]:
    """The title and what stands right below it, and the other blocks. A logo or a number may stand
    above the title; a heading does not."""
    at = next((at for at, block in enumerate(blocks) if _styled(block, _TITLES)), len(blocks))
    if any(isinstance(block, Paragraph) and block.level for block in blocks[:at]):
        at = len(blocks)
    found: list[Paragraph | None] = []
    above, rest = list(blocks[:at]), list(blocks[at:])
    if not rest:
        above, rest = [], above
    for styles in (_TITLES, _SUBTITLES):
        first = rest[0] if rest else None
        if isinstance(first, Paragraph) and _styled(first, styles):
            found.append(first)
            rest.pop(0)
        else:
            found.append(None)
    return found[0], found[1], (*above, *rest)


def _styled(block: Block, styles: Collection[str]) -> bool:
    said = isinstance(block, Paragraph) and block.style in styles and not block.level
    return said and isinstance(block, Paragraph) and bool(words_of(block.inlines).strip())


def _headings(blocks: Sequence[Block], level: int) -> list[Paragraph]:
    return [
        block
        for block in blocks
        if isinstance(block, Paragraph) and block.level == level and heading_words(block)
    ]


def _lone(blocks: Sequence[Block]) -> Paragraph | None:
    """The one heading of level 1, where it comes before all others."""
    first = _headings(blocks, 1)
    levels = [block for block in blocks if isinstance(block, Paragraph) and block.level]
    return first[0] if len(first) == 1 and levels[:1] == first else None


def _level(blocks: Sequence[Block], wanted: Pages) -> int:
    if wanted != "auto":
        return int(wanted[-1])
    counts = {level: len(_headings(blocks, level)) for level in range(1, 10)}
    first = next((level for level, count in counts.items() if count), 1)
    if first > 1:
        return min(first, 2) if counts[2] else first
    if not counts[2]:
        return 1
    sizes = [size(part.blocks) for part in _at(blocks, 1)]
    return 2 if counts[1] == 1 or mean(sizes or [0]) > LONG else 1


def size(blocks: Sequence[Block]) -> int:
    """The number of words of blocks."""
    return len(words_of(tables.flat(blocks)).split())


def _at(blocks: Sequence[Block], level: int) -> list[Part]:
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


def _under_modules(blocks: Sequence[Block], level: int) -> list[Part]:
    parts: list[Part] = []
    module: Paragraph | None = None
    for part in _at(blocks, level):
        if part.heading and part.heading.level < level:
            module = part.heading
        parts.append(replace(part, module=module))
    return list(_grouped(parts))


def _grouped(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts without headings that only group others. One that has a single page, and no words
    of its own, heads that page."""
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
    """Whether a part is the heading of a module that has pages, and says nothing of its own."""
    part = parts[at]
    grouped = at + 1 < len(parts) and parts[at + 1].module is part.module
    return part.heading is not None and part.heading is part.module and grouped and not part.blocks


def records(part: Part) -> tuple[Record, ...]:
    """The records of a page."""
    return tuple(block for block in part.blocks if isinstance(block, Record))


def divide_volumes(document: Document, wanted: Pages) -> Divided:
    """A document as pages, or those that it was joined of. The course is called as the first one;
    what another one calls itself heads its page or groups its pages."""
    if not document.volumes:
        return divide(document, wanted)
    each = [divide(volume.document, volume.pages) for volume in document.volumes]
    parts = list(each[0].parts)
    for volume, one in zip(document.volumes[1:], each[1:], strict=True):
        parts += _with_title(volume, one)
    return replace(each[0], parts=tuple(parts))


def volume_levels(document: Document, wanted: Pages) -> tuple[int, ...]:
    """The level of the headings that begin pages, of each document of a joined one."""
    volumes = document.volumes or (Volume("", wanted, document),)
    return tuple(divide(volume.document, volume.pages).level for volume in volumes)


def _with_title(volume: Volume, divided: Divided) -> Iterator[Part]:
    """The parts of a document that does not give the course its title, with what it is called."""
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
"""Words from which on a page gets a proposal to divide it."""
_WAYS: tuple[Pages, ...] = ("heading-1", "heading-2", "bold")


def division_proposal(part: Part, page: Page, level: int) -> Iterator[Rest]:
    """How a page of too many words can be divided; nothing for any other one. ``level`` is that of
    the headings that begin pages."""
    count = len(page.words)
    if part.bank or count <= _LONG_PAGE:
        return
    heading = (part.heading,) if part.heading else ()
    whole = Document((*heading, *part.blocks))
    found = []
    for way in _WAYS:
        if level == BOLD or way == pages_at(level):
            continue
        parts = divide(whole, way).parts
        if len(parts) > 1:
            found.append((max(size(one.blocks) for one in parts), len(parts), way))
    longest, parts_found, best = min(found, default=(0, 0, ""))
    place = next(iter(whole.blocks)).place if whole.blocks else Place("", 0)
    said = f"it has {count:,} words, which is long for one page. "
    if best:
        said += (
            f"“--pages {best}” makes {parts_found} pages of it, the longest with {longest:,} words"
        )
        said += (
            "." if longest <= _LONG_PAGE else ": give more lines a heading's style in Word, too."
        )
    else:
        said += (
            "To divide it, give the lines that begin its parts the style “Heading 1” in Word, and "
            "import the document again."
        )
    yield Rest("long page", place, page.title, said)
