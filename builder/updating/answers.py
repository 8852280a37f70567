"""Describes a saved response in words (docs/state.md, "Responses")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from builder.package.outline import Question

TYPED = frozenset({"fill-in", "reflection"})
"""Question types whose response is free text, which is shown only on request."""
PRIVATE = "x"
"""The saved response to a reflection whose text is not kept."""
_DASH = " – "


def describe(question: Question, response: str) -> str:
    """Describe a response in words.

    An earlier version of the question may have left an id that the question no longer has: such an
    id is marked as retired or unknown. Free text is returned as it is.
    """
    if not response:
        return "nothing"
    return _DESCRIBERS.get(question.type, _unchanged)(question, response)


def is_private(question: Question, response: str) -> bool:
    """Whether a response is text that the trainee typed."""
    return question.type in TYPED and bool(response) and not _is_text_discarded(question, response)


def _is_text_discarded(question: Question, response: str) -> bool:
    return question.answer.get("kept") is False and response == PRIVATE


def _option_text(question: Question, identifier: str) -> str:
    if identifier in question.texts:
        return " ".join(question.texts[identifier].split())
    known = "retired" if identifier in question.retired else "not in this course"
    return f"“{identifier}” ({known})"


def _describe_choices(question: Question, response: str) -> str:
    return "; ".join(_option_text(question, part) for part in response)


def _describe_sequence(question: Question, response: str) -> str:
    return "; ".join(f"{at}. {_option_text(question, part)}" for at, part in enumerate(response, 1))


def _pairs(response: str) -> Iterator[str]:
    return (response[at : at + 2] for at in range(0, len(response), 2))


def _describe_matching(question: Question, response: str) -> str:
    return "; ".join(
        _DASH.join(_option_text(question, letter) for letter in pair) for pair in _pairs(response)
    )


def _describe_ratings(question: Question, response: str) -> str:
    return (_describe_matching if question.items else _describe_choices)(question, response)


def _describe_number(question: Question, response: str) -> str:
    unit = question.answer.get("unit")
    return f"{response} {unit}" if isinstance(unit, str) and unit else response


def _describe_reflection(question: Question, response: str) -> str:
    return (
        "an answer whose text is not kept" if _is_text_discarded(question, response) else response
    )


def _unchanged(question: Question, response: str) -> str:
    return response


_DESCRIBERS: Mapping[str, Callable[[Question, str], str]] = {
    "true-false": _describe_choices,
    "choice": _describe_choices,
    "performance": _describe_choices,
    "matching": _describe_matching,
    "sequencing": _describe_sequence,
    "likert": _describe_ratings,
    "numeric": _describe_number,
    "fill-in": _unchanged,
    "reflection": _describe_reflection,
}
