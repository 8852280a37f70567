"""Selects the answers of a quiz attempt that the quiz still asks for (the player's
``state/drawing.ts``)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from builder.course.state import State
from builder.package.outline import Page
from builder.updating.trainee.shuffle import shuffled


def still_asked(page: Page, state: State, answered: AbstractSet[str]) -> frozenset[str]:
    """The questions of ``answered`` that the attempt at this page's quiz still asks, by id.

    As in the player's ``attemptOf``: all fixed questions, and of each draw as many as it has room
    for.
    """
    rules, quiz = page.rules, state.quizzes.get(page.key)
    if rules is None or quiz is None:
        return frozenset()
    stay = answered & {*rules.fixed}
    for draw in rules.draws:
        pile = answered & {*draw.questions}
        if len(pile) > draw.count:
            own = f"{state.attempt} {page.key}"
            seed = own if rules.retake == "wrong" else f"{own} {quiz.attempts}"
            pile = {*shuffled(pile, seed)[: draw.count]}
        stay |= pile
    return frozenset(stay)
