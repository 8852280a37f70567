"""Selects which answers of a quiz attempt still belong to questions that the quiz asks (the
player's ``state/drawing.ts`` and ``state/shuffle.ts``)."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from builder.course.state import State
from builder.package.outline import Page

_BITS = 0xFFFF_FFFF


def _hash(text: str) -> int:
    """Hash a text to 32 bits, as the player does: FNV-1a over UTF-16 units, then the final mixing
    of MurmurHash3."""
    units = text.encode("utf-16-le", "surrogatepass")
    bits = 0x811C_9DC5
    for at in range(0, len(units), 2):
        bits = (bits ^ (units[at] | units[at + 1] << 8)) * 0x0100_0193 & _BITS
    bits = (bits ^ bits >> 16) * 0x85EB_CA6B & _BITS
    bits = (bits ^ bits >> 13) * 0xC2B2_AE35 & _BITS
    return bits ^ bits >> 16


def shuffled(names: Iterable[str], seed: str) -> list[str]:
    """Return the names (ASCII ids) in an order that depends only on the seed."""
    return sorted(names, key=lambda name: (_hash(f"{seed} {name}"), name))


def still_asked(page: Page, state: State, answered: AbstractSet[str]) -> frozenset[str]:
    """The ids in ``answered`` of the questions that the current attempt at the quiz of ``page``
    still asks. ``answered`` are the ids of questions that were answered in the attempt.

    As in the player's ``attemptOf``, these are all fixed questions, and from each draw at most as
    many questions as the draw asks; a test-out keeps all of them.
    """
    rules, quiz = page.rules, state.quizzes.get(page.key)
    if rules is None or quiz is None:
        return frozenset()
    stay = answered & {*rules.fixed}
    for draw in rules.draws:
        pile = answered & {*draw.questions}
        if len(pile) > draw.count and not page.covers:
            own = f"{state.attempt} {page.key}"
            seed = own if rules.retake == "wrong" else f"{own} {quiz.attempts}"
            pile = {*shuffled(pile, seed)[: draw.count]}
        stay |= pile
    return frozenset(stay)
