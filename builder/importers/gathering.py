"""A bank with more categories than a course can have quizzes: some of them share a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from builder.importers import room
from builder.importers.form import Block, Document, Paragraph, Place, Question, Rest, Text
from builder.importers.tally import said

MOST = 48
"""Quizzes of which a trainee's state can hold the answers, where each asks a few of its questions
(``writing/drawing``)."""
_STEP = " / "


def gathered(document: Document, most: int = MOST) -> Document:
    """A bank with ``most`` pages at most, or fewer where their questions take much room. Categories
    below one are joined, the deepest first; where these are still too many, those that stand beside
    each other."""
    asked = [block for block in document.blocks if isinstance(block, Question)]
    heads = [block for block in document.blocks if _is_head(block)]
    if not document.bank or room.PAGE * len(heads) + room.all_taken([asked]) <= room.QUESTIONS:
        return document
    most = _with_room(asked, most)
    if len(heads) <= most:
        return document
    names = [said(head.inlines) for head in heads if isinstance(head, Paragraph)]
    titles = _titles(names, most)
    of = dict(zip(names, titles, strict=True))
    pages: dict[str, list[Block]] = {}
    rest = list(document.rest)
    lead: list[Block] = []
    here = lead
    for block in document.blocks:
        if not _is_head(block):
            here.append(block)
            continue
        assert isinstance(block, Paragraph)
        name = said(block.inlines)
        title = of[name]
        if title not in pages:
            pages[title] = [replace(block, inlines=(Text(title),))]
        here = pages[title]
        if title != name:
            rest.append(_told(name, title, block.place, most))
    shared = tuple(name for name in names if of[name] != name)
    return replace(
        document,
        blocks=(*lead, *(block for page in pages.values() for block in page)),
        rest=tuple(rest),
        consumed=(*document.consumed, *shared),
    )


def _with_room(asked: Sequence[Question], most: int) -> int:
    """Of how many pages, at most, an attempt can ask a question each, whichever these are."""
    costs = sorted(map(room.taken, asked), reverse=True)
    while most > 1 and room.PAGE * most + sum(costs[:most]) > room.QUESTIONS:
        most -= 1
    return most


def _is_head(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.level > 0


def _told(name: str, title: str, place: Place, most: int) -> Rest:
    reason = (
        f"a course has room for {most} quizzes: its questions stand on the page “{title}”, and "
        "have it as a tag"
    )
    return Rest("category", place, name, reason)


def _titles(names: Sequence[str], most: int) -> list[str]:
    """The title of the page of each category."""
    ways = [name.split(_STEP) for name in names]
    titles = list(names)
    for depth in range(max(map(len, ways)) - 1, 0, -1):
        titles = [_STEP.join(way[:depth]) for way in ways]
        if len({*titles}) <= most:
            return titles
    single = list(dict.fromkeys(titles))
    size = -(-len(single) // most)
    of: dict[str, str] = {}
    for _, group in groupby(enumerate(single), key=lambda pair: pair[0] // size):
        together = [name for _, name in group]
        title = f"{together[0]} – {together[-1]}" if len(together) > 1 else together[0]
        of |= dict.fromkeys(together, title)
    return [of[title] for title in titles]
