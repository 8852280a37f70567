"""Divides a document, or each of several joined documents, into pages at its headings.

Before that, turns lines in bold into headings if the author wants this, typed numbers into lists,
and each question with several gaps into one question for each gap. Also proposes how to divide long
pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from statistics import mean

from builder.base.immutable import immutable
from builder.importing.document.form import (
    BOLD,
    EVEN,
    Block,
    Break,
    Document,
    Exit,
    Inline,
    Item,
    Link,
    List,
    NoteMark,
    Pages,
    Paragraph,
    Question,
    Record,
    Text,
    Volume,
    heading_words,
    one_line,
)
from builder.importing.recognise.inlines import cut, has_mark, plain, shorten, trimmed
from builder.importing.writing.context import NOWHERE, title_of_file
from builder.importing.writing.cover import join_empty, split_cover
from builder.importing.writing.even import divide_evenly, proposed_starts, word_count
from builder.importing.writing.part import Part
from builder.importing.writing.written_course import Page

_TYPED_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})[.)]\s+(?=\S)")
_SPECIAL_STYLES = (
    *("title", "subtitle", "caption", "quote", "intense quote", "block text", "quotation"),
)
_BOLD_WORDS, _BOLD_CHARACTERS = 14, 100
"""Maximum number of words and of characters of a line in bold that becomes a heading."""
_SENTENCE_ENDS = (".", ",", ";", ":", "…")
_DEEPEST = 3
"""The deepest level of a heading that is made from a line in bold."""
GAP = re.compile(r"_{3,}|\.{6,}|…{3,}")


def _prepare(document: Document, wanted: Pages) -> tuple[Block, ...]:
    """Prepare the blocks of a document for being divided into pages: lines in bold become headings
    if ``wanted`` says so, typed numbers become lists, and questions with several gaps become
    several questions."""
    blocks: Sequence[Block] = document.blocks
    if wanted == "bold":
        blocks = _with_bold_headings(blocks, _bold_level(blocks))
    elif wanted == "even":
        below = _page_level(_split_title(blocks)[2], "auto") + 1
        blocks = _with_bold_headings(blocks, max(_bold_level(blocks), below))
    if not document.bank:
        blocks = list(_with_lists(blocks))
    return tuple(
        one
        for block in blocks
        for one in (split_gaps(block) if isinstance(block, Question) else (block,))
    )


def _bold_level(blocks: Sequence[Block]) -> int:
    """The level of headings that are made from lines in bold: one below the deepest of the levels 1
    and 2 that the document uses."""
    levels = {block.level for block in blocks if isinstance(block, Paragraph)} & {1, 2}
    return min(max(levels, default=0) + 1, _DEEPEST)


def _with_bold_headings(blocks: Sequence[Block], level: int) -> list[Block]:
    out: list[Block] = []
    before = False
    for block in blocks:
        bold = _is_bold_heading(block)
        # The second of two bold lines continues the first.
        heading = bold and not before
        out.append(
            replace(block, level=level) if heading and isinstance(block, Paragraph) else block
        )
        before = bold
    return out


def _is_bold_heading(block: Block) -> bool:
    """Whether a block is a paragraph that can become a heading: a single short line in bold."""
    if not isinstance(block, Paragraph) or block.level or block.style in _SPECIAL_STYLES:
        return False
    if any(isinstance(one, Break | NoteMark | Link) for one in block.inlines):
        return False
    words = one_line(block.inlines).strip()
    return (
        has_mark([one for one in block.inlines if isinstance(one, Text)], "strong")
        and len(words) <= _BOLD_CHARACTERS
        and len(words.split()) <= _BOLD_WORDS
        and not words.endswith(_SENTENCE_ENDS)
        and any(letter.isalpha() for letter in words)
        and all(isinstance(one, Text) for one in block.inlines)
        and bool(heading_words(block))
    )


def _with_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with lists instead of paragraphs that begin with a typed number. Paragraphs with
    consecutive numbers become one list."""
    waiting: list[tuple[int, Item, Paragraph]] = []
    for block in blocks:
        item = _numbered_item(block)
        if waiting and (item is None or item[0] != waiting[-1][0] + 1):
            yield _numbered_list(waiting)
            waiting = []
        if item is None:
            yield block
        else:
            waiting.append(item)
    if waiting:
        yield _numbered_list(waiting)


def typed_numbers(blocks: Sequence[Block]) -> Iterator[str]:
    """The numbers that are typed at the start of paragraphs. In the course they are numbers of list
    items, which are not counted as words."""
    for block in blocks:
        if item := _numbered_item(block):
            yield item[1].label


def _numbered_item(block: Block) -> tuple[int, Item, Paragraph] | None:
    if not isinstance(block, Paragraph) or block.level or block.style in _SPECIAL_STYLES:
        return None
    found = _TYPED_NUMBER.match(plain(block.inlines))
    if found is None:
        return None
    rest = replace(block, inlines=trimmed(cut(block.inlines, found.end())))
    return int(found["number"]), Item(found[0].strip(), (rest,)), block


def _numbered_list(items: Sequence[tuple[int, Item, Paragraph]]) -> List:
    number, _, first = items[0]
    return List(True, number, tuple(item for _, item, _ in items), first.place)


def split_gaps(block: Question) -> Iterator[Question]:
    """Divide a question with several gaps into one for each gap, in which the other gaps are dots.
    Any other question is yielded unchanged."""
    if not block.gaps:
        yield block
        return
    last = block.prompt[-1]
    line = last.inlines if isinstance(last, Paragraph) else ()
    spans = [found.span() for found in GAP.finditer(plain(line))]
    if len(spans) != len(block.gaps) or not isinstance(last, Paragraph):
        yield replace(block, answers=tuple(words for gap in block.gaps for words in gap), gaps=())
        return
    for at, accepted in enumerate(block.gaps):
        prompt_line = replace(last, inlines=tuple(_with_gap(line, spans, at)))
        yield replace(
            block,
            prompt=(*block.prompt[:-1], prompt_line),
            answers=accepted,
            gaps=(),
            weight=_share_weight(block.weight, len(block.gaps)),
            consumed=block.consumed if at == 0 else (),
        )


def _with_gap(
    line: Sequence[Inline], spans: Sequence[tuple[int, int]], asked: int
) -> Iterator[Inline]:
    start = 0
    for at, (begin, end) in enumerate(spans):
        yield from cut(line, start, begin)
        yield Text("____" if at == asked else "…")
        start = end
    yield from cut(line, start)


def _share_weight(weight: str, parts: int) -> str:
    """Divide the weight of a question evenly among the questions into which it is divided, and
    return the weight of each."""
    try:
        share = Decimal(weight) / parts
    except InvalidOperation:
        return weight
    return str(share.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize())


LONG = 600
"""Average number of words of a page above which ``auto`` divides at headings 2 instead of headings
1."""
_TITLES = ("title",)
_SUBTITLES = ("subtitle",)


@immutable
class Divided:
    """A document divided into parts, which become pages. ``level`` is that of the headings that
    start pages, or ``BOLD``. ``title`` and ``subtitle`` are those of the document, and ``cover``
    has the other lines of its cover."""

    parts: tuple[Part, ...]
    level: int
    title: Paragraph | None
    subtitle: Paragraph | None
    cover: tuple[Paragraph, ...] = ()


def divide(document: Document, wanted: Pages) -> Divided:
    """Divide a document into pages at headings 1, at headings 2, or also at short lines in bold, as
    ``wanted`` says. ``auto`` means headings 1; but if there is only one, or the pages would have
    more than ``LONG`` words on average, it means headings 2."""
    if is_scenario(document.blocks):
        # A story is one page, and its other headings are scenes.
        return Divided(tuple(_split_at(document.blocks, 1)), 1, None, None)
    title, subtitle, blocks = _split_title(_prepare(document, wanted))
    level = _level(document, blocks, wanted)
    lone = _only_heading(blocks) if level > 1 else None
    if lone is not None and title is None:
        # The only heading 1 is the document's title.
        title = lone
        blocks = tuple(block for block in blocks if block is not lone)
        lone = None
    parts = _split_with_modules(blocks, level) if level > 1 else _split_at(blocks, level)
    if wanted == "even":
        parts = list(divide_evenly(parts))
    complete = [replace(part, level=level, bank=document.bank) for part in parts]
    cover, complete_parts = split_cover(complete)
    shown = {"bold": BOLD, "even": EVEN}.get(wanted, level)
    return Divided(tuple(join_empty(complete_parts)), shown, title, subtitle, cover)


def _level(document: Document, blocks: Sequence[Block], wanted: Pages) -> int:
    """The level of the headings that start pages, which lines in bold also have for ``bold``."""
    if wanted == "bold":
        return _bold_level(document.blocks)
    return _page_level(document.blocks if wanted == "even" else blocks, wanted)


def is_scenario(blocks: Sequence[Block]) -> bool:
    """Whether blocks are those of a scenario: whether they have scenes."""
    return any(isinstance(block, Exit) for block in blocks)


def _split_title(
    blocks: Sequence[Block],
) -> tuple[Paragraph | None, Paragraph | None, tuple[Block, ...]]:
    """Split the blocks of a document into its title, the subtitle right below it, and all others;
    ``None`` for a title or subtitle that is missing. Blocks such as a logo may precede the title,
    but headings may not."""
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
    return has_style and isinstance(block, Paragraph) and bool(one_line(block.inlines).strip())


def _headings(blocks: Sequence[Block], level: int) -> list[Paragraph]:
    return [
        block
        for block in blocks
        if isinstance(block, Paragraph) and block.level == level and heading_words(block)
    ]


def _only_heading(blocks: Sequence[Block]) -> Paragraph | None:
    """The heading of level 1, if there is only one and it precedes all other headings; else
    ``None``."""
    first = _headings(blocks, 1)
    levels = [block for block in blocks if isinstance(block, Paragraph) and block.level]
    return first[0] if len(first) == 1 and levels[:1] == first else None


def _page_level(blocks: Sequence[Block], wanted: Pages) -> int:
    if wanted not in ("auto", "even"):
        return int(wanted[-1])
    counts = {level: len(_headings(blocks, level)) for level in range(1, 10)}
    first = next((level for level, count in counts.items() if count), 1)
    if first > 1:
        return min(first, 2) if counts[2] else first
    if not counts[2]:
        return 1
    sizes = [word_count(part.blocks) for part in _split_at(blocks, 1)]
    return 2 if counts[1] == 1 or mean(sizes or [0]) > LONG else 1


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
    """Yield the pages without the parts that only have the heading of a group of pages. If such a
    group has a single page, the group's heading becomes the heading of that page."""
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
    """Whether the part of index ``at`` only has the heading of a group with pages, and no blocks of
    its own."""
    part = parts[at]
    grouped = at + 1 < len(parts) and parts[at + 1].module is part.module
    return part.heading is not None and part.heading is part.module and grouped and not part.blocks


def records(part: Part) -> tuple[Record, ...]:
    """The records on a page that are not inside other blocks."""
    return tuple(block for block in part.blocks if isinstance(block, Record))


def divide_volumes(document: Document, wanted: Pages) -> Divided:
    """Divide a document into pages; if it was joined from several documents (volumes), divide each
    of these as its ``Volume`` says. ``wanted`` says how to divide a document that was not joined.
    The first document gives the course its title. The titles of the others become headings of their
    pages or groups."""
    if not document.volumes:
        return divide(document, wanted)
    each = [divide(volume.document, volume.pages) for volume in document.volumes]
    parts = list(each[0].parts)
    for volume, one in zip(document.volumes[1:], each[1:], strict=True):
        parts += _parts_with_title(volume, one)
    return replace(each[0], parts=tuple(parts))


def volume_levels(document: Document, wanted: Pages) -> tuple[int, ...]:
    """The level of the headings that start pages, for each of the documents from which this one was
    joined; a single level if it was not joined. ``wanted`` says which headings the author wants."""
    volumes = document.volumes or (Volume("", wanted, document),)
    return tuple(divide(volume.document, volume.pages).level for volume in volumes)


def _parts_with_title(volume: Volume, divided: Divided) -> Iterator[Part]:
    """The parts of the second or a later document of a course. Its title becomes the heading of its
    first page, a group for all its pages, or a paragraph of the first page."""
    parts = divided.parts
    if not parts:
        return
    first, title = parts[0], divided.title
    above = [one for one in (divided.subtitle, *divided.cover) if one is not None]
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
"""Number of words of a page above which the report proposes to divide it."""
_MAX_PROPOSED = 12
"""Maximum number of pages that the proposal for a long page lists."""


def division_proposal(part: Part, page: Page, level: int) -> str:
    """The proposal how to divide a page with too many words, for the report; empty for a shorter
    page. ``level`` is that of the headings that start pages."""
    count = len(page.words)
    if part.bank or is_scenario(part.blocks) or count <= _LONG_PAGE:
        return ""
    sentence = f"it has {count:,} words, which is long for one page. "
    bold = _with_bold_headings(part.blocks, part.level + 1)
    parts = list(divide_evenly([replace(part, blocks=tuple(bold))])) if level != EVEN else []
    if len(parts) > 1:
        pages = [
            f"“{heading_words(one.heading) if one.heading else page.title}” "
            f"({word_count(one.blocks):,} words)"
            for one in parts
        ]
        more = f" and {len(pages) - _MAX_PROPOSED:,} more" if len(pages) > _MAX_PROPOSED else ""
        return (
            f"{sentence}“--pages even” makes {len(pages):,} pages of it: "
            f"{', '.join(pages[:_MAX_PROPOSED])}{more}. Add “--dry-run” to see all pages before "
            "anything is written."
        )
    starts = [
        f"paragraph {one.place.paragraph:,} “{shorten(one_line(one.inlines))}”"
        for one in proposed_starts(part.blocks)[:_MAX_PROPOSED]
    ]
    lines = f", for example {', '.join(starts)}" if starts else ""
    return (
        f"{sentence}To divide it, give the lines that begin its parts the style “Heading 1” in "
        f"Word{lines}, and import the document again."
    )
