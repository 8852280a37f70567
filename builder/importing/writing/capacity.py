"""Estimates how many characters of a trainee's saved state the questions of a document take. Joins
the categories of a bank that has more than the state has room for, and chooses how many questions
of a page an attempt asks.

Every imported course builds at once, whatever its bank contains. If a state has no room for all
answers, an attempt asks only some of the questions, and reflections get a lower character limit.
The figures here are estimates; the build makes the exact check (docs/state.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from builder.base.immutable import immutable
from builder.course.state.codec import answer_bits
from builder.importing.document import question_types
from builder.importing.document.form import (
    Block,
    Document,
    Paragraph,
    Place,
    Question,
    Rest,
    Text,
    words_of,
)
from builder.importing.document.question_types import TYPES, is_scored
from builder.importing.writing import entries
from builder.importing.writing.division import Part

STATE_SIZE = 3600
"""Characters of the state for pages, questions and records."""
RECORDS_SIZE = 1500
"""Characters of ``STATE_SIZE`` for the answers of all records."""
QUESTIONS_SIZE = STATE_SIZE - RECORDS_SIZE
"""Characters of ``STATE_SIZE`` for pages and questions, without the text of reflections."""
_PAGE_SIZE = 3
"""Characters for a page, without its questions."""
_MIN_QUESTION_SIZE = 8
"""Characters for a question that is answered with one letter."""
_BITS_PER_CHARACTER = 6
"""Bits in a character of the state (docs/state.md)."""


def _question_size(question: Question) -> int:
    """The number of characters that a question takes; for a reflection, without its text."""
    more = answer_bits(TYPES[question.kind].max_letters(question)) - answer_bits(1)
    return _MIN_QUESTION_SIZE - (-more // _BITS_PER_CHARACTER)


def total_size(pages: Iterable[Sequence[Question]]) -> int:
    """The number of characters that pages and all their questions take."""
    return sum(_PAGE_SIZE + sum(map(_question_size, page)) for page in pages)


def drawn_size(pages: Iterable[Sequence[Question]], count: int) -> int:
    """The most characters that the pages can take if an attempt asks ``count`` scored questions of
    each page. Unscored questions are all asked, as practice."""
    return sum(_PAGE_SIZE + sum(_drawn_sizes(page, count)) for page in pages)


def _drawn_sizes(page: Sequence[Question], count: int) -> Iterator[int]:
    scored = [_question_size(one) for one in page if is_scored(one)]
    yield from sorted(scored, reverse=True)[:count]
    yield from (_question_size(one) for one in page if not is_scored(one))


MOST_QUIZZES = 48
"""Number of quizzes whose answers fit in a trainee's state if each asks a few of its questions
(``attempt_size``)."""
_SEPARATOR = " / "


def join_categories(document: Document, most: int = MOST_QUIZZES) -> Document:
    """Join categories of a bank until it has at most ``most`` pages, or fewer if its questions take
    much room. Subcategories are merged into their parent, the deepest first; if that is not enough,
    neighbouring categories are joined."""
    questions = [block for block in document.blocks if isinstance(block, Question)]
    headings = [block for block in document.blocks if _is_heading(block)]
    if not document.bank or _PAGE_SIZE * len(headings) + total_size([questions]) <= QUESTIONS_SIZE:
        return document
    most = _max_pages(questions, most)
    if len(headings) <= most:
        return document
    names = [words_of(head.inlines) for head in headings if isinstance(head, Paragraph)]
    titles = _page_titles(names, most)
    title_by_name = dict(zip(names, titles, strict=True))
    pages: dict[str, list[Block]] = {}
    rest = list(document.rest)
    before_first: list[Block] = []
    current = before_first
    for block in document.blocks:
        if not _is_heading(block):
            current.append(block)
            continue
        assert isinstance(block, Paragraph)
        name = words_of(block.inlines)
        title = title_by_name[name]
        if title not in pages:
            pages[title] = [replace(block, inlines=(Text(title),))]
        current = pages[title]
        if title != name:
            rest.append(_joined_category(name, title, block.place, most))
    joined_names = tuple(name for name in names if title_by_name[name] != name)
    return replace(
        document,
        blocks=(*before_first, *(block for page in pages.values() for block in page)),
        rest=tuple(rest),
        consumed=(*document.consumed, *joined_names),
    )


def _max_pages(questions: Sequence[Question], most: int) -> int:
    """The number of pages, at most ``most``, of which an attempt can always ask one question each,
    even the most costly ones."""
    costs = sorted(map(_question_size, questions), reverse=True)
    while most > 1 and _PAGE_SIZE * most + sum(costs[:most]) > QUESTIONS_SIZE:
        most -= 1
    return most


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.level > 0


def _joined_category(name: str, title: str, place: Place, most: int) -> Rest:
    reason = (
        f"a course has room for {most} quizzes: its questions are on the page “{title}”, with this "
        "category as a tag"
    )
    return Rest("category", place, name, reason)


def _page_titles(names: Sequence[str], most: int) -> list[str]:
    """The title of each category's page."""
    paths = [name.split(_SEPARATOR) for name in names]
    titles = list(names)
    for depth in range(max(map(len, paths)) - 1, 0, -1):
        titles = [_SEPARATOR.join(path[:depth]) for path in paths]
        if len({*titles}) <= most:
            return titles
    distinct = list(dict.fromkeys(titles))
    size = -(-len(distinct) // most)
    page_title: dict[str, str] = {}
    for _, group in groupby(enumerate(distinct), key=lambda pair: pair[0] // size):
        joined = [name for _, name in group]
        title = f"{joined[0]} – {joined[-1]}" if len(joined) > 1 else joined[0]
        page_title |= dict.fromkeys(joined, title)
    return [page_title[title] for title in titles]


_MAX_ATTEMPT = 20
"""Number of questions of a page that an attempt asks, if there is room."""


def attempt_size(pages: Sequence[Sequence[Question]]) -> int:
    """The number of questions that an attempt asks of each page: as many as a trainee's state has
    room for, and at least one."""
    fitting = (
        count for count in range(_MAX_ATTEMPT, 1, -1) if drawn_size(pages, count) <= QUESTIONS_SIZE
    )
    return next(fitting, 1)


@immutable
class Draw:
    """A draw of questions by ``tag``. ``counting`` limits it to questions that can be scored, since
    an attempt, which asks ``many``, must have at least one of these."""

    tag: str
    counting: bool
    many: int

    def includes(self, question: Question) -> bool:
        """Whether the draw may ask a question of its page."""
        return is_scored(question) and (not self.counting or question_types.can_be_scored(question))

    def front_matter(self, available: int) -> list[str]:
        """The keys of a page that draws from ``asked`` questions."""
        count = [f"    - tag: {self.tag}", f"      count: {min(self.many, available)}"]
        return ["kind: quiz", "quiz:", "  draw:", *count]

    def undrawn_note(self) -> str:
        """The note for the author on a question that is not drawn."""
        return (
            "No attempt asks this question, as it cannot be scored: give it the tag "
            f"“{self.tag}” once it can."
        )


def draws(parts: Sequence[Part], names: Sequence[str], many: int) -> Iterator[Draw]:
    """The draw for each page. Its tag is the page's id, unless other questions have that tag. An
    attempt asks ``many`` questions."""
    tag_counts = Counter(
        tag for part in parts for one in page_questions(part) for tag in entries.tags(one)
    )
    for part, name in zip(parts, names, strict=True):
        scored = [one for one in page_questions(part) if is_scored(one)]
        unscored = sum(not question_types.can_be_scored(one) for one in scored)
        draw = Draw(name, unscored >= many, many)
        own = Counter(
            tag for one in page_questions(part) if draw.includes(one) for tag in entries.tags(one)
        )
        number = 1
        while tag_counts[draw.tag] != own[draw.tag]:
            tag = f"{name}-drawn{f'-{number}' if number > 1 else ''}"
            draw = replace(draw, tag=tag)
            number += 1
        # Reserve the tag, so that no later page uses it.
        tag_counts[draw.tag] += len(part.blocks)
        yield draw


def page_questions(part: Part) -> list[Question]:
    """The questions of a page."""
    return [block for block in part.blocks if isinstance(block, Question)]
