"""Describes a saved response in words (docs/state.md, "Responses")."""

from __future__ import annotations

from builder.course.questions import TYPES
from builder.course.questions.reflection import is_discarded
from builder.package.outline import Question


def describe(question: Question, response: str) -> str:
    """Describe a response in words.

    An earlier version of the question may have left an id that the question no longer has: such an
    id is marked as retired or unknown. Free text, and a response to an unknown type, is returned as
    it is.
    """
    if not response:
        return "nothing"
    kind = TYPES.get(question.type)
    return kind.describe(question, response) if kind else response


def is_private(question: Question, response: str) -> bool:
    """Whether a response is text that the trainee typed."""
    kind = TYPES.get(question.type)
    typed = kind is not None and kind.typed
    return typed and bool(response) and not is_discarded(question, response)
