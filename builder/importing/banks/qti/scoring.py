"""Decides which answers of a question are right, from the scoring rules of an item: tests of its
responses, with the marks that each sets or adds. All versions of QTI are translated into such
rules. What they do not say with certainty raises ``UnclearError``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from builder.base.immutable import immutable
from builder.importing.banks import judging

MAX_OPTIONS = 36
"""Maximum number of options of a question in a course."""
UNCLEAR = "The scoring rules are too complex to tell which answers are right."
NO_MARKS = "No answer earns anything: nothing says which ones are right."
_COMPARISONS = frozenset({"has", "like", "≥", "≤", ">", "<"})
_MAX_RULES = 100
"""Maximum number of rules that change the score when answers are tried."""


class UnclearError(Exception):
    """The rules of an item are too complex to tell which answers are right."""


@immutable
class Test:
    """A node in the tree of a rule's test.

    ``and``, ``or``, ``not``, ``exactly`` and ``one of`` have nodes inside. ``has`` holds if an
    answer to the ``response`` has the ``value``, and ``like`` if it fits a pattern; ``≥``, ``≤``,
    ``>`` and ``<`` compare numbers. ``exactly`` holds for all values that are declared as right
    together, and ``one of`` for any of them. ``empty`` holds without an answer, ``other`` if no
    earlier rule does, ``always`` always, and ``elsewhere`` if another response is answered right.
    Anything else is ``unclear``.

    ``exact`` is true if capitals matter, and ``None`` if the file does not say so. ``index`` is the
    position of the value in an order.
    """

    name: str
    response: str = ""
    value: str = ""
    inside: tuple[Test, ...] = ()
    exact: bool | None = None
    index: str = ""

    def holds(self, chosen: Mapping[str, Sequence[str]], met: bool) -> bool:
        """Whether the test holds for an answer: ``chosen`` has its values for each response.
        ``met`` is true if an earlier rule holds."""
        answer = chosen.get(self.response, ())
        if self.name == "has":
            return self.value in answer
        if self.name == "and":
            return all(one.holds(chosen, met) for one in self.inside)
        if self.name in ("or", "one of", "not"):
            held = any(one.holds(chosen, met) for one in self.inside)
            return held is not (self.name == "not")
        if self.name == "exactly":
            return {one.value for one in self.inside} == {*answer}
        if self.name in ("other", "empty", "always", "elsewhere"):
            return {"other": not met, "empty": not answer}.get(self.name, True)
        raise UnclearError

    def leaves(self, wanted: bool = True) -> Iterator[tuple[Test, bool]]:
        """Yield the comparisons in the tree, and whether each must hold."""
        for one in self.inside:
            yield from one.leaves(wanted is not (self.name == "not"))
        if self.name in _COMPARISONS or (self.name == "unclear" and self.response):
            yield self, wanted

    def contains(self, name: str) -> bool:
        """Whether a node of the tree has this name."""
        return self.name == name or any(one.contains(name) for one in self.inside)


@immutable
class Rule:
    """A scoring rule. ``tests`` are all comparisons in its ``test``, ``wanted`` those that must
    hold.

    ``marks`` is the score that it sets, or adds if ``adds`` is true; ``None`` if it does not change
    the score. If ``ends`` is true, later rules do not count when it holds. ``links`` are the ids of
    the feedback that it shows.
    """

    test: Test
    tests: tuple[Test, ...]
    wanted: tuple[Test, ...]
    marks: float | None = None
    adds: bool = False
    ends: bool = False
    links: tuple[str, ...] = ()


def rule(
    test: Test,
    marks: float | None = None,
    adds: bool = False,
    ends: bool = False,
    links: tuple[str, ...] = (),
) -> Rule:
    """Create a rule; its comparisons are collected from the test."""
    leaves = [*test.leaves()]
    wanted = tuple(one for one, is_wanted in leaves if is_wanted)
    return Rule(test, tuple(one for one, _ in leaves), wanted, marks, adds, ends, links)


@immutable
class Scoring:
    """The scoring of an item: all its rules (``every``), those that change the score (``scoring``),
    and those that give marks (``giving``). ``doubt`` is the reason if they cannot tell what is
    right, as a sentence for the author. ``declared`` are the answers that are declared as right.

    Blackboard has rules that test an option's id as if it were a response. They are about that
    option alone, and do not change the score. ``names`` are the ids of the options.
    """

    every: tuple[Rule, ...]
    scoring: tuple[Rule, ...]
    giving: tuple[Rule, ...]
    names: frozenset[str]
    doubt: str
    declared: tuple[str, ...]

    def option(self, one: Rule) -> str:
        """The id of the option that one of Blackboard's rules is about; empty for any other
        rule."""
        return _option_of(one, self.names)

    def marks(self, response: str, chosen: Iterable[str]) -> float:
        """Compute the score of an answer that chooses these values."""
        if len(self.scoring) > _MAX_RULES:
            raise UnclearError
        total, met, answer = 0.0, False, {response: [*chosen]}
        for one in self.scoring:
            if one.test.holds(answer, met):
                met = True
                total = total + (one.marks or 0) if one.adds else (one.marks or 0)
                if one.ends:
                    break
        return total


def scoring_of(
    rules: Iterable[Rule],
    names: frozenset[str] = frozenset(),
    doubt: str = "",
    declared: tuple[str, ...] = (),
) -> Scoring:
    """Create the scoring of an item from its rules."""
    every = tuple(rules)
    scoring = tuple(one for one in every if one.marks is not None and not _option_of(one, names))
    giving = tuple(one for one in scoring if (one.marks or 0) > 0 and one.wanted)
    return Scoring(every, scoring, giving, names, doubt, declared)


def _option_of(one: Rule, names: frozenset[str]) -> str:
    first = one.tests[0] if len(one.tests) == 1 else None
    return first.response if first and first.response in names else ""


def partial_marks(scoring: Scoring) -> dict[str, float]:
    """The partial marks, in percent, that Blackboard gives to options that are not the correct one,
    by the options' ids."""
    found: dict[str, float] = {}
    for one in scoring.every:
        if (name := scoring.option(one)) and 0 < (one.marks or 0) < judging.FULL:
            found[name] = max(one.marks or 0, found.get(name, 0))
    return found


def right_options(names: Sequence[str], response: str, scoring: Scoring) -> frozenset[str]:
    """The ids of the options that are right together; empty if no answer earns anything. ``names``
    are the ids of all options."""
    answers = [
        frozenset(test.value for test in one.wanted if test.response == response)
        for one in scoring.giving
    ]
    alone = frozenset(next(iter(one)) for one in answers if len(one) == 1)
    answers = [one & frozenset(names) for one in dict.fromkeys((*answers, alone))]
    if len(answers) > MAX_OPTIONS + 1:
        raise UnclearError
    marks = {one: scoring.marks(response, one) for one in answers if one}
    best = max(marks.values(), default=0)
    right = [one for one, mark in marks.items() if mark == best and best > 0]
    if len(right) > 1 or (right and not _is_exactly_right(right[0], names, response, scoring)):
        raise UnclearError
    return right[0] if right else frozenset()


def _is_exactly_right(
    right: frozenset[str], names: Sequence[str], response: str, scoring: Scoring
) -> bool:
    """Whether the options ``right`` are the correct answer: none of them can be left out without
    losing marks, and no other option of ``names``, the ids of all options, adds marks."""
    best = scoring.marks(response, right)
    if any(scoring.marks(response, right - {name}) >= best for name in right):
        return False
    others = [name for name in names if name not in right]
    return all(scoring.marks(response, {*right, name}) <= best for name in others)


def right_order(response: str, names: Sequence[str], scoring: Scoring) -> list[str] | None:
    """The ids of the options in their correct order; ``None`` if the rules do not say it clearly.
    ``names`` are the ids of the options."""
    found = {
        _values_in_order(one, response)
        for one in scoring.giving
        if one.tests == one.wanted and not one.test.contains("unclear")
    }
    whole = [one for one in found if sorted(one) == sorted(names)]
    return list(whole[0]) if len(whole) == 1 and len(set(names)) == len(names) else None


def _values_in_order(one: Rule, response: str) -> tuple[str, ...]:
    tests = [test for test in one.tests if test.name == "has" and test.response == response]
    if all(test.index.isdecimal() for test in tests):
        tests = sorted(tests, key=lambda test: int(test.index))
    return tuple(test.value for test in tests)


def right_match(response: str, scoring: Scoring) -> str:
    """The id of the only option that is correct for a response; empty if there is none or if there
    are several."""
    found = {
        test.value
        for one in scoring.giving
        for test in one.wanted
        if test.response == response and test.name == "has"
    }
    return found.pop() if len(found) == 1 else ""


def part_doubt(response: str, scoring: Scoring) -> str:
    """The doubt about one response of several, as a sentence for the author: empty if rules that
    test nothing else give marks for it."""
    own = [one for one in scoring.scoring if any(test.response == response for test in one.tests)]
    if any(test.response != response for one in own for test in one.tests):
        return UNCLEAR
    return "" if any(one in scoring.giving for one in own) else NO_MARKS


def accepted_numbers(one: Rule) -> list[str]:
    """The numbers that a rule accepts, with tolerance (`3:0.5`), or its range (`1..5`); empty if it
    has none of these."""
    by_name: dict[str, list[str]] = {}
    for test in one.wanted:
        by_name.setdefault(test.name, []).append(test.value)
    values = by_name.pop("has", [])
    if one.test.contains("unclear"):
        return []
    if not by_name:
        return values
    low, high, above, below = (by_name.pop(name, []) for name in ("≥", "≤", ">", "<"))
    if by_name or max(len(values), len(low + above), len(high + below)) > 1:
        return []
    if (above or below) and not values:
        return []
    # With an exact value, > or ≥ at the ends of the range makes no practical difference.
    low, high = low or above, high or below
    if not (low and high):
        return []
    found = _with_tolerance(values[0], low[0], high[0]) if values else f"{low[0]}..{high[0]}"
    return [found] if found else []


def _with_tolerance(value: str, lower: str, upper: str) -> str:
    try:
        middle, least, most = Decimal(value), Decimal(lower), Decimal(upper)
        if middle - least == most - middle:
            return f"{value}:{middle - least:f}"
    except (InvalidOperation, ValueError):
        return ""
    return f"{lower}..{upper}"
