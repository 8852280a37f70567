"""Divides a text in which several things are asked into one prompt for each: the sentence around a
gap, or the text of a question that has its options below it.

A mark in the text says where each question is; marks have the numbers of the questions, from 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from builder.importing.document.form import (
    Block,
    Break,
    Inline,
    Link,
    List,
    Paragraph,
    Place,
    Table,
    Text,
    words_of,
)
from builder.importing.document.tally import lines as lines_of

MOST = 200
"""Maximum number of questions in a text; a text with more is not divided."""
_START, _END = "\ue0f0", "\ue0f1"
_MARK = re.compile(rf"{_START}([0-9]+){_END}")
_BLANK = "_____"
_OTHER = "[…]"
"""Placeholder for the other gaps of a sentence, which have their own questions."""
_NOT_IN_SENTENCE = (
    "a gap of it is not in a sentence, but for example in the description of a picture"
)
_IN_TABLE = "its gaps are in a table, whose rows and columns say what is asked"
_NOTHING_SAID = "of one of its questions, nothing says what it asks"


class NotDividedError(Exception):
    """A text cannot be divided into prompts; the message is the reason."""


def mark(number: int) -> str:
    """The mark of the question with this number."""
    return f"{_START}{number}{_END}"


def without_marks(words: str) -> str:
    """The text without characters that marks are made of."""
    return words.replace(_START, "").replace(_END, "")


def prompts(
    blocks: Iterable[Block], count: int, place: Place, whole: Collection[int] = ()
) -> tuple[list[tuple[Block, ...]], list[Block]]:
    """Divide the blocks of a text with ``count`` marks into the prompts of its questions. Also
    returns the blocks after the last mark.

    Text above the first question is the instruction for all. ``whole`` has the numbers of questions
    that are no gaps in a sentence: they get no blank, and if they have no words beside their mark,
    the block above is their prompt. Raises ``NotDividedError`` if a question would lose its
    meaning. ``place`` is the position in the file that the prompts get.
    """
    above: list[Block] = []
    first: tuple[Block, ...] = ()
    found: list[tuple[Block, ...]] = []
    for block in _units(blocks):
        inside = _marks_in(block)
        if not inside:
            above.append(block)
            continue
        if not isinstance(block, Paragraph):
            raise NotDividedError(_IN_TABLE if isinstance(block, Table) else _NOT_IN_SENTENCE)
        own: tuple[Block, ...] = ()
        if inside[0] in whole and not _words_beside(block.inlines):
            if not above:
                raise NotDividedError(_NOTHING_SAID)
            own = (above.pop(),)
        first, between = (tuple(above), ()) if not found else (first, tuple(above))
        above = []
        for number in inside:
            line = _with_blank(block.inlines, number, "" if number in whole else _BLANK)
            asked = (Paragraph(line, place),) if words_of(line).strip() else ()
            found.append((*first, *between, *own, *asked))
    if len(found) != count:
        raise NotDividedError(_NOT_IN_SENTENCE)
    return found, above


def _units(blocks: Iterable[Block]) -> Iterator[Block]:
    """Split blocks into the units that become prompts: list items, or lines if each line with a
    mark also has other words."""
    for block in blocks:
        if isinstance(block, List) and _marks_in(block):
            for item in block.items:
                yield from _units(item.blocks)
        elif isinstance(block, Paragraph) and len(_marks_in(block)) > 1:
            lines = list(_lines(block.inlines))
            have_words = all(_words_beside(line) for line in lines if _MARK.search(words_of(line)))
            if have_words:
                yield from (replace(block, inlines=line) for line in lines if line)
            else:
                yield block
        else:
            yield block


def _lines(inlines: Sequence[Inline]) -> Iterator[tuple[Inline, ...]]:
    line: list[Inline] = []
    for one in inlines:
        if isinstance(one, Break):
            yield tuple(line)
            line = []
        else:
            line.append(one)
    yield tuple(line)


def _words_beside(line: Sequence[Inline]) -> bool:
    return any(letter.isalnum() for letter in _MARK.sub("", words_of(line)))


def _marks_in(block: Block) -> list[int]:
    return [int(number) for line in lines_of((block,)) for number in _MARK.findall(words_of(line))]


def _with_blank(inlines: Sequence[Inline], number: int, shown: str) -> tuple[Inline, ...]:
    """Replace the mark with this number by ``shown``, and each other mark in the line by a
    placeholder."""

    def blank(found: re.Match[str]) -> str:
        return shown if int(found[1]) == number else _OTHER

    def fill(one: Inline) -> Inline:
        if isinstance(one, Link):
            return Link(tuple(map(text, one.texts)), one.address)
        return text(one) if isinstance(one, Text) else one

    def text(one: Text) -> Text:
        return replace(one, words=_MARK.sub(blank, one.words))

    return tuple(map(fill, inlines))
