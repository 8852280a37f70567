"""Computes the figures of each quiz, with small groups pooled."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from builder.base.immutable import immutable
from builder.results import statistics
from builder.results.figures import TOO_FEW
from builder.results.grouping import SPLITS, Groups, score, weights_by_package
from builder.results.joining import Joined, Sitting
from builder.results.privacy import SMALLEST, Atom, pooled

MARKS = (50, 60, 70, 80, 90, 100)
"""The marks for which pass rates are shown, with the present one."""


@immutable
class QuizGroup:
    """The figures of a quiz for the people of one group; ``mean`` and ``passed`` are shares.
    ``alpha`` is Cronbach's alpha, only for versions."""

    split: str
    name: str
    people: int
    mean: float
    passed: float
    alpha: float | None


@immutable
class QuizFigures:
    """The figures of a quiz, from the first round of each person who finished one.

    ``bins`` counts people by their score: below 10 %, below 20 %, …, from 90 %. ``marks`` has the
    share of people who would pass at each mark. ``alpha`` is Cronbach's alpha of the questions of
    the version ``alpha_of``, ``alpha_people`` the number of people that it is made from.
    ``questions`` is the number of questions of a round, ``minutes`` the median time of attempts.
    """

    id: str
    title: str
    people: int
    mean: float
    bins: tuple[int, ...]
    pass_mark: int
    marks: Mapping[int, float]
    alpha: float | None
    alpha_of: str
    alpha_people: int
    questions: int
    minutes: float | None
    timed: int
    planned_minutes: int
    groups: tuple[QuizGroup, ...]


def quiz_figures(joined: Joined) -> list[QuizFigures]:
    """Compute the figures of every quiz that at least five people finished."""
    weights = weights_by_package(joined)
    found = []
    for page, sittings in joined.quizzes.items():
        scored = []
        for one in sittings:
            total, whole = score(one, weights[one.versions[-1]])
            if whole:
                scored.append((one, total / whole))
        if len(scored) >= SMALLEST:
            found.append(_quiz(joined, page, scored, weights))
    return found


def _quiz(
    joined: Joined,
    page_id: str,
    scored: Sequence[tuple[Sitting, float]],
    weights: Sequence[Mapping[str, float]],
) -> QuizFigures:
    package = next(one for one in reversed(joined.packages) if page_id in one.quizzes)
    quiz = package.quizzes[page_id]
    assert quiz.page.rules is not None
    mark = int(quiz.page.rules.pass_mark)
    shares = [share for _, share in scored]
    bins = Counter(min(int(share * 10 + 1e-9), 9) for share in shares)
    minutes = [one.minutes for one, _ in scored if one.minutes is not None]
    groups = tuple(_quiz_groups(joined, scored, mark, weights))
    label, people, alpha = _headline_alpha(joined, scored, weights)
    return QuizFigures(
        id=page_id,
        title=quiz.page.title,
        people=len(scored),
        mean=math.fsum(shares) / len(shares),
        bins=tuple(bins[at] for at in range(10)),
        pass_mark=mark,
        marks={one: _passed(shares, one) for one in sorted({*MARKS, mark})},
        alpha=alpha,
        alpha_of=label,
        alpha_people=people,
        questions=len(quiz.fixed) + quiz.drawn,
        minutes=statistics.median(minutes),
        timed=len(minutes),
        planned_minutes=quiz.page.minutes,
        groups=groups,
    )


def _passed(shares: Sequence[float], mark: int) -> float:
    # Scores are compared in hundredths of a percent, as the player does.
    return sum(round(share * 10_000) >= mark * 100 for share in shares) / len(shares)


def _headline_alpha(
    joined: Joined, scored: Sequence[tuple[Sitting, float]], weights: Sequence[Mapping[str, float]]
) -> tuple[str, int, float | None]:
    """Cronbach's alpha for the newest version that enough people answered: the version, the people
    and alpha."""
    by_version: dict[tuple[int, ...], list[Sitting]] = defaultdict(list)
    for one, _ in scored:
        by_version[one.versions].append(one)
    for versions in sorted(by_version, reverse=True):
        sittings = by_version[versions]
        label = " or ".join(joined.packages[at].label for at in versions)
        if len(sittings) >= TOO_FEW:
            return label, len(sittings), _alpha(sittings, weights[versions[-1]])
    return "", 0, None


def _alpha(sittings: Sequence[Sitting], weights: Mapping[str, float]) -> float | None:
    """Cronbach's alpha; ``None`` if people were asked different questions."""
    ids = frozenset(one.interaction for one in sittings[0].answers if one.result is not None)
    columns: dict[str, list[float]] = {name: [] for name in ids}
    for sitting in sittings:
        judged = [one for one in sitting.answers if one.result is not None]
        if len(judged) != len(ids) or any(one.interaction not in ids for one in judged):
            return None
        for one in judged:
            columns[one.interaction].append(weights[one.interaction] * (one.result or 0.0))
    return statistics.alpha([columns[name] for name in sorted(columns)])


def _quiz_groups(
    joined: Joined,
    scored: Sequence[tuple[Sitting, float]],
    mark: int,
    weights: Sequence[Mapping[str, float]],
) -> Iterator[QuizGroup]:
    groups = Groups(joined)
    indices = [groups.index(one) for one, _ in scored]
    people: Counter[Atom] = Counter()
    for at in indices:
        people[groups.atoms[at][1]] += 1
    shown = pooled(people, len(SPLITS))
    for at, (split, names) in enumerate(zip(SPLITS, shown, strict=True)):
        members: dict[str, list[tuple[Sitting, float]]] = defaultdict(list)
        for index, one in zip(indices, scored, strict=True):
            if names:
                members[names[groups.atoms[index][1][at]]].append(one)
        for name in sorted(members):
            shares = [share for _, share in members[name]]
            sittings = [one for one, _ in members[name]]
            yield QuizGroup(
                split,
                name,
                len(shares),
                math.fsum(shares) / len(shares),
                _passed(shares, mark),
                _alpha(sittings, weights[sittings[0].versions[-1]]) if split == "version" else None,
            )
