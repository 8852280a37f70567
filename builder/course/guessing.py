"""Computes the chance of passing a test by answers at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import comb

from builder.course.questions import TYPES, Question
from builder.course.questions.question_type import FULL
from builder.course.test_out import tries

LIKELY = 0.05
"""The highest chance to pass by answers at random that a test should give."""

_MOST_ASKED = 30
"""Maximum number of questions for which ``advise`` computes the chance."""

_Kind = tuple[int, tuple[tuple[int, float], ...]]
"""The weight of a question, in hundredths, and the chances of its credits."""

_Sums = Mapping[int, float]
"""The chance of each sum of credits times weights."""


def chance_to_pass(pool: Iterable[Question], count: int, pass_mark: int, times: int) -> float:
    """The chance, from 0 to 1, that answers at random pass at least one of ``times`` tests, each of
    which asks other ``count`` questions of ``pool``. ``pass_mark`` is in percent.

    A test asks questions of the pool at random, so that this is the mean over all tests. It leaves
    out that for questions of different types, the tests of one trainee depend on each other: where
    the result is about 0.05, the difference is less than 0.002.
    """
    once = _chance_of_one_test(list(pool), count, pass_mark)
    return 1 - (1 - once) ** times


def advise(pool: Sequence[Question], count: int, pass_mark: int, attempts: int) -> int | None:
    """The smallest number of questions above ``count`` with which a test is not likely to be passed
    by answers at random; ``None`` if there are too few questions for any."""
    for more in range(count + 1, min(len(pool), _MOST_ASKED) + 1):
        chance = chance_to_pass(pool, more, pass_mark, tries(len(pool), more, attempts))
        if chance <= LIKELY:
            return more
    return None


def in_words(chance: float) -> str:
    """A chance as a share of people, such as “58 of 100 people”."""
    people = max(round(chance * 100), 6 if chance > LIKELY else 0)
    return f"{people} of 100 people"


def _chance_of_one_test(pool: Sequence[Question], count: int, pass_mark: int) -> float:
    # By number of questions drawn, their weight, and what they earn: the ways to get there.
    ways: dict[tuple[int, int, int], float] = {(0, 0, 0): 1}
    for (weight, guess), members in Counter(map(_kind, pool)).items():
        earned = _earned(weight, guess, min(members, count))
        after: dict[tuple[int, int, int], float] = {}
        for (drawn, possible, before), number in ways.items():
            for more, sums in enumerate(earned[: count - drawn + 1]):
                draws = number * comb(members, more)
                for some, chance in sums.items():
                    at = (drawn + more, possible + more * weight, before + some)
                    after[at] = after.get(at, 0) + draws * chance
        ways = after
    passing = sum(
        number
        for (drawn, possible, earned_in_all), number in ways.items()
        if drawn == count and _reaches(earned_in_all, possible, pass_mark)
    )
    return passing / comb(len(pool), count)


def _kind(question: Question) -> _Kind:
    guess = TYPES[question.type].guess(question)
    return round(question.weight * 100), tuple(sorted(guess.items()))


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
