"""Checks that an answer key is valid for its question's type (``builder.course.questions``).

Accepts any key of an unknown type.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import TypeGuard

from builder.base.patterns import late
from builder.package.outline.model import Question
from builder.package.outline.reading import Json

Letters = Sequence[str]
_NUMBER = late(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
"""A decimal as written in a course; a tolerance may add a digit to those of an answer."""
_CREDITS = ("all", "partial")
_JUDGED_TYPES = ("true-false", "choice", "matching", "sequencing", "numeric", "fill-in")


def fits(question: Question) -> bool:
    """Whether the answer key fits the question's type and the letters of its options and items.

    A question of a judged type that is not scored has no right answer yet.
    """
    options, items = question.options, question.items
    are_unique = all(len(set(letters)) == len(letters) for letters in (options, items))
    rule = _CHECKS.get(question.type)
    is_undecided = question.type in _JUDGED_TYPES and not question.scored
    return are_unique and (rule is None or is_undecided or rule(options, items, question.answer))


def _are_known_letters(value: Json, letters: Collection[str]) -> TypeGuard[list[str]]:
    """Whether a value is a list of distinct letters, all of them known."""
    return (
        isinstance(value, list)
        and all(isinstance(letter, str) and letter in letters for letter in value)
        and len(set(value)) == len(value)
    )


def _choice(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    right, multiple = answer.get("right"), answer.get("multiple")
    return (
        isinstance(multiple, bool)
        and answer.get("credit") in _CREDITS
        and _are_known_letters(right, options)
        and (len(right) >= 1 if multiple else len(right) == 1)
    )


def _performance(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    return (
        bool(options)
        and answer.get("credit") in _CREDITS
        and _are_known_letters(answer.get("needed"), options)
    )


def _matching(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    right = answer.get("right")
    return (
        answer.get("credit") in _CREDITS
        and isinstance(right, dict)
        and right.keys() == set(items)
        and all(isinstance(letter, str) and letter in options for letter in right.values())
    )


def _sequencing(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    right = answer.get("right")
    return (
        answer.get("credit") in _CREDITS
        and _are_known_letters(right, options)
        and bool(right)
        and len(right) == len(options)
    )


def _likert(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    return bool(options)


def _numeric(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    bounds = [bound for bound in (answer.get("from"), answer.get("to")) if bound != ""]
    numbers = [bound for bound in bounds if isinstance(bound, str) and _NUMBER.fullmatch(bound)]
    if not bounds or len(numbers) < len(bounds) or not isinstance(answer.get("unit"), str):
        return False
    return Decimal(numbers[0]) <= Decimal(numbers[-1])


def _fill_in(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    accepted = answer.get("accepted")
    return (
        isinstance(accepted, list)
        and bool(accepted)
        and all(isinstance(text, str) and text for text in accepted)
    )


def _reflection(options: Letters, items: Letters, answer: Mapping[str, Json]) -> bool:
    limit = answer.get("limit")
    whole = isinstance(limit, int) and not isinstance(limit, bool) and 1 <= limit <= 1_000_000
    return whole and isinstance(answer.get("kept"), bool)


_CHECKS: Mapping[str, Callable[[Letters, Letters, Mapping[str, Json]], bool]] = {
    "true-false": _choice,
    "choice": _choice,
    "performance": _performance,
    "matching": _matching,
    "sequencing": _sequencing,
    "likert": _likert,
    "numeric": _numeric,
    "fill-in": _fill_in,
    "reflection": _reflection,
}
