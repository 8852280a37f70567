"""Estimates how many characters of a trainee's saved state the questions of a document take, and
joins the categories of a bank that has more than the state has room for.

Every imported course builds at once, whatever its bank contains. If a state has no room for all
answers, an attempt asks only some of the questions, and reflections get a lower character limit.
The figures here are estimates; the build makes the exact check (docs/state.md).
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
"""Characters of the state for pages, questions and records."""
RECORDS = 1500
"""Characters of ``STATE`` for the answers of all records."""
QUESTIONS = STATE - RECORDS
"""Characters of ``STATE`` for pages and questions, without the text of reflections."""
UNSCORED = ("likert", "reflection")
"""Question types without right or wrong answers: an attempt at a quiz does not draw them."""
PAGE = 3
"""Characters for a page, without its questions."""
_LETTER = 8
"""Characters for a question that is answered with one letter."""
_BITS = 6
"""Bits in a character of the state (docs/state.md)."""


def size_of(question: Question) -> int:
    """The number of characters that a question takes; for a reflection, without its text."""
    more = answer_bits(_answer(question)) - answer_bits(1)
    return _LETTER - (-more // _BITS)


def text_size(question: Question) -> int:
    """The number of characters that trainees may write in a reflection, according to its settings;
    0 if the text is not saved, and for any other question type."""
    if question.kind != "reflection" or question.settings.get("keep") == "none":
        return 0
    limit = question.settings.get("limit")
    return int(limit) if isinstance(limit, str) else USUAL_LIMIT


def total_size(pages: Iterable[Sequence[Question]]) -> int:
    """The number of characters that pages and all their questions take."""
    return sum(PAGE + sum(map(size_of, page)) for page in pages)


def size_drawn(pages: Iterable[Sequence[Question]], many: int) -> int:
    """The most characters that the pages can take if an attempt asks ``many`` scored questions of
    each page. Unscored questions are all asked, as practice."""
    return sum(PAGE + sum(_drawn(page, many)) for page in pages)


def _drawn(page: Sequence[Question], many: int) -> Iterator[int]:
    scored = [size_of(one) for one in page if one.kind not in UNSCORED]
    yield from sorted(scored, reverse=True)[:many]
    yield from (size_of(one) for one in page if one.kind in UNSCORED)


def _answer(question: Question) -> int:
    """The maximum number of letters in an answer, as in the codec of each question type."""
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
"""Number of quizzes whose answers fit in a trainee's state if each asks a few of its questions
(``writing/drawing``)."""
_STEP = " / "


def join_categories(document: Document, most: int = MOST_QUIZZES) -> Document:
    """Join categories of a bank until it has at most ``most`` pages, or fewer if its questions take
    much room. Subcategories are merged into their parent, the deepest first; if that is not enough,
    neighbouring categories are joined."""
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
    """The number of pages, at most ``most``, of which an attempt can always ask one question each,
    even the most costly ones."""
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
    """The title of each category's page."""
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
