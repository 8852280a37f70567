"""Computes the chance of passing a test by answers at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import comb

from builder.course.model import Draw
from builder.course.questions import TYPES, Question
from builder.course.questions.question_type import FULL

LIKELY = 0.05
"""The highest chance to pass by answers at random that a test should give."""

_Kind = tuple[int, tuple[tuple[int, float], ...]]
"""The weight of a question, in hundredths, and the chances of its credits."""

_Sums = Mapping[int, float]
"""The chance of each sum of credits times weights."""

_Outcomes = Mapping[tuple[int, int], float]
"""The chance of each outcome: what can be earned, and what is."""


def chance_to_pass(draws: Iterable[Draw], pass_mark: int, times: int) -> float:
    """The chance, from 0 to 1, that answers at random pass at least one of ``times`` tests, each of
    which asks other questions of these draws. ``pass_mark`` is in percent.

    A test asks questions of a draw at random, so that this is the mean over all tests. It leaves
    out that for questions of different types, the tests of one trainee depend on each other: where
    the result is about 0.05, the difference is less than 0.002.
    """
    outcomes: _Outcomes = {(0, 0): 1}
    for draw in draws:
        kinds = tuple(sorted(Counter(map(_kind, draw.questions)).items()))
        outcomes = _both(outcomes, _of_draw(kinds, draw.count))
    once = sum(
        chance
        for (possible, earned), chance in outcomes.items()
        if possible and _reaches(earned, possible, pass_mark)
    )
    return 1 - (1 - once) ** times


def in_words(chance: float) -> str:
    """A chance as a share of people, such as “58 of 100 people”."""
    people = max(round(chance * 100), 6 if chance > LIKELY else 0)
    return f"{people} of 100 people"


def _both(some: _Outcomes, others: _Outcomes) -> _Outcomes:
    """What two draws earn together."""
    found: dict[tuple[int, int], float] = {}
    for (possible, earned), chance in some.items():
        for (more, also), own in others.items():
            at = (possible + more, earned + also)
            found[at] = found.get(at, 0) + chance * own
    return found


@lru_cache(maxsize=256)
def _of_draw(kinds: Sequence[tuple[_Kind, int]], count: int) -> _Outcomes:
    """What ``count`` questions earn that are drawn from as many of each kind."""
    # By number of questions drawn, their weight, and what they earn: the ways to get there.
    ways: dict[tuple[int, int, int], float] = {(0, 0, 0): 1}
    for (weight, guess), members in kinds:
        earned = _earned(weight, guess, min(members, count))
        after: dict[tuple[int, int, int], float] = {}
        for (drawn, possible, before), number in ways.items():
            for more, sums in enumerate(earned[: count - drawn + 1]):
                draws = number * comb(members, more)
                for some, chance in sums.items():
                    at = (drawn + more, possible + more * weight, before + some)
                    after[at] = after.get(at, 0) + draws * chance
        ways = after
    all_ways = comb(sum(members for _, members in kinds), count)
    return {
        (possible, earned_in_all): number / all_ways
        for (drawn, possible, earned_in_all), number in ways.items()
        if drawn == count
    }


def _kind(question: Question) -> _Kind:
    guess = TYPES[question.type].guess(question)
    weight = round(question.weight * 100) if question.scored else 0
    return weight, tuple(sorted(guess.items()))


def _earned(weight: int, guess: Iterable[tuple[int, float]], most: int) -> list[_Sums]:
    """What 0, 1, … ``most`` questions of one kind earn together."""
    credits = dict(guess)
    credits[0] = max(1 - sum(credits.values()), 0)
    every: list[_Sums] = [{0: 1}]
    for _ in range(most):
        sums: dict[int, float] = {}
        for before, chance in every[-1].items():
            for credit, own in credits.items():
                earned = before + weight * credit
                sums[earned] = sums.get(earned, 0) + chance * own
        every.append(sums)
    return every


def _reaches(earned: int, possible: int, pass_mark: int) -> bool:
    """Whether the score, rounded as in the player, reaches the mark."""
    return (2 * earned + possible) // (2 * possible) >= pass_mark * FULL // 100
