"""Judges answers by the key of a package, for reports without results, as the player judges them
(``templates/player/questions``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from builder.base.printing import unsafe
from builder.course.questions.fill_in import REPORTED, normalize_answer
from builder.package.outline import Question
from builder.results import languages
from builder.results.model import Result
from builder.results.packages import Package

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")
_NO_BRACES = str.maketrans("{}", "()")
"""The player reports typed answers without braces (``templates/player/questions/fill-in.ts``)."""


def credit(package: Package, interaction: str, response: str) -> Result:
    """The share of the weight that a response to a question of the package earns; ``None`` if the
    response is empty or the question is not judged."""
    asked = package.asked[interaction]
    if not asked.judged or not response.strip():
        return None
    question = asked.question
    if question.type == "fill-in":
        return float(_is_accepted(package, question, response))
    judge = _JUDGES.get(question.type)
    return None if judge is None else judge(question.answer, response)


def _is_accepted(package: Package, question: Question, response: str) -> bool:
    """Whether a typed response is right in the language in which it was given."""
    tag, text = languages.split(response, frozenset(package.languages[1:]))
    accepted = question.patterns
    for one in package.outline.translations:
        if one.language == tag and (texts := one.questions.get(question.id)) and texts.patterns:
            accepted = texts.patterns
    forgive = question.answer.get("forgive", ())
    given = normalize_answer(text[:REPORTED], forgive)
    return any(
        given == normalize_answer(unsafe(one).translate(_NO_BRACES)[:REPORTED], forgive)
        for one in accepted
    )


def _letters(response: str) -> list[str]:
    return [part.strip() for part in response.strip("{} ").split(",") if part.strip()]


def _choice(answer: Mapping[str, Any], response: str) -> float:
    """Each right option earns a share, and each wrong one takes one away."""
    right, given = answer["right"], _letters(response)
    good = sum(one in given for one in right)
    return _share(max(2 * good - len(given), 0), len(right), answer)


def _performance(answer: Mapping[str, Any], response: str) -> float:
    needed, given = answer["needed"], _letters(response)
    return _share(sum(one in given for one in needed), len(needed), answer)


def _matching(answer: Mapping[str, Any], response: str) -> float:
    right = {f"{item}.{option}" for item, option in answer["right"].items()}
    return _share(len(right.intersection(_letters(response))), len(right), answer)


def _sequencing(answer: Mapping[str, Any], response: str) -> float:
    pairs = zip(answer["right"], _letters(response), strict=False)
    return _share(sum(one == other for one, other in pairs), len(answer["right"]), answer)


def _numeric(answer: Mapping[str, Any], response: str) -> float:
    if not _NUMBER.fullmatch(response.strip()):
        return 0.0
    number = Decimal(response.strip())
    above = not answer["from"] or number >= Decimal(answer["from"])
    return float(above and (not answer["to"] or number <= Decimal(answer["to"])))


def _share(part: int, whole: int, answer: Mapping[str, Any]) -> float:
    """The share, in hundredths of a percent as the player reports it; without partial credit all
    or nothing."""
    if part == whole or answer.get("credit") != "partial":
        return float(bool(whole) and part == whole)
    return (2 * part * 10_000 + whole) // (2 * whole) / 10_000


_JUDGES: Mapping[str, Callable[[Mapping[str, Any], str], float]] = {
    "choice": _choice,
    "true-false": _choice,
    "performance": _performance,
    "matching": _matching,
    "sequencing": _sequencing,
    "numeric": _numeric,
}
