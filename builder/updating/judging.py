"""Compares how a question is judged before and after an edit."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from builder.package.outline import Json, Question

_KEY = frozenset({"accepted", "from", "to", "right", "needed"})
_NOT_JUDGED = frozenset({"unit", "digits", "signed", "room", "limit", "kept"})
"""Fields of an answer that the player gets but that do not affect judging."""


def is_key_changed(old: Question, new: Question) -> bool:
    """Whether an answer that was right may no longer be right, judging by the key."""
    return old.type == new.type and _key(old) != _key(new) and not is_key_widened(old, new)


def is_key_widened(old: Question, new: Question) -> bool:
    """Whether every answer that was right still is, and more answers are right now."""
    if old.type != new.type or _key(old) == _key(new):
        return False
    if new.type == "fill-in":
        return set(_accepted(old)) < set(_accepted(new))
    if new.type == "numeric":
        before, after = _range(old), _range(new)
        return after[0] <= before[0] and before[1] <= after[1]
    return False


def is_scoring_changed(old: Question, new: Question) -> bool:
    """Whether the same answer may earn a different share of the score."""
    return old.type == new.type and (_scoring(old) != _scoring(new) or old.weight != new.weight)


def _key(question: Question) -> Json:
    if question.type == "fill-in":
        return sorted(_accepted(question))
    if question.type == "numeric":
        return _range(question)
    right = question.answer.get("right", question.answer.get("needed"))
    # A choice lists its letters in the order of its options; order matters only for a sequence.
    if isinstance(right, list) and question.type != "sequencing":
        return sorted(map(str, right))
    return right


def _accepted(question: Question) -> list[str]:
    accepted = question.answer.get("accepted", ())
    return [str(answer) for answer in accepted] if isinstance(accepted, list) else []


def _range(question: Question) -> tuple[Decimal, Decimal]:
    return (_bound(question, "from", "-Infinity"), _bound(question, "to", "Infinity"))


def _bound(question: Question, name: str, without: str) -> Decimal:
    try:
        bound = Decimal(str(question.answer.get(name) or without))
    except InvalidOperation:
        return Decimal(without)
    return Decimal(without) if bound.is_nan() else bound


def _scoring(question: Question) -> tuple[bool, Json]:
    return question.scored, {
        name: value for name, value in question.answer.items() if name not in _KEY | _NOT_JUDGED
    }
