"""Checks that an answer key is valid for its question's type (``builder.course.questions``)."""

from __future__ import annotations

from builder.course.questions import TYPES
from builder.package.outline.model import Question


def fits(question: Question) -> bool:
    """Whether the answer key of a question fits its type and the ids of its options and items.

    A question that is not scored although its type has right answers has no right answer yet, so
    its key fits. Any key of an unknown type fits.
    """
    if any(len(set(ids)) < len(ids) for ids in (question.options, question.items)):
        return False
    kind = TYPES.get(question.type)
    is_undecided = kind is not None and kind.judged and not question.scored
    return kind is None or is_undecided or kind.is_valid_key(question)
