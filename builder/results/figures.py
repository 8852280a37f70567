"""Computes the figures of each question, with small groups pooled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.results import statistics
from builder.results.grouping import SPLITS, Groups, score, weights_by_package
from builder.results.joining import Joined, Sitting
from builder.results.model import Answer
from builder.results.packages import Asked, Package
from builder.results.privacy import SMALLEST, Atom, pooled
from builder.results.tally import CHOSEN_TYPES, Tally

TOO_FEW = 20
"""Fewer answers than these are too few for statements and intervals."""
FEW = 10
"""Fewer answers than these are too few even for a hint."""
RARE = 0.05
"""An option that a smaller share of people chose does no work (Haladyna and Downing 1993)."""
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

    split: str
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
    answers to earlier words of the question are left out, ``only_earlier_words`` whether no answer
    is known to be to the present ones. ``tally`` has the answers that the figures are made from,
    ``everybody`` those to earlier words too. ``versions`` has the groups of ``everybody`` by
    version, from the oldest to the newest.
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
    only_earlier_words: bool
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


def question_figures(joined: Joined) -> list[QuestionFigures]:
    """Compute the figures of every question that somebody answered, in the order of the course."""
    groups = Groups(joined)
    tallies: dict[str, Tally] = {}
    for sittings in joined.quizzes.values():
        _count_quiz(joined, sittings, groups, tallies)
    for sitting in joined.practice:
        _count_practice(joined, sitting, groups, tallies)
    newest = joined.packages[-1]
    return [
        _figures(joined, tallies[name], groups, newest) for name in joined.asked if name in tallies
    ]


def _count_quiz(
    joined: Joined,
    sittings: Iterable[Sitting],
    groups: Groups,
    tallies: dict[str, Tally],
) -> None:
    weights = weights_by_package(joined)
    # Equal answers are usually one object, so that counting objects is faster than counting values.
    counts: dict[tuple[int, int, float, float], Counter[tuple[int, int]]] = defaultdict(Counter)
    known: dict[int, Answer] = {}
    for sitting in sittings:
        first, later = sitting.answers, sitting.last
        last = [later.get(one.interaction, one) for one in first] if later else first
        version = sitting.versions[-1]
        total, whole = score(sitting, weights[version])
        key = groups.index(sitting), version, total, whole
        counts[key].update(zip(map(id, first), map(id, last), strict=True))
        known.update(zip(map(id, first), first, strict=True))
        known.update(zip(map(id, last), last, strict=True))
    asked = joined.asked
    for (group, version, total, whole), pairs in counts.items():
        for (first_id, last_id), times in pairs.items():
            one = known[first_id]
            weight = weights[version].get(one.interaction, 0.0) if one.result is not None else 0.0
            rest = None
            if weight and whole > weight:
                earned = total - weight * (one.result or 0.0)
                rest = round(earned / (whole - weight), 6)
            _add(tallies, asked, one, known[last_id], group, rest, times)


def _count_practice(
    joined: Joined, sitting: Sitting, groups: Groups, tallies: dict[str, Tally]
) -> None:
    asked = joined.asked
    group = groups.index(sitting)
    for one in sitting.answers:
        # Nothing is right or wrong in a scale, so that the last answer counts.
        last = sitting.last.get(one.interaction, one)
        shown = one if asked[one.interaction].judged else last
        _add(tallies, asked, shown, last, group, None)


def _add(
    tallies: dict[str, Tally],
    asked: Mapping[str, Asked],
    answer: Answer,
    last: Answer,
    group: int,
    rest: float | None,
    times: int = 1,
) -> None:
    """Count an answer that so many people of a group gave, with their last answer."""
    tally = tallies.get(answer.interaction)
    if tally is None:
        tally = tallies[answer.interaction] = Tally(asked[answer.interaction])
    tally.entries[group, answer.response, answer.result, rest, last.result] += times
    if answer.seconds is not None:
        tally.seconds.extend([answer.seconds] * times)


def _figures(joined: Joined, tally: Tally, groups: Groups, newest: Package) -> QuestionFigures:
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
    tally.versions = {at: groups.atoms[at][0] for at in met}
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
        only_earlier_words=not present,
        doubtful=joined.doubtful[asked.id],
        tally=main,
        everybody=tally,
        versions=_by_version(groups, met, shown[1]),
    )


def _by_version(
    groups: Groups, met: Sequence[int], names: Mapping[str, str]
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
