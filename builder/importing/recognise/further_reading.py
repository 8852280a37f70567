"""Recognises further reading: lists of titles with addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.importing.document.form import (
    Block,
    Image,
    Inline,
    Link,
    List,
    NoteMark,
    Paragraph,
    Reading,
    Table,
    Text,
)
from builder.importing.recognise.addresses import URL, outside
from builder.importing.recognise.grids import words_in
from builder.importing.recognise.inlines import OBJECT, Inlines, inlines_of, plain, text_of, trimmed
from builder.importing.recognise.words import EVERY, one_of

_WORDS = 20
"""Maximum number of words of a title with its note; longer text is prose."""
_LEAD = re.compile(rf"(?:^|\s){one_of(EVERY.leads)}\s*$", re.IGNORECASE)


def further_reading(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Replace lists of addresses by further reading."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Paragraph) and not block.level:
            reading, taken = _run(blocks, at)
        else:
            reading, taken = _whole(block), 1
        out += [reading] if reading else blocks[at : at + taken]
        at += taken
    return tuple(out)


def _run(blocks: Sequence[Block], begin: int) -> tuple[Reading | None, int]:
    """Consecutive paragraphs that are entries, or a title followed by its address; with the number
    of blocks."""
    items: list[Inlines] = []
    at = begin
    while at < len(blocks):
        entry, taken = _entry(blocks, at)
        if not entry:
            break
        items.append(entry)
        at += taken
    taken = max(at - begin, 1)
    reading = Reading(tuple(items), blocks[begin].place) if len(items) > 1 else None
    return reading, taken


def _entry(blocks: Sequence[Block], at: int) -> tuple[Inlines, int]:
    block = blocks[at]
    if not isinstance(block, Paragraph) or block.level:
        return (), 0
    if entry := entry_of(block.inlines):
        return entry, 1
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if not isinstance(following, Paragraph) or following.level or not _title(block.inlines):
        return (), 0
    address = _alone(following.inlines)
    if not address:
        return (), 0
    both = (*trimmed(block.inlines), Text(" "), *trimmed(following.inlines))
    return _linked(both, address), 2


def _title(inlines: Inlines) -> bool:
    text = plain(inlines).strip()
    short = bool(text) and len(text.split()) <= _WORDS and text[-1] not in ".?!:;,"
    return short and all(isinstance(inline, Text) for inline in inlines)


def _alone(inlines: Inlines) -> str:
    """The address, if a line has nothing else; empty otherwise."""
    inlines = trimmed(inlines)
    text = plain(inlines).strip()
    if len(inlines) == 1 and isinstance(inlines[0], Link) and outside(inlines[0]):
        return inlines[0].address if URL.fullmatch(text) else ""
    typed = all(isinstance(inline, Text) for inline in inlines) and URL.fullmatch(text)
    return _full(text) if typed else ""


def _whole(block: Block) -> Reading | None:
    """A list, or a table of titles and addresses, as further reading."""
    if isinstance(block, List):
        entries = [
            entry_of(item.blocks[0].inlines)
            if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)
            else ()
            for item in block.items
        ]
        good = len(entries) > 1 and all(entries)
        return Reading(tuple(entries), block.place) if good else None
    return _table(block) if isinstance(block, Table) else None


def _table(table: Table) -> Reading | None:
    rows = table.rows[table.heads :]
    items: list[Inlines] = []
    for row in rows:
        texts = [words_in(cell) for cell in row]
        if len(row) != 2 or not all(texts):
            return None
        title, address = inlines_of(row[0].blocks), _alone(inlines_of(row[1].blocks))
        if not address or not _title(title):
            return None
        items.append(_linked((*title, Text(" "), *inlines_of(row[1].blocks)), address))
    heads = [text_of(cell.blocks) for row in table.rows[: table.heads] for cell in row]
    spent = [head for head in (*heads, plain(table.caption)) if head]
    if len(items) < 2 or None in heads or OBJECT in "".join(spent):
        return None
    return Reading(tuple(items), table.place, tuple(spent))


def entry_of(inlines: Inlines) -> Inlines:
    """A title with one address, as a link; empty for anything else."""
    inlines = trimmed(inlines)
    text = plain(inlines)
    if not text or any(isinstance(inline, Image | NoteMark) for inline in inlines):
        return ()
    links = [inline for inline in inlines if isinstance(inline, Link)]
    typed = URL.findall("".join(plain((i,)) for i in inlines if not isinstance(i, Link)))
    if len(links) + len(typed) != 1 or len(URL.sub(" ", text).split()) > _WORDS:
        return ()
    if links:
        return _with_link(inlines, links[0]) if outside(links[0]) else ()
    start = text.index(typed[0])
    before, after = text[:start].strip(" (-–—:\t\n"), text[start + len(typed[0]) :].strip(" ).")
    if _LEAD.search(before) or (after and before):
        return ()
    return _linked(inlines, _full(typed[0])) if not after else ()


def _with_link(inlines: Inlines, link: Link) -> Inlines:
    if inlines[0] == link:
        return inlines
    before = plain(inlines[: inlines.index(link)]).strip(" (-–—:\t\n")
    after = plain(inlines[inlines.index(link) + 1 :]).strip(" ).")
    if after or _LEAD.search(before) or not URL.fullmatch(plain((link,)).strip()):
        return ()
    return _linked(inlines, link.address)


def _linked(inlines: Sequence[Inline], address: str) -> Inlines:
    """Turn all words into one link."""
    texts: list[Text] = []
    for inline in inlines:
        match inline:
            case Text():
                texts.append(inline)
            case Link(inner):
                texts += inner
            case _:
                texts.append(Text(" "))
    return (Link(tuple(texts), address),)


def _full(address: str) -> str:
    return address if address.casefold().startswith("http") else f"https://{address}"
