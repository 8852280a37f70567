"""How much of a trainee's saved state the questions of a document take, in characters.

What comes in builds at once, whatever a bank holds: where a state has no room for all answers, an
attempt asks some of the questions, and reflections have less room for words. What is said here is
near enough, and the proof of the build has the last word (docs/state.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from builder import letters
from builder.importers.form import Question
from builder.questions.fill_in import usual_room
from builder.questions.numeric import DIGITS
from builder.questions.reflection import USUAL_LIMIT
from builder.state.codec import answer_bits

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


def taken(question: Question) -> int:
    """What a question takes; of a reflection, what it takes beside its words."""
    more = answer_bits(_answer(question)) - answer_bits(1)
    return _LETTER - (-more // _BITS)


def words(question: Question) -> int:
    """How many characters the words of a reflection may have, as its document says; 0 where none
    are kept, and for any other question."""
    if question.kind != "reflection" or question.settings.get("keep") == "none":
        return 0
    limit = question.settings.get("limit")
    return int(limit) if isinstance(limit, str) else USUAL_LIMIT


def all_taken(pages: Iterable[Sequence[Question]]) -> int:
    """What pages take with all that they ask."""
    return sum(PAGE + sum(map(taken, page)) for page in pages)


def drawn(pages: Iterable[Sequence[Question]], many: int) -> int:
    """The most that pages take of each of which an attempt asks so many questions; those that are
    not scored are all asked, for practice."""
    return sum(PAGE + sum(_drawn(page, many)) for page in pages)


def _drawn(page: Sequence[Question], many: int) -> Iterator[int]:
    scored = [taken(one) for one in page if one.kind not in UNSCORED]
    yield from sorted(scored, reverse=True)[:many]
    yield from (taken(one) for one in page if one.kind in UNSCORED)


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
