"""What the figures of a question say about it, and what to do (docs/results.md).

A statement is made only if chance is an unlikely explanation: each rule below names its bound.
Fewer than 20 answers are too few for that. From 10 answers on there are hints, which say how
uncertain they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Literal

from builder.base.immutable import immutable
from builder.results import statistics
from builder.results.figures import FEW, RARE, TOO_FEW, OptionFigures, QuestionFigures
from builder.results.privacy import POOLED
from builder.results.tally import Tally

Kind = Literal["key", "negative", "version", "hard", "easy", "nobody", "weak", "hint"]
"""What a statement is about, the most urgent first."""

SURE = 3.09
"""Standard errors of a one-sided error of 1 in 1,000: a course has many questions, and each is
asked several things."""
_LIKELY = 2.33
"""Standard errors of a one-sided error of 1 in 100, for conditions that must hold together."""
EASY = 0.8
"""Moodle calls questions above this facility easy."""
HARD = 0.5
DROP = 0.15
"""A smaller fall between versions is not worth a statement, even if it is certain."""
_USUAL = 1.96
"""Standard errors of the usual 95 % interval, for the range that a hint names."""
_HINT = 1 / 3
"""A hint is given if at least this share of the people made the same mistake."""
WEAK = 0.2
"""Discrimination below which a question needs revision (Ebel 1972)."""
_USUAL_EASY = 0.9


@immutable
class Statement:
    """A statement about a question. ``option`` is the id of the option concerned, or empty;
    ``finding`` says what is the case, ``advice`` what to do."""

    kind: Kind
    option: str
    finding: str
    advice: str


def statements(figures: QuestionFigures) -> tuple[Statement, ...]:
    """The statements about a question, the most urgent first."""
    if figures.people < FEW or not figures.asked.judged:
        return ()
    # The author has changed or deleted the question since.
    if figures.only_earlier_words or not figures.in_newest:
        return ()
    if figures.people < TOO_FEW:
        return tuple(_hint(figures))
    found = [statement for rule in _RULES for statement in rule(figures)]
    if any(one.kind == "key" for one in found):
        # While the key is in doubt, nothing else can be said about right and wrong.
        found = [one for one in found if one.kind == "key"]
    return tuple(found)


def _hint(figures: QuestionFigures) -> Iterator[Statement]:
    """With 10 to 19 people: the most frequent mistake, if at least a third made it. Otherwise that
    at least half of the points was lost."""
    people = figures.people
    count, option = _most_frequent_mistake(figures)
    if option and count >= people * _HINT:
        low, high = statistics.wilson(count, people, _USUAL)
        done, judged = ("left out", "requires") if option.right else ("chose", "calls wrong")
        finding = (
            f"{count} of {people} people {done} “{option.id}”, which the key {judged}. This is "
            f"only a hint, from few people: of many, {_range(low, high)} in 100 might"
        )
    elif (facility := figures.facility or 0.0) <= HARD:
        option = None
        low, high = statistics.wilson(facility * people, people, _USUAL)
        finding = (
            f"{people} people got {_percent(facility)} of the points. This is only a hint, from "
            f"few people: many might get {_range(low, high)} %"
        )
    else:
        return
    yield Statement("hint", option.id if option else "", finding, "Look at the question")


def _most_frequent_mistake(figures: QuestionFigures) -> tuple[int, OptionFigures | None]:
    """How many people chose the wrong option that most chose, or left out the right one that most
    left out; ``None`` for questions without options."""
    if figures.asked.question.type not in ("choice", "true-false"):
        return 0, None
    multiple = bool(figures.asked.question.answer.get("multiple"))
    mistakes = [
        (figures.people - one.chosen if one.right else one.chosen, one)
        for one in figures.options
        if multiple or not one.right
    ]
    return max(mistakes, key=lambda one: one[0], default=(0, None))


def _range(low: float, high: float) -> str:
    return f"{math.floor(low * 100)} to {math.ceil(high * 100)}"


def _key(figures: QuestionFigures) -> Iterator[Statement]:
    """More of the upper half chose an option than the key, and those who chose it did better in the
    rest: both with an error of at most 1 in 100 each."""
    halves = figures.tally.halves()
    if not halves or figures.asked.question.type not in ("choice", "true-false"):
        return
    upper = figures.tally.size(halves[1])
    multiple = bool(figures.asked.question.answer.get("multiple"))
    right = max((one.upper for one in figures.options if one.right), default=0)
    for one in figures.options:
        if one.right and not multiple:
            continue
        # With several right options, each is a question of its own: chosen or not.
        against = upper - one.upper if multiple else right
        if one.right:
            chosen, against = upper - one.upper, one.upper
        else:
            chosen = one.upper
        if chosen * 2 <= upper or not _exceeds(chosen, against):
            continue
        if not _rises(figures.tally, one):
            continue
        share = f"{chosen} of the {upper} people who do best in the rest of the quiz"
        if one.right:
            finding = f"{share} left out “{one.id}”, which the key requires"
        else:
            finding = f"{share} chose “{one.id}”, which the key calls wrong"
        yield Statement("key", one.id, finding, "Check the key")


def _exceeds(chosen: int, against: int) -> bool:
    """Sign test: whether more people chose one of two answers than chance explains."""
    return chosen > against and (chosen - against) / math.sqrt(chosen + against) >= _LIKELY


def _rises(tally: Tally, option: OptionFigures) -> bool:
    """Whether people who chose an option (or left out a right one) did better in the rest."""
    pairs = tally.pairs(option.id)
    value = statistics.correlation(pairs)
    if value is None:
        return False
    value = -value if option.right else value
    return statistics.correlation_bounds(value, sum(pairs.values()), _LIKELY)[0] > 0


def _negative(figures: QuestionFigures) -> Iterator[Statement]:
    """The discrimination is below 0, with an error of at most 1 in 1,000."""
    value, people = figures.discrimination, sum(figures.tally.pairs().values())
    if value is not None and statistics.correlation_bounds(value, people, SURE)[1] < 0:
        yield Statement(
            "negative",
            "",
            "Those who do well in the rest of the quiz are wrong here more often than the others",
            "Read the question again: it may be ambiguous or test something else",
        )


def _version(figures: QuestionFigures) -> Iterator[Statement]:
    """From one version on the answers are worse than before, compared with the rest of the quiz, by
    at least 15 points and with an error of at most 1 in 1,000. The clearest change counts."""
    names = list(figures.versions)
    found: list[tuple[float, str, float, float]] = []
    for at, name in enumerate(names[1:], start=1):
        before, after = (
            figures.everybody.of(frozenset[int]().union(*(figures.versions[one] for one in part)))
            for part in (names[:at], names[at:])
        )
        scores = before.compared_with_rest(), after.compared_with_rest()
        compared = statistics.difference(*scores)
        was, now = before.facility(), after.facility()
        if compared is None or was is None or now is None or min(map(len, scores)) < TOO_FEW:
            continue
        change, error = compared
        if change < -DROP and now < was and change + SURE * error < 0 and POOLED not in names:
            found.append((change / max(error, 1e-9), name, was, now))
    if found:
        _, name, was, now = min(found)
        yield Statement(
            "version",
            "",
            f"Wrong more often since version {name}: {_percent(now)} of the points, before "
            f"{_percent(was)}",
            "Compare its words with those of the version before",
        )


def _hard(figures: QuestionFigures) -> Iterator[Statement]:
    """Fewer than half earn its weight, with an error of at most 1 in 1,000."""
    facility = figures.facility or 0.0
    if statistics.wilson(facility * figures.people, figures.people, SURE)[1] < HARD:
        yield Statement(
            "hard",
            "",
            f"Most people are wrong: {_percent(facility)} of the points of {figures.people} people",
            "Explain it better where it is taught, or ask it more clearly",
        )


def _easy(figures: QuestionFigures) -> Iterator[Statement]:
    """Nine of ten are right, and more than four of five with an error of at most 1 in 100."""
    facility = figures.facility or 0.0
    low = statistics.wilson(facility * figures.people, figures.people, _LIKELY)[0]
    if facility >= _USUAL_EASY and low >= EASY:
        yield Statement(
            "easy",
            "",
            f"Nearly everybody is right at the first try: {_percent(facility)} of the points of "
            f"{figures.people} people",
            "Keep it if everybody has to know it. Otherwise consider a question that tells more",
        )


def _nobody(figures: QuestionFigures) -> Iterator[Statement]:
    """Nobody chose an option, or fewer than 1 in 20 with an error of at most 1 in 100."""
    question = figures.asked.question
    if question.type not in ("choice", "true-false"):
        return
    if figures.facility is not None and figures.facility >= 1:
        # Nobody was wrong, so that no wrong option was needed.
        return
    for one in figures.options:
        if one.right or one.id not in question.options:
            continue
        bound = statistics.wilson(one.chosen, figures.people, _LIKELY)[1]
        if not one.chosen or bound < RARE:
            yield Statement("nobody", one.id, *_unchosen(one, figures.people, bound))


def _unchosen(option: OptionFigures, people: int, bound: float) -> tuple[str, str]:
    who = f"{option.chosen} of {people}" if option.chosen else f"Nobody of {people}"
    finding = f"{who} people chose “{option.id}”"
    if bound < RARE:
        return finding, "Replace it with a mistake that people really make, or delete it"
    most = math.ceil(bound * 100)
    return (
        f"{finding}. Of many people, up to {most} in 100 might",
        "Think about a mistake that people really make",
    )


def _weak(figures: QuestionFigures) -> Iterator[Statement]:
    """The discrimination is below 0.2, with an error of at most 1 in 1,000, and not because nearly
    everybody is right."""
    value, people = figures.discrimination, sum(figures.tally.pairs().values())
    if value is None or (figures.facility or 0.0) >= _USUAL_EASY:
        return
    high = statistics.correlation_bounds(value, people, SURE)[1]
    if 0 <= high < WEAK:
        yield Statement(
            "weak",
            "",
            "It hardly tells those who know from those who do not",
            "Read it again: it may test something else, or be guessed",
        )


_RULES: tuple[Callable[[QuestionFigures], Iterator[Statement]], ...] = (
    _key,
    _negative,
    _version,
    _hard,
    _easy,
    _nobody,
    _weak,
)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
