"""Prepares a document before it is divided into pages: turns bold lines into headings if wanted,
typed numbers into lists, and a question with several gaps into one question for each gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from builder.importing.document.form import (
    Block,
    Break,
    Document,
    Inline,
    Item,
    Link,
    List,
    NoteMark,
    Pages,
    Paragraph,
    Question,
    Text,
)
from builder.importing.recognise.inlines import cut, has_mark, plain, trimmed
from builder.importing.writing.context import heading_words, words_of

_TYPED_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})[.)]\s+(?=\S)")
_SPECIAL_STYLES = (
    "title",
    "subtitle",
    "caption",
    "quote",
    "intense quote",
    "block text",
    "quotation",
)
_BOLD_WORDS, _BOLD_CHARACTERS = 14, 100
"""Maximum number of words and characters of a bold line that becomes a heading."""
_SENTENCE_ENDS = (".", ",", ";", ":", "…")
_DEEPEST = 3
"""The deepest heading level for a bold line."""
GAP = re.compile(r"_{3,}|\.{6,}|…{3,}")


def prepare(document: Document, wanted: Pages) -> tuple[Block, ...]:
    """The blocks of a document, ready to be divided into pages."""
    blocks: Sequence[Block] = document.blocks
    if wanted == "bold":
        blocks = _with_bold_headings(blocks)
    if not document.bank:
        blocks = list(_with_lists(blocks))
    return tuple(
        one
        for block in blocks
        for one in (split_gaps(block) if isinstance(block, Question) else (block,))
    )


def bold_level(blocks: Sequence[Block]) -> int:
    """The level for bold lines as headings: one below the document's headings 1 and 2."""
    levels = {block.level for block in blocks if isinstance(block, Paragraph)} & {1, 2}
    return min(max(levels, default=0) + 1, _DEEPEST)


def _with_bold_headings(blocks: Sequence[Block]) -> list[Block]:
    level = bold_level(blocks)
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
    """Whether a paragraph is one short line in bold."""
    if not isinstance(block, Paragraph) or block.level or block.style in _SPECIAL_STYLES:
        return False
    if any(isinstance(one, Break | NoteMark | Link) for one in block.inlines):
        return False
    words = words_of(block.inlines).strip()
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
    """Turn paragraphs that begin with a number into list items; consecutive numbers make one
    list."""
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
    """The numbers typed before paragraphs. They become list marks, so they are not counted as
    words."""
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
    """Divide a question with several gaps into one question for each gap; the other gaps become
    dots."""
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
    """Divide a question's weight evenly among its parts."""
    try:
        share = Decimal(weight) / parts
    except InvalidOperation:
        return weight
    return str(share.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize())
