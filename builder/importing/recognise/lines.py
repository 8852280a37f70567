"""Divides a document into lines: text between breaks, list items, and each other block as a whole.
Parses the label of each line: `3)`, `Q3.`, `b)`, `*(c)`, `☒`, a bullet. Lines that do not become
part of a question are joined into their paragraphs and lists again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from builder.base.immutable import immutable
from builder.importing.document.form import Block, Box, Item, List, Paragraph, Place
from builder.importing.recognise.inlines import (
    Inlines,
    bold_asterisks,
    cut,
    joined,
    lines,
    plain,
    trimmed,
)
from builder.importing.recognise.words import EVERY, one_of

Style = Literal["number", "letter", "roman", "box", "bullet", "asked"]
"""The style of a label. `asked` is one with the word for a question, which may lack a number:
`Question:`, `Q2`. `box` is a box to tick."""

_ARABIC = "أبجدهوزحطي"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@immutable
class Label:
    """The label at the start of a line. `name` is its letter (in lower case) or number, and `text`
    the label as written. `marked` is true if a sign for “right” is next to it or its box is ticked.
    `width` is the number of characters that it takes in the line's text, with the space after
    it."""

    style: Style
    name: str
    text: str
    marked: bool = False
    width: int = 0

    def ordinal(self, style: Style) -> int:
        """The position of the label in a series of labels with this style, from 1: 2 for `b` or
        `ii`. 0 if the label cannot have this style."""
        if style in ("number", "asked"):
            return int(self.name) if self.name.isdecimal() else 0
        if style == "roman":
            return _ROMAN.index(self.name) + 1 if self.name in _ROMAN else 0
        if style == "letter" and len(self.name) == 1 and self.name.isalpha():
            if self.name in _ARABIC:
                return _ARABIC.index(self.name) + 1
            return ord(self.name) - ord("a") + 1 if self.name.isascii() else 0
        return 1 if style == self.style else 0


STAR = r"[*✓✔√]"
_SIGN_BEFORE = rf"(?P<sign>(?:{STAR}|\+)\s*)?"
_SIGN_BEHIND = rf"(?P<behind>\s*{STAR})?"
_STOP = r"(?:[.:](?=\s))?"
"""A stop behind the bracket of a label: `(a).`"""
_NUMBER_LABEL = re.compile(
    rf"\s*{_SIGN_BEFORE}(?:\((?P<in>\d{{1,3}})\){_STOP}|(?P<out>\d{{1,3}})"
    rf"(?:\){_STOP}|[.:\]](?=\s|$)|\s[-–](?=\s)|\.[)\-])){_SIGN_BEHIND}(?:\s+|$|(?<=\)))"
)
_QUESTION_LABEL = re.compile(
    rf"\s*(?:{one_of(EVERY.question)})\s*(?:n[o°º]\.?\s*)?"
    r"(?:(?P<number>\d{1,3})\s*(?:[.):\-–]+|(?=\s|$))|(?P<stop>[:.](?=\s)))\s*",
    re.IGNORECASE,
)
_LETTER_LABEL = re.compile(
    rf"\s*{_SIGN_BEFORE}(?:[(\[](?P<in>[A-Za-z]|[ivx]{{1,4}}|[{_ARABIC}]ـ?)[)\]]{_STOP}"
    rf"|(?P<out>[A-Za-z]|[ivx]{{1,4}}|[{_ARABIC}]ـ?)"
    rf"(?:\s?\){_STOP}|\s?[.:\]](?=\s|$)|\s?[-–](?=\s)|(?<=[A-H])(?=\t| {{2}}))){_SIGN_BEHIND}"
    r"(?:\s+|$|(?<=[)*✓✔√]))"
)
_NUMBERED_ANSWER = re.compile(
    rf"\s*{_SIGN_BEFORE}A(?P<number>[1-8])(?:[.):]+(?=\s|$)|\s*$){_SIGN_BEHIND}(?:\s+|$)"
)
"""The label “A1.” of the first answer; it gets the name `a`."""
_BOX_LABEL = re.compile(r"\s*(?:(?P<full>[☑☒■●◉✅]|\[[xX]\])|[☐□○◯⬜❏❑]|\[\s?\])\s*")


def parse_label(text: str) -> Label | None:
    """Parse the label at the start of a text; ``None`` if there is none."""
    for style, pattern in _LABEL_PATTERNS:
        if found := pattern.match(text):
            return _make_label(style, found)
    return None


_LABEL_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("box", _BOX_LABEL),
    ("number", _NUMBER_LABEL),
    ("asked", _QUESTION_LABEL),
    ("letter", _NUMBERED_ANSWER),
    ("letter", _LETTER_LABEL),
)


def _make_label(style: Style, found: re.Match[str]) -> Label:
    groups = found.groupdict()
    name = groups.get("in") or groups.get("out") or groups.get("number") or ""
    starred = any(groups.get(sign) for sign in ("sign", "behind", "full"))
    name = name.casefold().rstrip("ـ")
    if name.isdecimal():
        name = str(int(name))
    if style == "letter" and name.isdecimal():
        name = chr(ord("a") + int(name) - 1)
    elif style == "letter" and len(name) > 1:
        style = "roman"
    return Label(style, name, found[0].strip(), starred, found.end())


def _item_label(shown: str) -> Label:
    """Parse ``shown``, the number or bullet that the source shows before a list item. Anything
    unknown counts as a bullet."""
    label = parse_label(f"{shown} ") if shown else None
    if label and label.style != "asked":
        return Label(label.style, label.name, shown, label.marked)
    name = shown.strip(" .)(:").casefold()
    if name.isdecimal():
        return Label("number", str(int(name)), shown)
    if len(name) == 1 and name.isascii() and name.isalpha() and name != "o":
        return Label("letter", name, shown)
    return Label("bullet", "", shown)


_SPACES = re.compile(r"\s+")
_OPTION_LABEL = re.compile(r"[*+✓✔√]?\s?\(?[A-Za-z][.)]|\*?[A-Z](?:\t| {2})")
_CLOSE_OPTION = re.compile(r"(?<=\s)[*+✓✔√]?(?:\(?[a-hA-H]\)|[a-h]\.)(?=\s)")
"""The label of an option that follows other text in a line after a single space. Capitals with a
full stop are excluded, since they are usually initials of names."""
_UNFINISHED = re.compile(rf"(?:[,;]|(?<!\w)(?:{one_of(EVERY.conjunction)}|or|ou|neu|أو))\s*$")
"""The end of an unfinished sentence; options do not end this way."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@immutable
class Line:
    """A line of a document, or another block as a whole (`block`).

    `inlines` is its content without a typed label, and `cut` is that label as written. `granule` is
    the number of the smallest replaceable piece that contains the line: a line of a paragraph, or
    an item of an outer list with all its content. `depth` counts the lists around the innermost
    list, and `block_index` is the index of the block in the document that contains the line.
    `listed` is true if the line starts a list item, or is an option beside others in it.
    """

    inlines: Inlines
    text: str
    place: Place
    granule: int
    label: Label | None = None
    cut: str = ""
    depth: int = 0
    block_index: int = 0
    listed: bool = False
    paragraph: Paragraph | None = None
    block: Block | None = None

    @property
    def heading(self) -> bool:
        return self.paragraph is not None and self.paragraph.level > 0

    @property
    def empty(self) -> bool:
        return self.block is None and not self.text and self.label is None


def closed_line(line: Line) -> Line:
    """A placeholder for a line that must not become part of a question."""
    return Line((), "", line.place, line.granule, block=Box((), line.place))


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """The lines of all blocks, in order."""
    out: list[Line] = []
    granule = 0
    for index, block in enumerate(blocks):
        for part in _parts_of(block):
            out += (replace(one, block_index=index) for one in _lines_of_part(part, granule))
            granule += 1
    return out


def _parts_of(block: Block) -> Sequence[Item | Paragraph | Block]:
    """The granules, the smallest replaceable pieces, of a block: the items of a list, the lines of
    a paragraph, or the block itself."""
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


def _lines_of_part(part: Item | Block, granule: int) -> Iterator[Line]:
    if isinstance(part, Item):
        yield from _lines_of_item(part, granule, 0)
    elif isinstance(part, Paragraph):
        yield from _lines_of_paragraph(part, granule)
    else:
        place = part.place
        yield Line((), "", place, granule, block=part)


def _lines_of_paragraph(paragraph: Paragraph, granule: int) -> Iterator[Line]:
    """The line of a paragraph, or one line for each option if options are side by side in it."""
    for part in _split_options(paragraph.inlines, ""):
        yield _labelled_line(paragraph, part, granule)


def _split_options(inlines: Inlines, label: str) -> list[Inlines]:
    """Split a line into its options if options are side by side in it. ``label`` is the letter of
    the list item that starts with the line, or empty."""
    text = plain(inlines)
    found = []
    if "\t" in text or "  " in text:
        found.append(list(_option_starts(text)))
    if not label:
        found.append([close.start() for close in _CLOSE_OPTION.finditer(text)])
    for starts in found:
        ends = [0, *starts, len(text)]
        if starts and _is_option_row(text, ends, label):
            cuts = (cut(inlines, start, end) for start, end in pairwise(ends) if start < end)
            return list(cuts)
    return [inlines]


def _option_starts(text: str) -> Iterator[int]:
    """The positions in a text after a tab or several spaces where another option may begin."""
    for gap in _SPACES.finditer(text):
        wide = "\t" in gap[0] or len(gap[0]) > 1
        if wide and gap.start() and _OPTION_LABEL.match(text, gap.end()):
            yield gap.end()


def _is_option_row(text: str, ends: Sequence[int], label: str) -> bool:
    """Whether a text is a row of options: the labels of its parts, which ``ends`` separate, are
    consecutive letters. The series starts at the letter of the first part, which may be ``label``
    instead. If the first part has no letter, the series starts at “a” in the second."""
    labels = [parse_label(text[start:]) for start in ends[:-1]]
    names = [label.name if label and label.style == "letter" else "" for label in labels]
    names[0] = label or names[0]
    if not names[0]:
        names = names[1:]
        series = _LETTERS
    else:
        series = _LETTERS[_LETTERS.find(names[0]) :]
    is_sentence = any(_UNFINISHED.search(text[start:end]) for start, end in pairwise(ends[:-1]))
    return len(names) > 1 and "".join(names) == series[: len(names)] and not is_sentence


def _labelled_line(paragraph: Paragraph, inlines: Inlines, granule: int, depth: int = 0) -> Line:
    inlines = bold_asterisks(trimmed(inlines))
    text = plain(inlines)
    label = parse_label(text)
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


def _lines_of_item(item: Item, granule: int, depth: int) -> Iterator[Line]:
    first = True
    for block in item.blocks:
        match block:
            case Paragraph():
                own = _item_label(item.label)
                letter = own.name if own.style == "letter" else ""
                for whole in lines(block.inlines):
                    parts = _split_options(whole, letter) if first else [whole]
                    for at, part in enumerate(parts):
                        line = _labelled_line(block, part, granule, depth)
                        if first:
                            line = _with_item_label(line, item, part)
                        yield replace(line, listed=True) if at else line
                        first = False
            case List():
                for inner in block.items:
                    yield from _lines_of_item(inner, granule, depth + 1)
            case _:
                yield Line((), "", block.place, granule, depth=depth, block=block)


def _with_item_label(line: Line, item: Item, part: Inlines) -> Line:
    """The line with the label of ``item``, the list item that it starts. If a label is typed after
    a bullet, the typed label is kept. ``part`` is the content of the line including a typed
    label."""
    label = _item_label(item.label)
    if line.label is None:
        return replace(line, label=label, listed=True)
    if label.style == "bullet":
        return replace(line, listed=True)
    inlines = trimmed(part)
    return replace(line, inlines=inlines, text=plain(inlines), label=label, cut="", listed=True)


def replace_granules(
    blocks: Sequence[Block], taken: Mapping[int, Block | None]
) -> tuple[Block, ...]:
    """Replace some granules, the smallest replaceable pieces of blocks, and return the blocks.
    ``taken`` maps the number of a granule to the block that replaces it, or to ``None`` to remove
    it."""
    out: list[Block] = []
    granule = 0
    for block in blocks:
        parts = _parts_of(block)
        if not any(granule + at in taken for at in range(len(parts))):
            out.append(block)
        else:
            out += _replace_parts(
                block,
                parts,
                {at: taken[granule + at] for at in range(len(parts)) if granule + at in taken},
            )
        granule += len(parts)
    return tuple(out)


def _replace_parts(
    block: Block, parts: Sequence[Item | Block], taken: Mapping[int, Block | None]
) -> Iterator[Block]:
    kept: list[int] = []
    for at in range(len(parts)):
        if at not in taken:
            kept.append(at)
            continue
        yield from _kept_parts(block, parts, kept)
        kept = []
        made = taken[at]
        if made is not None:
            yield made
    yield from _kept_parts(block, parts, kept)


def _kept_parts(
    block: Block, parts: Sequence[Item | Block], kept: Sequence[int]
) -> Iterator[Block]:
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
