"""Counts the answers to one question, and computes its figures from the counts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.results import statistics
from builder.results.model import Result
from builder.results.packages import Asked

Entry = tuple[int, str, Result, float | None, Result]
"""An answer: the index of the person's groups, the response, its result, the person's share of the
rest of the quiz (``None`` outside quizzes), and the result of the last answer."""

CHOSEN_TYPES = frozenset({"choice", "true-false", "likert", "performance", "matching"})
"""Types of questions with options that can be counted one by one."""


def chosen(response: str) -> frozenset[str]:
    """The ids of the options in a response, or the pairs of ids (``1.b``)."""
    return frozenset(part.strip() for part in response.strip("{}").split(",") if part.strip())


@dataclass(slots=True)
class Tally:
    """How often each answer to a question was given, and the seconds that answers took, where they
    are known. ``versions`` has the version of each group of people, if there are several."""

    asked: Asked
    entries: Counter[Entry] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    versions: Mapping[int, Hashable] = field(default_factory=dict)

    @property
    def people(self) -> int:
        return sum(self.entries.values())

    def of(self, groups: Collection[int]) -> Tally:
        """The answers of people in these groups only."""
        found = {one: times for one, times in self.entries.items() if one[0] in groups}
        return Tally(self.asked, Counter(found), versions=self.versions)

    def facility(self) -> float | None:
        """The mean share of the weight that first answers earned."""
        return _mean((result, times) for (_, _, result, _, _), times in self.entries.items())

    def last_facility(self) -> float | None:
        """The same for the last answers."""
        return _mean((last, times) for (*_, last), times in self.entries.items())

    def again(self) -> int:
        """How many people answered again."""
        return sum(times for (_, _, first, _, last), times in self.entries.items() if last != first)

    def pairs(self, option: str | None = None) -> Counter[tuple[float, float]]:
        """The people by their score of this question and of the rest. With an option, by whether
        they chose it (1 or 0) instead of the score.

        People of several versions are compared within their version: both scores are given as
        differences from its means. Otherwise a question that became harder would seem to say
        little about people.
        """
        by_version: dict[Hashable, Counter[tuple[float, float]]] = defaultdict(Counter)
        for (group, response, result, rest, _), times in self.entries.items():
            if result is not None and rest is not None:
                value = result if option is None else float(option in chosen(response))
                by_version[self.versions.get(group)][value, rest] += times
        if len(by_version) < 2:
            return next(iter(by_version.values()), Counter())
        found: Counter[tuple[float, float]] = Counter()
        for pairs in by_version.values():
            people = pairs.total()
            middle_x = math.fsum(x * times for (x, _), times in pairs.items()) / people
            middle_y = math.fsum(y * times for (_, y), times in pairs.items()) / people
            for (x, y), times in pairs.items():
                found[round(x - middle_x, 6), round(y - middle_y, 6)] += times
        return found

    def counts(self, rests: tuple[float, float] | None = None) -> Counter[str]:
        """How many people chose each option; with ``rests``, only those whose share of the rest is
        between these two."""
        found: Counter[str] = Counter()
        for (_, response, _, rest, _), times in self.entries.items():
            if rests is None or (rest is not None and rests[0] <= rest <= rests[1]):
                for option in chosen(response):
                    found[option] += times
        return found

    def halves(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """The shares of the rest of the lower and of the upper half of the people: halves as equal
        as ties allow. ``None`` if all have the same share."""
        rests: Counter[float] = Counter()
        for (_, _, _, rest, _), times in self.entries.items():
            if rest is not None:
                rests[rest] += times
        values = sorted(rests)
        if len(values) < 2:
            return None
        whole, below = sum(rests.values()), 0
        best = (math.inf, 0)
        for at, value in enumerate(values[:-1]):
            below += rests[value]
            best = min(best, (abs(whole - 2 * below), at))
        at = best[1]
        return (values[0], values[at]), (values[at + 1], values[-1])

    def size(self, rests: tuple[float, float]) -> int:
        """How many people have a share of the rest from the least to the greatest of ``rests``."""
        return sum(
            times
            for (_, _, _, rest, _), times in self.entries.items()
            if rest is not None and rests[0] <= rest <= rests[1]
        )

    def compared_with_rest(self) -> list[float]:
        """For each person, the score of this question minus the share of the rest."""
        return [
            result - rest
            for (_, _, result, rest, _), times in self.entries.items()
            if result is not None and rest is not None
            for _ in range(times)
        ]

    def discrimination(self) -> float | None:
        return statistics.correlation(self.pairs())

    def efficiency(self) -> float | None:
        return statistics.efficiency(self.pairs())


def _mean(values: Iterator[tuple[Result, int]]) -> float | None:
    found = [(value, times) for value, times in values if value is not None]
    people = sum(times for _, times in found)
    return math.fsum(value * times for value, times in found) / people if people else None
