"""A document as lines: what stands between breaks, items of lists with their labels, and whatever
is no text as a whole. What no question takes is put together again as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from builder.base.immutable import immutable
from builder.importing.document.form import Block, Box, Item, List, Paragraph, Place
from builder.importing.recognise.inlines import Inlines, cut, joined, lines, plain, starred, trimmed
from builder.importing.recognise.labels import Label, listed, typed
from builder.importing.recognise.words import EVERY, one_of

_SPACES = re.compile(r"\s+")
_OPTION = re.compile(r"[*+✓✔√]?\s?\(?[A-Za-z][.)]|\*?[A-Z](?:\t| {2})")
_CLOSE = re.compile(r"(?<=\s)[*+✓✔√]?(?:\(?[a-hA-H]\)|[a-h]\.)(?=\s)")
"""A label amid a line with single spaces: capitals with a full stop are names of people there."""
_GOES_ON = re.compile(rf"(?:[,;]|(?<!\w)(?:{one_of(EVERY.conjunction)}|or|ou|neu|أو))\s*$")
"""How a part of a sentence ends, which no option does."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@immutable
class Line:
    """`inlines` are without a typed label, which `cut` keeps as it stood. `granule` counts what can
    only be taken as a whole: a line of a paragraph, an item of a list with all that is in it."""

    inlines: Inlines
    text: str
    place: Place
    granule: int
    label: Label | None = None
    cut: str = ""
    depth: int = 0
    listed: bool = False
    paragraph: Paragraph | None = None
    block: Block | None = None

    @property
    def heading(self) -> bool:
        return self.paragraph is not None and self.paragraph.level > 0

    @property
    def empty(self) -> bool:
        return self.block is None and not self.text and self.label is None


def closed(line: Line) -> Line:
    """In the place of a line what nothing reaches into."""
    return Line((), "", line.place, line.granule, block=Box((), line.place))


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """The lines of all blocks, in order."""
    out: list[Line] = []
    granule = 0
    for block in blocks:
        for part in parts_of(block):
            out += _lines(part, granule)
            granule += 1
    return out


def parts_of(block: Block) -> Sequence[Item | Paragraph | Block]:
    """What a block can be divided into: items, paragraphs of one line each, or itself."""
    if isinstance(block, List):
        return block.items
    if isinstance(block, Paragraph):
        parts = lines(block.inlines)
        if len(parts) > 1:
            return [_line_of(block, part, number == 0) for number, part in enumerate(parts)]
    return (block,)


def _line_of(paragraph: Paragraph, inlines: Inlines, first: bool) -> Paragraph:
    bookmarks = paragraph.bookmarks if first else ()
    starts = paragraph.starts_page and first
    label = paragraph.label if first else ""
    return replace(paragraph, inlines=inlines, bookmarks=bookmarks, starts_page=starts, label=label)


def _lines(part: Item | Block, granule: int) -> Iterator[Line]:
    if isinstance(part, Item):
        yield from _item(part, granule, 0)
    elif isinstance(part, Paragraph):
        yield from _options(part, granule)
    else:
        place = part.place
        yield Line((), "", place, granule, block=part)


def _options(paragraph: Paragraph, granule: int) -> Iterator[Line]:
    """The line of a paragraph; several where options stand beside each other in it."""
    for part in _beside(paragraph.inlines, ""):
        yield _typed(paragraph, part, granule)


def _beside(inlines: Inlines, label: str) -> list[Inlines]:
    """A line cut where options begin that stand beside each other; ``label`` is the letter of the
    list's item that it begins with."""
    text = plain(inlines)
    found = []
    if "\t" in text or "  " in text:
        found.append(list(_starts(text)))
    if not label:
        found.append([close.start() for close in _CLOSE.finditer(text)])
    for starts in found:
        ends = [0, *starts, len(text)]
        if starts and _row(text, ends, label):
            cuts = (cut(inlines, start, end) for start, end in pairwise(ends) if start < end)
            return list(cuts)
    return [inlines]


def _starts(text: str) -> Iterator[int]:
    """Where another option of the same line may begin: after a tab or several spaces."""
    for gap in _SPACES.finditer(text):
        wide = "\t" in gap[0] or len(gap[0]) > 1
        if wide and gap.start() and _OPTION.match(text, gap.end()):
            yield gap.end()


def _row(text: str, ends: Sequence[int], label: str) -> bool:
    """Whether letters in order begin at these places, but perhaps for the first: from “a” on, or
    where the line begins with a later one."""
    labels = [typed(text[start:]) for start in ends[:-1]]
    names = [label.name if label and label.style == "letter" else "" for label in labels]
    names[0] = label or names[0]
    if not names[0]:
        names = names[1:]
        series = _LETTERS
    else:
        series = _LETTERS[_LETTERS.find(names[0]) :]
    told = any(_GOES_ON.search(text[start:end]) for start, end in pairwise(ends[:-1]))
    return len(names) > 1 and "".join(names) == series[: len(names)] and not told


def _typed(paragraph: Paragraph, inlines: Inlines, granule: int, depth: int = 0) -> Line:
    inlines = starred(trimmed(inlines))
    text = plain(inlines)
    label = typed(text)
    if label is None:
        return Line(inlines, text, paragraph.place, granule, depth=depth, paragraph=paragraph)
    rest = trimmed(cut(inlines, label.width))
    return Line(
        inlines=rest,
        text=plain(rest),
        place=paragraph.place,
        granule=granule,
        label=label,
        cut=text[: label.width].strip(),
        depth=depth,
        paragraph=paragraph,
    )


def _item(item: Item, granule: int, depth: int) -> Iterator[Line]:
    first = True
    for block in item.blocks:
        match block:
            case Paragraph():
                own = listed(item.label)
                letter = own.name if own.style == "letter" else ""
                for whole in lines(block.inlines):
                    parts = _beside(whole, letter) if first else [whole]
                    for at, part in enumerate(parts):
                        line = _typed(block, part, granule, depth)
                        if first:
                            line = _labelled(line, item, part)
                        yield replace(line, listed=True) if at else line
                        first = False
            case List():
                for inner in block.items:
                    yield from _item(inner, granule, depth + 1)
            case _:
                yield Line((), "", block.place, granule, depth=depth, block=block)


def _labelled(line: Line, item: Item, part: Inlines) -> Line:
    """The line with the label of its item; a typed one behind a bullet counts as the label."""
    label = listed(item.label)
    if line.label is None:
        return replace(line, label=label, listed=True)
    if label.style == "bullet":
        return replace(line, listed=True)
    inlines = trimmed(part)
    return replace(line, inlines=inlines, text=plain(inlines), label=label, cut="", listed=True)


def rebuilt(blocks: Sequence[Block], taken: Mapping[int, Block | None]) -> tuple[Block, ...]:
    """The blocks with what takes their granules; ``None`` is for what belongs to an earlier one."""
    out: list[Block] = []
    granule = 0
    for block in blocks:
        parts = parts_of(block)
        if not any(granule + at in taken for at in range(len(parts))):
            out.append(block)
        else:
            out += _mixed(
                block,
                parts,
                {at: taken[granule + at] for at in range(len(parts)) if granule + at in taken},
            )
        granule += len(parts)
    return tuple(out)


def _mixed(
    block: Block, parts: Sequence[Item | Block], taken: Mapping[int, Block | None]
) -> Iterator[Block]:
    kept: list[int] = []
    for at in range(len(parts)):
        if at not in taken:
            kept.append(at)
            continue
        yield from _kept(block, parts, kept)
        kept = []
        made = taken[at]
        if made is not None:
            yield made
    yield from _kept(block, parts, kept)


def _kept(block: Block, parts: Sequence[Item | Block], kept: Sequence[int]) -> Iterator[Block]:
    if not kept:
        return
    if isinstance(block, List):
        items = block.items[kept[0] : kept[-1] + 1]
        yield replace(block, items=items, start=block.start + kept[0])
        return
    paragraphs = [part for at in kept if isinstance(part := parts[at], Paragraph)]
    whole = joined(paragraph.inlines for paragraph in paragraphs)
    if plain(whole).strip():
        yield replace(paragraphs[0], inlines=whole)
