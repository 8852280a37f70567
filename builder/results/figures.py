"""Computes the figures of each question and quiz, with small groups pooled."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.results import statistics
from builder.results.joining import Joined, Sitting
from builder.results.model import Answer
from builder.results.packages import Asked, Package
from builder.results.privacy import SMALLEST, Atom, pooled
from builder.results.tally import CHOSEN_TYPES, Tally

TOO_FEW = 20
"""Fewer answers than these are too few for statements and intervals."""
RARE = 0.05
"""An option that a smaller share of people chose does no work (Haladyna and Downing 1993)."""
MARKS = (50, 60, 70, 80, 90, 100)
"""The marks for which pass rates are shown, with the present one."""
Split = str
SPLITS: tuple[Split, ...] = ("version", "language", "month", "report")
"""By what people are split into groups, the most important first."""
_NOW, _EARLIER = "now", "earlier"


@immutable
class OptionFigures:
    """How many people chose an option, also in the upper and in the lower half of the people.

    For questions with pairs, an option is a pair, such as ``1.b``. ``text`` is its words.
    """

    id: str
    text: str
    right: bool
    chosen: int
    upper: int
    lower: int


@immutable
class GroupFigures:
    """The figures of a question for the people of one group. ``chosen`` counts the options."""

    split: Split
    name: str
    people: int
    facility: float | None
    discrimination: float | None
    efficiency: float | None
    chosen: Mapping[str, int]


@dataclass(slots=True)
class QuestionFigures:
    """The figures of a question on a page.

    ``people`` is the number of people who answered it; below five, there are no other figures.
    ``outside`` is the number of first answers in quizzes that do not count. ``facility``,
    ``last_facility`` and ``discrimination`` are shares of 1. ``only_present_words`` is whether
    answers to earlier words of the question are left out. ``tally`` has the answers that the
    figures are made from, ``everybody`` those to earlier words too. ``versions`` has the groups
    of ``everybody`` by version, from the oldest to the newest.
    """

    asked: Asked
    in_newest: bool
    people: int
    outside: int
    facility: float | None
    last_facility: float | None
    again: int
    discrimination: float | None
    efficiency: float | None
    halves: tuple[int, int]
    options: tuple[OptionFigures, ...]
    seconds: float | None
    groups: tuple[GroupFigures, ...]
    only_present_words: bool
    doubtful: int
    tally: Tally
    everybody: Tally
    versions: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The bootstrap interval of the discrimination; ``None`` below 20 answers."""
        pairs = self.tally.pairs()
        many = sum(pairs.values()) >= TOO_FEW
        return statistics.interval(pairs, self.asked.id) if many else None


@immutable
class QuizGroup:
    """The figures of a quiz for the people of one group; ``mean`` and ``passed`` are shares.
    ``alpha`` is Cronbach's alpha, only for versions."""

    split: Split
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


@dataclass(slots=True)
class _Groups:
    """The groups of people by index, in the order in which they were met."""

    joined: Joined
    atoms: list[tuple[tuple[int, ...], Atom]] = field(default_factory=list)
    indices: dict[tuple[tuple[int, ...], tuple[str, ...], str, int], int] = field(
        default_factory=dict
    )

    def index(self, sitting: Sitting) -> int:
        key = (sitting.versions, sitting.languages, sitting.month, sitting.report)
        if key not in self.indices:
            self.indices[key] = len(self.atoms)
            packages = [self.joined.packages[at] for at in sitting.versions]
            labels = " or ".join(one.label for one in packages)
            languages = " or ".join(sitting.languages)
            report = self.joined.reports[sitting.report].name
            self.atoms.append(
                (sitting.versions, (labels, languages, sitting.month or "unknown", report))
            )
        return self.indices[key]


def question_figures(joined: Joined) -> list[QuestionFigures]:
    """Compute the figures of every question that somebody answered, in the order of the course."""
    groups = _Groups(joined)
    tallies: dict[str, Tally] = {}
    for page, sittings in joined.quizzes.items():
        _count_quiz(joined, page, sittings, groups, tallies)
    for sitting in joined.practice:
        _count_practice(joined, sitting, groups, tallies)
    newest = joined.packages[-1]
    return [
        _figures(joined, tallies[name], groups, newest) for name in joined.asked if name in tallies
    ]


def _count_quiz(
    joined: Joined,
    page: str,
    sittings: Iterable[Sitting],
    groups: _Groups,
    tallies: dict[str, Tally],
) -> None:
    asked = joined.asked
    weights = _weights(joined)
    for sitting in sittings:
        group = groups.index(sitting)
        table = weights[sitting.versions[-1]]
        total, whole = _total(sitting.answers, table)
        for one in sitting.answers:
            weight = table.get(one.interaction, 0.0) if one.result is not None else 0.0
            rest = None
            if weight and whole > weight:
                earned = total - weight * (one.result or 0.0)
                rest = round(earned / (whole - weight), 6)
            _add(tallies, asked, sitting, one, group, rest)


def _weights(joined: Joined) -> list[dict[str, float]]:
    return [
        {name: one.question.weight if one.judged else 0.0 for name, one in package.asked.items()}
        for package in joined.packages
    ]


def _total(answers: Iterable[Answer], weights: Mapping[str, float]) -> tuple[float, float]:
    """The score of a round, and the best possible one."""
    total = whole = 0.0
    for one in answers:
        if one.result is not None:
            weight = weights.get(one.interaction, 0.0)
            total += weight * one.result
            whole += weight
    return total, whole


def _count_practice(
    joined: Joined, sitting: Sitting, groups: _Groups, tallies: dict[str, Tally]
) -> None:
    asked = joined.asked
    group = groups.index(sitting)
    for one in sitting.answers:
        # Nothing is right or wrong in a scale, so that the last answer counts.
        shown = one if asked[one.interaction].judged else sitting.last.get(one.interaction, one)
        _add(tallies, asked, sitting, shown, group, None)


def _add(
    tallies: dict[str, Tally],
    asked: Mapping[str, Asked],
    sitting: Sitting,
    answer: Answer,
    group: int,
    rest: float | None,
) -> None:
    tally = tallies.get(answer.interaction)
    if tally is None:
        tally = tallies[answer.interaction] = Tally(asked[answer.interaction])
    last = sitting.last.get(answer.interaction, answer)
    tally.entries[group, answer.response, answer.result, rest, last.result] += 1
    if answer.seconds is not None:
        tally.seconds.append(answer.seconds)


def _figures(joined: Joined, tally: Tally, groups: _Groups, newest: Package) -> QuestionFigures:
    asked = tally.asked
    same = _same_words(joined.packages, asked)
    met = sorted({entry[0] for entry in tally.entries})
    sizes: Counter[int] = Counter()
    for entry, times in tally.entries.items():
        sizes[entry[0]] += times
    atoms = {at: (_NOW if same.issuperset(groups.atoms[at][0]) else _EARLIER,) for at in met}
    wide = {at: (*atoms[at], *groups.atoms[at][1]) for at in met}
    people: Counter[Atom] = Counter()
    for at in met:
        people[wide[at]] += sizes[at]
    shown = pooled(people, 1 + len(SPLITS))
    present = [at for at in met if atoms[at] == (_NOW,)]
    # Figures of the present words are separate only if nobody stands out in them.
    only_present = bool(present) and (len(present) == len(met) or bool(shown[0]))
    main = tally.of(present) if only_present else tally
    main.seconds = tally.seconds
    people_counted = main.people
    if people_counted < SMALLEST:
        # Even the figures of all would be those of a few people.
        main, tally, met = Tally(asked), Tally(asked), []
    halves = main.halves()
    return QuestionFigures(
        asked=asked,
        in_newest=asked.id in newest.asked,
        people=people_counted,
        outside=joined.outside[asked.id],
        facility=main.facility() if asked.judged else None,
        last_facility=main.last_facility() if asked.judged else None,
        again=main.again(),
        discrimination=main.discrimination(),
        efficiency=main.efficiency(),
        halves=(main.size(halves[1]), main.size(halves[0])) if halves else (0, 0),
        options=tuple(_options(main)) if main.entries else (),
        seconds=statistics.median(tally.seconds),
        groups=tuple(_groups(tally, wide, shown[1:])) if met else (),
        only_present_words=only_present and len(present) < len(met),
        doubtful=joined.doubtful[asked.id],
        tally=main,
        everybody=tally,
        versions=_by_version(groups, met, shown[1]),
    )


def _by_version(
    groups: _Groups, met: Sequence[int], names: Mapping[str, str]
) -> dict[str, frozenset[int]]:
    """The indices of groups by the name under which their version is shown, from the oldest to the
    newest."""
    found: dict[str, set[int]] = defaultdict(set)
    for at in sorted(met, key=lambda at: groups.atoms[at][0]) if names else ():
        found[names[groups.atoms[at][1][0]]].add(at)
    return {name: frozenset(indices) for name, indices in found.items()}


def _same_words(packages: Sequence[Package], asked: Asked) -> frozenset[int]:
    """The indices of the packages that ask the question in the present words."""
    present = asked.question
    return frozenset(
        at
        for at, package in enumerate(packages)
        if (one := package.asked.get(asked.id))
        and (one.question.wording, one.question.fingerprint)
        == (present.wording, present.fingerprint)
    )


def _options(tally: Tally) -> Iterator[OptionFigures]:
    question = tally.asked.question
    if question.type not in CHOSEN_TYPES:
        return
    halves = tally.halves()
    counts = tally.counts()
    lower = tally.counts(halves[0]) if halves else Counter[str]()
    upper = tally.counts(halves[1]) if halves else Counter[str]()
    known = dict(_known_options(tally.asked))
    others = [one for one in counts if one not in known]
    for name in (*known, *sorted(others)):
        text, right = known.get(name, ("not in this version", False))
        yield OptionFigures(name, text, right, counts[name], upper[name], lower[name])


def _known_options(asked: Asked) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield the options of a question, or its pairs: id, words, and whether it is right."""
    question = asked.question
    texts = {name: " ".join(text.split()) for name, text in question.texts.items()}
    if question.type == "matching":
        for item in question.items:
            for option in question.options:
                words = f"{texts.get(item, item)} – {texts.get(option, option)}"
                yield f"{item}.{option}", (words, question.answer["right"].get(item) == option)
        return
    right = question.answer.get("right", ())
    steps = question.options or question.items
    for name in steps:
        yield name, (texts.get(name, name), asked.judged and name in right)


def _groups(
    tally: Tally, atoms: Mapping[int, Atom], shown: Sequence[Mapping[str, str]]
) -> Iterator[GroupFigures]:
    for at, (split, names) in enumerate(zip(SPLITS, shown, strict=True), start=1):
        members: dict[str, set[int]] = defaultdict(set)
        for index, atom in atoms.items():
            if names:
                members[names[atom[at]]].add(index)
        for name in sorted(members):
            group = tally.of(members[name])
            chosen = group.counts() if tally.asked.question.type in CHOSEN_TYPES else {}
            yield GroupFigures(
                split,
                name,
                group.people,
                group.facility() if tally.asked.judged else None,
                group.discrimination(),
                group.efficiency(),
                dict(sorted(chosen.items())),
            )


def quiz_figures(joined: Joined) -> list[QuizFigures]:
    """Compute the figures of every quiz that at least five people finished."""
    weights = _weights(joined)
    found = []
    for page, sittings in joined.quizzes.items():
        scored = []
        for one in sittings:
            total, whole = _total(one.answers, weights[one.versions[-1]])
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
    groups = _Groups(joined)
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
