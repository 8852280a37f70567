"""Removes typed answers that the course no longer keeps (the player's
``state/private-words.ts``)."""

from __future__ import annotations

from dataclasses import replace

from builder.course.questions.reflection import DISCARDED
from builder.course.state import CheckState, QuizState


def forget_words(checks: dict[str, CheckState], quizzes: dict[str, QuizState], key: str) -> None:
    """Remove the text of every answer to the question with this key, in place.

    An answer that was typed but not submitted is removed completely.
    """
    check = checks.get(key)
    if check and check.response:
        checks[key] = replace(check, response=DISCARDED)
        if not check.tries and check.response != DISCARDED:
            del checks[key]
    for name, quiz in quizzes.items():
        if quiz.answers.get(key):
            quizzes[name] = replace(quiz, answers={**quiz.answers, key: DISCARDED})
