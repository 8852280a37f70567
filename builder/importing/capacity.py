"""How many characters of a trainee's saved state the questions of a document take; and the joining
of categories where a bank has more than the state has room for.

What comes in builds at once, whatever a bank holds: where a state has no room for all answers, an
attempt asks some of the questions, and reflections have less room for words. What is said here is
near enough, and the proof of the build has the last word (docs/state.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from builder.course import letters
from builder.course.questions.fill_in import usual_room
from builder.course.questions.numeric import DIGITS
from builder.course.questions.reflection import USUAL_LIMIT
from builder.course.state.codec import answer_bits
from builder.importing.document.form import Block, Document, Paragraph, Place, Question, Rest, Text
from builder.importing.document.tally import words_of

STATE = 3600
"""What pages, questions and records may take."""
RECORDS = 1500
"""What the answers of all records may take of it."""
QUESTIONS = STATE - RECORDS
"""What is left of it for pages and questions, but for the words of reflections."""
UNSCORED = ("likert", "reflection")
"""Types of which nothing is right or wrong: no attempt at a quiz draws them."""
PAGE = 3
"""What a page takes, without what it asks."""
_LETTER = 8
"""What a question takes that is answered with one letter."""
_BITS = 6
"""Of a character (docs/state.md)."""


def size_of(question: Question) -> int:
    """What a question takes; of a reflection, what it takes beside its words."""
    more = answer_bits(_answer(question)) - answer_bits(1)
    return _LETTER - (-more // _BITS)


def text_size(question: Question) -> int:
    """How many characters the words of a reflection may have, as its document says; 0 where none
    are kept, and for any other question."""
    if question.kind != "reflection" or question.settings.get("keep") == "none":
        return 0
    limit = question.settings.get("limit")
    return int(limit) if isinstance(limit, str) else USUAL_LIMIT


def total_size(pages: Iterable[Sequence[Question]]) -> int:
    """What pages take with all that they ask."""
    return sum(PAGE + sum(map(size_of, page)) for page in pages)


def size_drawn(pages: Iterable[Sequence[Question]], many: int) -> int:
    """The most that pages take of each of which an attempt asks so many questions; those that are
    not scored are all asked, for practice."""
    return sum(PAGE + sum(_drawn(page, many)) for page in pages)


def _drawn(page: Sequence[Question], many: int) -> Iterator[int]:
    scored = [size_of(one) for one in page if one.kind not in UNSCORED]
    yield from sorted(scored, reverse=True)[:many]
    yield from (size_of(one) for one in page if one.kind in UNSCORED)


def _answer(question: Question) -> int:
    """How many letters an answer has at most, as the types of questions have it."""
    match question.kind:
        case "fill-in":
            limit = question.settings.get("limit")
            return int(limit) if isinstance(limit, str) else usual_room(question.answers)
        case "numeric":
            digits = max((sum(map(str.isdigit, one)) for one in question.answers), default=0)
            return max(DIGITS, digits) + letters.room("-.")
        case "matching":
            return 2 * len(question.pairs)
        case "sequencing":
            return len(question.options or question.answers)
        case "likert":
            return 2 * len(question.statements)
        case "performance":
            return len(question.options)
        case "choice" if question.several or sum(one.right for one in question.options) > 1:
            return len(question.options)
    return 1


MOST_QUIZZES = 48
"""Quizzes of which a trainee's state can hold the answers, where each asks a few of its questions
(``writing/drawing``)."""
_STEP = " / "


def join_categories(document: Document, most: int = MOST_QUIZZES) -> Document:
    """A bank with ``most`` pages at most, or fewer where their questions take much room. Categories
    below one are joined, the deepest first; where these are still too many, those that stand beside
    each other."""
    asked = [block for block in document.blocks if isinstance(block, Question)]
    heads = [block for block in document.blocks if _is_head(block)]
    if not document.bank or PAGE * len(heads) + total_size([asked]) <= QUESTIONS:
        return document
    most = _with_room(asked, most)
    if len(heads) <= most:
        return document
    names = [words_of(head.inlines) for head in heads if isinstance(head, Paragraph)]
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
        name = words_of(block.inlines)
        title = of[name]
        if title not in pages:
            pages[title] = [replace(block, inlines=(Text(title),))]
        here = pages[title]
        if title != name:
            rest.append(_shared(name, title, block.place, most))
    shared = tuple(name for name in names if of[name] != name)
    return replace(
        document,
        blocks=(*lead, *(block for page in pages.values() for block in page)),
        rest=tuple(rest),
        consumed=(*document.consumed, *shared),
    )


def _with_room(asked: Sequence[Question], most: int) -> int:
    """Of how many pages, at most, an attempt can ask a question each, whichever these are."""
    costs = sorted(map(size_of, asked), reverse=True)
    while most > 1 and PAGE * most + sum(costs[:most]) > QUESTIONS:
        most -= 1
    return most


def _is_head(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.level > 0


def _shared(name: str, title: str, place: Place, most: int) -> Rest:
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
