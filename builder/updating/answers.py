"""Describes a trainee's saved response to a question in words (docs/state.md, "Responses")."""

from __future__ import annotations

from builder.course.questions import TYPES
from builder.course.questions.reflection import is_discarded
from builder.package.outline import Question


def describe(question: Question, response: str) -> str:
    """Describe a trainee's response in words, such as the texts of the chosen options.

    A response to an earlier version of the question may contain an option's id that the question no
    longer has; it is marked as retired or unknown. Free text, and a response to an unknown type of
    question, is returned unchanged.
    """
    if not response:
        return "nothing"
    kind = TYPES.get(question.type)
    if question.type == "fill-in":
        # A typed answer in a translation ends with its language.
        text, _, tag = response.partition("\n")
        return f"{text} ({tag})" if tag else text
    return kind.describe(question, response) if kind else response


def is_private(question: Question, response: str) -> bool:
    """Whether a response is text that the trainee typed."""
    kind = TYPES.get(question.type)
    typed = kind is not None and kind.typed
    return typed and bool(response) and not is_discarded(question, response)
