"""Estimates how many characters of a trainee's saved state (the state) the questions of a document
take, and makes an imported course fit into it.

An LMS limits the length of the state, but every imported course should build at once, whatever its
bank contains. If the state has no room for all answers, categories of a bank are joined into fewer
pages, an attempt asks only some of the questions of a page, and reflections get a lower character
limit. The sizes here are estimates; the build makes the exact check (docs/state.md).
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
from builder.importing.writing.part import Part

STATE_SIZE = 3600
"""Number of characters of a trainee's saved state that pages, questions and records may take."""
RECORDS_SIZE = 1500
"""Number of characters of ``STATE_SIZE`` that are reserved for the answers of all records."""
QUESTIONS_SIZE = STATE_SIZE - RECORDS_SIZE
"""Number of characters of ``STATE_SIZE`` for pages and questions, without the text of
reflections."""
_PAGE_SIZE = 3
"""Number of characters of the state that a page takes, without its questions."""
_MIN_QUESTION_SIZE = 8
"""Number of characters of the state that a question takes if it is answered with one letter."""
_BITS_PER_CHARACTER = 6
"""Number of bits that a character of the state holds (docs/state.md)."""


def _question_size(question: Question) -> int:
    """The number of characters of the state that a question takes; for a reflection, without its
    text."""
    more = answer_bits(TYPES[question.kind].max_letters(question)) - answer_bits(1)
    return _MIN_QUESTION_SIZE - (-more // _BITS_PER_CHARACTER)


def total_size(pages: Iterable[Sequence[Question]]) -> int:
    """The number of characters of the state that pages take if all their questions are asked. Each
    page is given by its questions."""
    return sum(_PAGE_SIZE + sum(map(_question_size, page)) for page in pages)


def drawn_size(pages: Iterable[Sequence[Question]], count: int) -> int:
    """The maximum number of characters of the state that pages take if an attempt asks ``count`` of
    the scored questions of each page. Unscored questions are always asked, as practice."""
    return sum(_PAGE_SIZE + sum(_drawn_sizes(page, count)) for page in pages)


def _drawn_sizes(page: Sequence[Question], count: int) -> Iterator[int]:
    scored = [_question_size(one) for one in page if is_scored(one)]
    yield from sorted(scored, reverse=True)[:count]
    yield from (_question_size(one) for one in page if not is_scored(one))


MOST_QUIZZES = 48
"""Maximum number of quizzes in an imported course whose state has no room for all questions. It has
room for this number if each quiz asks a few of its questions (``attempt_size``)."""
_SEPARATOR = " / "


def join_categories(document: Document, most: int = MOST_QUIZZES) -> Document:
    """Join categories of a question bank until it has at most ``most`` pages, or fewer if its
    questions take much room in the state. A bank whose questions all have room is returned
    unchanged.

    Subcategories are merged into the category that contains them, the deepest first. If that is not
    enough, neighbouring categories are joined.
    """
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
    """The maximum number of pages, up to ``most``, for which the state has room if an attempt asks
    one question of each page, whichever questions these are."""
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
    """The title of the page for each category in ``names``, so that there are at most ``most``
    different titles. Categories with the same title share a page."""
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
"""Maximum number of questions of a page that an attempt asks if it does not ask all."""


def attempt_size(pages: Sequence[Sequence[Question]]) -> int:
    """The number of questions that an attempt asks of each page: as many as a trainee's state has
    room for, at least 1 and at most 20."""
    fitting = (
        count for count in range(_MAX_ATTEMPT, 1, -1) if drawn_size(pages, count) <= QUESTIONS_SIZE
    )
    return next(fitting, 1)


@immutable
class Draw:
    """A setting of a quiz: each attempt asks ``many`` questions, drawn from those of the page with
    this ``tag``. With ``counting``, only questions that can be scored get the tag, so that an
    attempt always has at least one of these."""

    tag: str
    counting: bool
    many: int

    def includes(self, question: Question) -> bool:
        """Whether an attempt may draw this question of the page, so that it gets the tag."""
        return is_scored(question) and (not self.counting or question_types.can_be_scored(question))

    def front_matter(self, available: int) -> list[str]:
        """The lines of front matter for a quiz that draws its questions; ``available`` is the
        number of questions with the tag."""
        count = [f"    - tag: {self.tag}", f"      count: {min(self.many, available)}"]
        return ["kind: quiz", "quiz:", "  draw:", *count]

    def undrawn_note(self) -> str:
        """The sentence for the author that says why no attempt asks a question."""
        return (
            "No attempt asks this question, as it cannot be scored: give it the tag "
            f"“{self.tag}” once it can."
        )


def draws(parts: Sequence[Part], names: Sequence[str], many: int) -> Iterator[Draw]:
    """The draw for each page in ``parts``. ``names`` are the ids of the pages, and ``many`` is the
    number of questions that an attempt asks of a page. The tag is the page's id, unless other
    questions have that tag."""
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
    """The questions of a page that are not inside other blocks."""
    return [block for block in part.blocks if isinstance(block, Question)]
