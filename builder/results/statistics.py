"""The statistics of questions and quizzes (docs/results.md#the-figures names their sources)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from random import Random

Pairs = Mapping[tuple[float, float], int]
"""How many people have each pair of a question's score and the score of the rest of the quiz."""

RESAMPLES = 400
_MOST_CELLS = 400
"""Maximum number of different pairs that are resampled; more are rounded together."""
_SMALL = 12.0
"""Up to this expected count, a Poisson number is drawn exactly; above, from a normal
distribution."""


def mean(values: Iterable[float]) -> float | None:
    """The mean; ``None`` without values."""
    found = list(values)
    return math.fsum(found) / len(found) if found else None


def correlation(pairs: Pairs) -> float | None:
    """The correlation of a question's score with the rest: its discrimination, as a share of 1.
    ``None`` if one of them does not vary."""
    n = sum(pairs.values())
    if n < 2:
        return None
    mean_x = math.fsum(x * times for (x, _), times in pairs.items()) / n
    mean_y = math.fsum(y * times for (_, y), times in pairs.items()) / n
    xx = math.fsum((x - mean_x) ** 2 * times for (x, _), times in pairs.items())
    yy = math.fsum((y - mean_y) ** 2 * times for (_, y), times in pairs.items())
    xy = math.fsum((x - mean_x) * (y - mean_y) * times for (x, y), times in pairs.items())
    if xx <= 1e-12 * n or yy <= 1e-12 * n:
        return None
    return xy / math.sqrt(xx * yy)


def efficiency(pairs: Pairs) -> float | None:
    """The discrimination as a share of the greatest that these scores could have: the covariance
    divided by that of both scores in order."""
    n = sum(pairs.values())
    if n < 2 or correlation(pairs) is None:
        return None
    mean_x = math.fsum(x * times for (x, _), times in pairs.items()) / n
    mean_y = math.fsum(y * times for (_, y), times in pairs.items()) / n
    actual = math.fsum((x - mean_x) * (y - mean_y) * times for (x, y), times in pairs.items())
    xs = sorted(Counter(x for (x, _), times in pairs.items() for _ in range(times)).elements())
    ys = sorted(Counter(y for (_, y), times in pairs.items() for _ in range(times)).elements())
    most = math.fsum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return actual / most if most > 1e-12 else None


def interval(pairs: Pairs, seed: str) -> tuple[float, float] | None:
    """The 95 % bootstrap interval of the discrimination: its range if other people like these had
    answered. ``None`` if it cannot be computed.

    Each pair is drawn a Poisson number of times, so that the work does not grow with the number of
    people (Chamandy and others 2012). The same ``seed`` gives the same interval.
    """
    # The order in which people are counted must not matter.
    cells = dict(sorted(_rounded(pairs).items()))
    random = Random(int.from_bytes(sha256(seed.encode()).digest()[:8]))
    found = []
    for _ in range(RESAMPLES):
        drawn = {cell: poisson(random, times) for cell, times in cells.items()}
        value = correlation(drawn)
        if value is not None:
            found.append(value)
    if len(found) < RESAMPLES / 2:
        return None
    found.sort()
    return found[round(0.025 * (len(found) - 1))], found[round(0.975 * (len(found) - 1))]


def _rounded(pairs: Pairs) -> Pairs:
    digits = 6
    while len(pairs) > _MOST_CELLS and digits > 0:
        digits -= 1
        rounded: Counter[tuple[float, float]] = Counter()
        for (x, y), times in pairs.items():
            rounded[round(x, min(digits, 2)), round(y, digits)] += times
        pairs = rounded
    return pairs


def poisson(random: Random, expected: float) -> int:
    """Draw a number of a Poisson distribution."""
    if expected > _SMALL:
        return max(0, round(random.gauss(expected, math.sqrt(expected))))
    limit, product, number = math.exp(-expected), random.random(), 0
    while product > limit:
        product *= random.random()
        number += 1
    return number


def wilson(successes: float, people: int, z: float) -> tuple[float, float]:
    """Wilson's bounds of a share, at ``z`` standard errors to each side."""
    if not people:
        return 0.0, 1.0
    share, square = successes / people, z * z / people
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(max(share * (1 - share), 0) / people + square / people / 4) / (1 + square)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def correlation_bounds(value: float, people: int, z: float) -> tuple[float, float]:
    """Fisher's bounds of a correlation, at ``z`` standard errors to each side."""
    if people < 4:
        return -1.0, 1.0
    middle = math.atanh(max(min(value, 0.999999), -0.999999))
    half = z / math.sqrt(people - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def difference(first: Sequence[float], second: Sequence[float]) -> tuple[float, float] | None:
    """The difference of two means and its standard error (Welch); ``None`` for fewer than two
    values."""
    if min(len(first), len(second)) < 2:
        return None
    found = []
    for values in (first, second):
        middle = math.fsum(values) / len(values)
        spread = math.fsum((one - middle) ** 2 for one in values) / (len(values) - 1)
        found.append((middle, spread / len(values)))
    return found[1][0] - found[0][0], math.sqrt(found[0][1] + found[1][1])


def alpha(scores: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of a quiz: one sequence of weighted scores for each question, with the
    people in the same order. ``None`` if nothing varies or there are fewer than two questions."""
    if len(scores) < 2 or len(scores[0]) < 2:
        return None
    totals = [math.fsum(one) for one in zip(*scores, strict=True)]
    whole = variance(totals)
    if whole <= 1e-12:
        return None
    parts = math.fsum(map(variance, scores))
    return len(scores) / (len(scores) - 1) * (1 - parts / whole)


def variance(values: Sequence[float]) -> float:
    """The sample variance."""
    middle = math.fsum(values) / len(values)
    return math.fsum((one - middle) ** 2 for one in values) / (len(values) - 1)


def median(values: Sequence[float]) -> float | None:
    """The median; ``None`` without values."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
