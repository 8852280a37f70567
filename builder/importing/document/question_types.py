"""What an import has to know about the question types of a course: a table with a row for each
type.

Another table has the code that writes the keys of each type (``writing/entries.py``). The reader of
a question bank maps the types of its format to the types in this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from string import ascii_lowercase, digits

from builder.base.immutable import immutable
from builder.course import letters
from builder.course.markdown import escaping
from builder.course.questions.base import visible
from builder.course.questions.fill_in import REPORTED, normalize_answer, usual_room
from builder.course.questions.numeric import DIGITS
from builder.course.questions.reflection import USUAL_LIMIT
from builder.importing.document.form import (
    Image,
    Inline,
    Option,
    Question,
    Text,
    is_blank,
    one_line,
)

LETTERS = ascii_lowercase + digits
_NUMBER = r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?"
_NUMERIC = re.compile(
    rf"(?P<answer>{_NUMBER})(?:\s*±\s*(?P<tolerance>{_NUMBER}))?"
    rf"|(?P<min>{_NUMBER})\s+to\s+(?P<max>{_NUMBER})"
    rf"|≥\s*(?P<least>{_NUMBER})|≤\s*(?P<most>{_NUMBER})"
)
_RANGE_KEYS = {"least": "min", "most": "max"}
_SCALE_POINTS = (2, 11)
"""Minimum and maximum number of points on a likert's scale."""
_MAX_STATEMENTS = 20
_FORGIVEN = ("case", "spaces")


@immutable
class QuestionType:
    """What an import knows about a question type.

    - `counted_as` is its name in the counts of an import's report.
    - `max_letters` returns the maximum number of letters of a trainee's answer in the saved state.
    - `unfit` returns the reason why a course cannot ask a question, as a phrase; empty if it can.
    - `can_be_scored` returns whether a question can be scored with what is known about its answer.
    - `lettered` returns the texts to which the saved state assigns letters, in order, by kind of
      list (`options` or `items`).
    - `scored` is false for a type without right or wrong answers, whose questions are not drawn for
      an attempt at a quiz.
    - `answers_are_words` is false if `Question.answers` do not count as words of the source.
    """

    name: str
    counted_as: str
    can_be_scored: Callable[[Question], bool]
    max_letters: Callable[[Question], int] = lambda question: 1
    unfit: Callable[[Question], str] = lambda question: ""
    lettered: Callable[[Question], dict[str, Iterable[str]]] = lambda question: {}
    scored: bool = True
    answers_are_words: bool = True


def can_be_asked(question: Question) -> str:
    """The reason why a course cannot ask a question, as a phrase; empty if it can."""
    return TYPES[question.kind].unfit(question)


def can_be_scored(question: Question) -> bool:
    """Whether a question can be scored with what is known about its answer."""
    return TYPES[question.kind].can_be_scored(question)


def lettered_texts(question: Question) -> dict[str, tuple[str, ...]]:
    """The texts of a question to which the saved state assigns letters, in order, by kind
    (``options`` or ``items``)."""
    lists = TYPES[question.kind].lettered(question)
    return {kind: tuple(texts) for kind, texts in lists.items()}


def is_scored(question: Question) -> bool:
    """Whether a question's type has right and wrong answers."""
    return TYPES[question.kind].scored


def _unfit_count(count: int) -> str:
    """The reason why a question cannot have ``count`` options or items to choose from, as a phrase;
    empty if it can."""
    if count < 2:
        return "it has fewer than two things to choose from"
    return f"it has more than {len(LETTERS)} things to choose from" if count > len(LETTERS) else ""


def _unfit_choice(question: Question) -> str:
    """The reason why trainees cannot choose between the options of a choice question, as a phrase;
    empty if they can."""
    if reason := _unfit_count(len(question.options)):
        return reason
    seen = [option.inlines for option in question.options if not _shows_nothing(option.inlines)]
    if not seen:
        return "its options show nothing: their words or pictures are not in the file"
    pictured = any(isinstance(one, Image) for line in seen for one in line)
    if (
        len(seen) == len(question.options)
        and not pictured
        and len({" ".join(one_line(line).casefold().split()) for line in seen}) < 2
    ):
        return "all of its options say the same"
    return ""


def _shows_nothing(line: Sequence[Inline]) -> bool:
    """Whether a line has no visible text and no image."""
    pictured = any(isinstance(one, Image) and (one.content or one.file) for one in line)
    return not pictured and not visible(escaping.clean(one_line(line)))


def _unfit_matching(question: Question) -> str:
    return _unfit_count(min(len(matched_pairs(question)), len(choices_of(question))))


def _unfit_performance(question: Question) -> str:
    return "" if len(question.options) == 1 else _unfit_count(len(question.options))


def _unfit_likert(question: Question) -> str:
    least, most = _SCALE_POINTS
    if question.options and not least <= len(question.options) <= most:
        return f"its scale has {len(question.options)} points instead of {least} to {most}"
    if len(question.statements) > _MAX_STATEMENTS:
        return f"it has more than {_MAX_STATEMENTS} statements"
    return ""


def _has_right_option(question: Question) -> bool:
    return any(option.right for option in question.options)


def _has_answer(question: Question) -> bool:
    return bool(question.answers)


def _option_texts(question: Question) -> list[str]:
    return [one_line(option.inlines).strip() for option in question.options]


def _choice_letters(question: Question) -> int:
    several = question.several or sum(option.right for option in question.options) > 1
    return len(question.options) if several else 1


def _fill_in_letters(question: Question) -> int:
    limit = question.settings.get("limit")
    return int(limit) if isinstance(limit, str) else usual_room(question.answers)


def _numeric_letters(question: Question) -> int:
    most = max((sum(map(str.isdigit, answer)) for answer in question.answers), default=0)
    return max(DIGITS, most) + letters.room("-.")


def _matching_texts(question: Question) -> dict[str, Iterable[str]]:
    matched = [one_line(left).strip() for left, _ in matched_pairs(question)]
    return {"options": choices_of(question), "items": matched}


def _likert_texts(question: Question) -> dict[str, Iterable[str]]:
    statements = [one_line(line).strip() for line in question.statements]
    lists = {"items": statements, "options": _option_texts(question)}
    return {kind: texts for kind, texts in lists.items() if texts}


def _ordered_texts(question: Question) -> dict[str, Iterable[str]]:
    return {"items": [one_line(item.inlines).strip() for item in ordered_items(question)]}


TYPES = {
    one.name: one
    for one in (
        QuestionType(
            "choice",
            "choice",
            _has_right_option,
            max_letters=_choice_letters,
            unfit=_unfit_choice,
            lettered=lambda question: {"options": _option_texts(question)},
        ),
        QuestionType("true-false", "true or false", _has_answer, answers_are_words=False),
        QuestionType(
            "fill-in",
            "fill-in",
            lambda question: any(map(can_be_typed, question.answers)),
            max_letters=_fill_in_letters,
        ),
        QuestionType(
            "numeric",
            "number",
            lambda question: bool(numbers_of(question)),
            max_letters=_numeric_letters,
            answers_are_words=False,
        ),
        QuestionType(
            "matching",
            "matching",
            lambda question: True,
            max_letters=lambda question: 2 * len(question.pairs),
            unfit=_unfit_matching,
            lettered=_matching_texts,
        ),
        QuestionType(
            "sequencing",
            "sequencing",
            lambda question: True,
            max_letters=lambda question: len(ordered_items(question)),
            unfit=lambda question: _unfit_count(len(ordered_items(question))),
            lettered=_ordered_texts,
        ),
        QuestionType("reflection", "reflection", _has_answer, scored=False),
        QuestionType(
            "likert",
            "likert",
            _has_answer,
            max_letters=lambda question: 2 * len(question.statements),
            unfit=_unfit_likert,
            lettered=_likert_texts,
            scored=False,
        ),
        QuestionType(
            "performance",
            "performance",
            _has_right_option,
            max_letters=lambda question: len(question.options),
            unfit=_unfit_performance,
            lettered=_ordered_texts,
        ),
    )
}
"""The question types by name, in the order of the report."""
COUNT_NAMES = tuple(one.counted_as for one in TYPES.values())
"""The names of all question types in the counts of an import's report."""


def text_size(question: Question) -> int:
    """The number of characters that trainees may write in a reflection according to its settings.
    It is 0 if the text is not saved, and for any other question type."""
    if question.kind != "reflection" or question.settings.get("keep") == "none":
        return 0
    limit = question.settings.get("limit")
    return int(limit) if isinstance(limit, str) else USUAL_LIMIT


def ordered_items(question: Question) -> tuple[Option, ...]:
    """The items that trainees put into order in a sequencing, or the steps of a performance."""
    if question.options:
        return question.options
    return tuple(Option("", (Text(words),), False) for words in question.answers)


def matched_pairs(question: Question) -> list[tuple[tuple[Inline, ...], tuple[Inline, ...]]]:
    """The pairs of an item and its correct choice in a matching, without rows that only add a
    choice."""
    return [pair for pair in question.pairs if not is_blank(pair[0])]


def choices_of(question: Question) -> list[str]:
    """The choices of a matching as plain text, without duplicates."""
    return list(dict.fromkeys(" ".join(one_line(right).split()) for _, right in question.pairs))


def numbers_of(question: Question) -> dict[str, str]:
    """The keys with which a course writes the answer of a numeric question, such as ``answer`` and
    ``tolerance`` or ``min`` and ``max``, mapped to their values. Empty if the answer is neither a
    number nor a range."""
    found = _NUMERIC.fullmatch(question.answers[0].strip()) if question.answers else None
    if not found or (found["min"] and Decimal(found["min"]) > Decimal(found["max"])):
        return {}
    return {_RANGE_KEYS.get(key, key): value for key, value in found.groupdict().items() if value}


def as_value(words: str) -> str:
    """Unformatted text as the value of a key in a course file: without control characters and
    repeated spaces."""
    return " ".join(escaping.clean(words).split())


def repeated_answers(question: Question) -> tuple[str, ...]:
    """The second and later occurrences of answers of a fill-in: the same words, or words that
    differ only in what the question forgives, such as capital letters. The course contains each
    answer once."""
    if question.kind != "fill-in":
        return ()
    first = [*distinct_answers(question).values()]
    repeated = []
    for words in map(as_value, filter(can_be_typed, question.answers)):
        if words in first:
            first.remove(words)
        else:
            repeated.append(words)
    return tuple(repeated)


def repeated_choices(question: Question) -> list[str]:
    """The second and later occurrences of choices in a matching where several items have the same
    correct choice. The course contains each choice once."""
    if question.kind != "matching":
        return []
    choices = [" ".join(one_line(right).split()) for _, right in question.pairs]
    return [words for at, words in enumerate(choices) if words in choices[:at]]


def distinct_answers(question: Question) -> dict[str, str]:
    """The answers of a fill-in that are not equivalent to an earlier answer, by their normalised
    form."""
    forgive = question.settings.get("forgive", _FORGIVEN)
    kept: dict[str, str] = {}
    for words in map(as_value, filter(can_be_typed, question.answers)):
        kept.setdefault(normalize_answer(words, forgive), words)
    return kept


def can_be_typed(answer: str) -> bool:
    """Whether trainees can type this answer: it has visible characters, and is short enough to be
    reported to an LMS."""
    words = as_value(answer)
    return visible(words) and not _is_too_long(words)


def _is_too_long(answer: str) -> bool:
    """Whether an answer has more UTF-16 code units than an LMS accepts."""
    return len(answer.encode("utf-16-le")) // 2 > REPORTED
