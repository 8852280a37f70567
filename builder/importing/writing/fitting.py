"""Fits a document's question to what a course allows: whether the course can ask it, its choices,
and which answers are right or the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from string import ascii_lowercase, digits

from builder.course.markdown import escaping
from builder.course.questions.base import visible
from builder.course.questions.fill_in import REPORTED, normalize_answer
from builder.importing.document.form import (
    Block,
    Image,
    Inline,
    Option,
    Paragraph,
    Question,
    Text,
    flat,
    is_blank,
    one_line,
)
from builder.importing.writing import context

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
_MAX_TAG = 64


def can_be_asked(question: Question) -> str:
    """Why a course cannot ask a question, as a phrase; empty if it can."""
    if question.kind == "likert":
        return _unfit_likert(question)
    count = _choice_count(question)
    if question.kind == "performance" and count == 1:
        return ""
    if count < 2:
        return "it has fewer than two things to choose from"
    if count > len(LETTERS):
        return f"it has more than {len(LETTERS)} things to choose from"
    return _unfit_options(question) if question.kind == "choice" else ""


def _unfit_options(question: Question) -> str:
    """Why trainees cannot choose between the options of a choice, as a phrase; empty if they
    can."""
    seen = [option.inlines for option in question.options if not shows_nothing(option.inlines)]
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


def shows_nothing(line: Sequence[Inline]) -> bool:
    """Whether a line has no visible text and no image."""
    pictured = any(isinstance(one, Image) and (one.content or one.file) for one in line)
    return not pictured and not visible(escaping.clean(one_line(line)))


def _choice_count(question: Question) -> int:
    """The number of things to choose from; a large enough number if the type has none."""
    if question.kind in ("choice", "performance"):
        return len(question.options)
    if question.kind == "matching":
        return min(len(matched_pairs(question)), len(choices_of(question)))
    return len(ordered_items(question)) if question.kind == "sequencing" else len(LETTERS)


def _unfit_likert(question: Question) -> str:
    least, most = _SCALE_POINTS
    if question.options and not least <= len(question.options) <= most:
        return f"its scale has {len(question.options)} points instead of {least} to {most}"
    if len(question.statements) > _MAX_STATEMENTS:
        return f"it has more than {_MAX_STATEMENTS} statements"
    return ""


def can_be_scored(question: Question) -> bool:
    """Whether a question can be scored with what is known about its answer."""
    if question.kind in ("choice", "performance"):
        return any(option.right for option in question.options)
    if question.kind == "numeric":
        return bool(numbers_of(question))
    if question.kind == "fill-in":
        return any(can_be_typed(answer) for answer in question.answers)
    return question.kind in ("matching", "sequencing") or bool(question.answers)


def id_words(question: Question) -> str:
    """The words from which a question's id is made."""
    prompt, _ = prompt_of(question)
    return question.name or one_line(prompt)


def as_prose(question: Question) -> list[Block]:
    """A question that cannot be asked, as prose."""
    lines = [option.inlines for option in question.options]
    lines += [half for pair in question.pairs for half in pair]
    lines += question.statements
    return [*question.prompt, *(Paragraph(line, question.place) for line in lines)]


def lettered_texts(question: Question) -> dict[str, tuple[str, ...]]:
    """The texts to which letters are assigned, by kind, in order."""
    if question.kind == "choice":
        return {"options": tuple(one_line(one.inlines).strip() for one in question.options)}
    if question.kind == "matching":
        matched = tuple(one_line(left).strip() for left, _ in matched_pairs(question))
        return {"options": tuple(choices_of(question)), "items": matched}
    if question.kind == "likert":
        statements = tuple(one_line(line).strip() for line in question.statements)
        scale = tuple(one_line(one.inlines).strip() for one in question.options)
        return {kind: each for kind, each in (("items", statements), ("options", scale)) if each}
    if question.kind in ("sequencing", "performance"):
        return {"items": tuple(one_line(one.inlines).strip() for one in ordered_items(question))}
    return {}


def tags(question: Question) -> list[str]:
    """The tags of a question as ids, without duplicates."""
    plain = dict.fromkeys(context.id_from_words(tag)[:_MAX_TAG] for tag in question.tags)
    return [tag for tag in plain if tag]


def prompt_of(question: Question) -> tuple[tuple[Inline, ...], list[Block]]:
    """The question itself, and the blocks above it."""
    blocks = list(question.prompt)
    lines = [
        (at, block.inlines)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and not is_blank(block.inlines)
    ]
    # An image below the text illustrates it, so the last line with text is the question.
    worded = [(at, line) for at, line in lines if one_line(line).strip()]
    if not lines:
        return flat(blocks), []
    at, line = (worded or lines)[-1]
    return line, [*blocks[:at], *blocks[at + 1 :]]


def ordered_items(question: Question) -> tuple[Option, ...]:
    """The items to put into order, or the steps to perform."""
    if question.options:
        return question.options
    return tuple(Option("", (Text(words),), False) for words in question.answers)


def matched_pairs(question: Question) -> list[tuple[tuple[Inline, ...], tuple[Inline, ...]]]:
    """The pairs of a matching, without rows that only add a choice."""
    return [pair for pair in question.pairs if not is_blank(pair[0])]


def choices_of(question: Question) -> list[str]:
    """The choices of a matching, without duplicates."""
    return list(dict.fromkeys(" ".join(one_line(right).split()) for _, right in question.pairs))


def numbers_of(question: Question) -> dict[str, str]:
    """The keys of a number or a range; empty if the answer is neither."""
    found = _NUMERIC.fullmatch(question.answers[0].strip()) if question.answers else None
    if not found or (found["min"] and Decimal(found["min"]) > Decimal(found["max"])):
        return {}
    return {_RANGE_KEYS.get(key, key): value for key, value in found.groupdict().items() if value}


def as_value(words: str) -> str:
    """Unformatted text as a value."""
    return " ".join(escaping.clean(words).split())


def repeated_answers(question: Question) -> tuple[str, ...]:
    """Answers of a fill-in that are the same as another one, since the difference is forgiven."""
    if question.kind != "fill-in":
        return ()
    kept = {*distinct_answers(question).values()}
    plain = filter(can_be_typed, question.answers)
    return tuple(words for words in map(as_value, plain) if words not in kept)


def repeated_choices(question: Question) -> list[str]:
    """Choices of a matching that occur again: several items belong to the same choice, which the
    course writes once."""
    if question.kind != "matching":
        return []
    choices = [" ".join(one_line(right).split()) for _, right in question.pairs]
    return [words for at, words in enumerate(choices) if words in choices[:at]]


def distinct_answers(question: Question) -> dict[str, str]:
    """The distinct answers of a fill-in, by their normalised form."""
    forgive = question.settings.get("forgive", _FORGIVEN)
    kept: dict[str, str] = {}
    for words in map(as_value, filter(can_be_typed, question.answers)):
        kept.setdefault(normalize_answer(words, forgive), words)
    return kept


def can_be_typed(answer: str) -> bool:
    """Whether an answer is visible, and short enough for an LMS."""
    words = as_value(answer)
    return visible(words) and not is_too_long(words)


def is_too_long(answer: str) -> bool:
    """Whether an answer has more UTF-16 characters than an LMS accepts."""
    return len(answer.encode("utf-16-le")) // 2 > REPORTED
