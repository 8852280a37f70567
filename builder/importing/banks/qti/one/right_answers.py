"""Finds the right answers of a QTI 1.2 item, for each question type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from builder.base.immutable import immutable
from builder.importing.banks import judging
from builder.importing.banks.bank import Draft, shorten
from builder.importing.banks.qti.drafts import MOST, UNCLEAR, IdentifiedOption
from builder.importing.banks.qti.one.conditions import Condition, Conditions, Test, UnclearError

NOTHING = "No answer earns anything: nothing says which ones are right."


def single(options: Sequence[IdentifiedOption], response: str, rules: Conditions) -> Draft:
    """Mark the right option of a single-choice question, or leave a doubt."""
    try:
        marks = _option_marks([one.name for one in options[:MOST]], response, rules)
    except UnclearError:
        return Draft([one.option for one in options], doubts=[UNCLEAR])
    marks += [0.0] * (len(options) - len(marks))
    best = max(marks, default=0)
    alone = _partial_marks(rules)
    shares = [
        (100 * mark / best if best > 0 else 0) or alone.get(one.name, 0)
        for one, mark in zip(options, marks, strict=True)
    ]
    marked, doubts = judging.mark_by_percentage([one.option for one in options], shares, True)
    return Draft(marked, doubts=doubts)


def _option_marks(names: Sequence[str], response: str, rules: Conditions) -> list[float]:
    """The score of each option by itself; options that no condition names are scored once."""
    tested_values = {test.value for rule in rules.scoring for test in rule.tests}
    known: dict[str | None, float] = {}
    for name in names:
        key = name if name in tested_values else None
        if key not in known:
            known[key] = rules.marks({response: [name]})
    return [known[name if name in tested_values else None] for name in names]


def _partial_marks(rules: Conditions) -> dict[str, float]:
    """Blackboard's partial marks, in percent, for options that are not the right one."""
    found: dict[str, float] = {}
    for one in rules.every:
        if (name := rules.option(one)) and 0 < (one.marks or 0) < judging.FULL:
            found[name] = max(one.marks or 0, found.get(name, 0))
    return found


def several(options: Sequence[IdentifiedOption], response: str, rules: Conditions) -> Draft:
    """Mark the right options of a multiple-choice question, or leave a doubt."""
    names = [one.name for one in options]
    plain = [one.option for one in options]
    if len(options) > MOST:
        return Draft(plain)
    answers = [
        frozenset(test.value for test in one.wanted if test.response == response)
        for one in rules.giving
    ]
    alone = frozenset(next(iter(one)) for one in answers if len(one) == 1)
    answers = [one & frozenset(names) for one in dict.fromkeys((*answers, alone))]
    try:
        if len(answers) > MOST + 1:
            raise UnclearError
        marks = {one: rules.marks({response: [*one]}) for one in answers if one}
        best = max(marks.values(), default=0)
        right = [one for one, mark in marks.items() if mark == best and best > 0]
        doubt = "" if len(right) == 1 else (UNCLEAR if right else NOTHING)
        if not doubt and not _is_exactly_right(right[0], names, response, rules):
            doubt = UNCLEAR
        if doubt:
            return Draft(plain, doubts=[doubt])
        partial = any(rules.marks({response: [one]}) > 0 for one in right[0]) and len(right[0]) > 1
    except UnclearError:
        return Draft(plain, doubts=[UNCLEAR])
    marked_options = [replace(one.option, right=one.name in right[0]) for one in options]
    return Draft(marked_options, partial=partial)


def _is_exactly_right(
    right: frozenset[str], names: Sequence[str], response: str, rules: Conditions
) -> bool:
    """Whether each of the right options is needed, and no other option earns more."""
    best = rules.marks({response: [*right]})
    if any(rules.marks({response: [*(right - {name})]}) >= best for name in right):
        return False
    others = [name for name in names if name not in right]
    return all(rules.marks({response: [*right, name]}) <= best for name in others)


def order(response: str, names: Sequence[str], rules: Conditions) -> list[str] | None:
    """The options in their right order; ``None`` if the conditions do not say it clearly."""
    found = {
        tuple(test.value for test in _order_tests(one, response))
        for one in rules.giving
        if all(test.wanted for test in one.tests)
    }
    whole = [one for one in found if sorted(one) == sorted(names)]
    return list(whole[0]) if len(whole) == 1 and len(set(names)) == len(names) else None


def _order_tests(one: Condition, response: str) -> list[Test]:
    tests = [test for test in one.tests if test.name == "varequal" and test.response == response]
    if all((test.element.get("index") or "").isdecimal() for test in tests):
        tests = sorted(tests, key=lambda test: int(test.element.get("index")))
    return tests


def right_match(response: str, rules: Conditions) -> str:
    """The one option that is right for a response; empty where there is none, or are several."""
    found = {
        test.value
        for one in rules.giving
        for test in one.wanted
        if test.response == response and test.name == "varequal"
    }
    return found.pop() if len(found) == 1 else ""


def has_partial_marks(rules: Conditions) -> bool:
    """Whether part of the right answer earns part of the mark."""
    return all(len({test.response for test in one.wanted}) == 1 for one in rules.giving)


@immutable
class TypedRule:
    """A typed answer of a condition, with the marks that it earns."""

    words: str
    marks: float
    condition: Condition
    exact: bool = False
    pattern: bool = False


def typed_answers(rules: Conditions) -> list[TypedRule]:
    """The typed answers that earn marks."""
    found = []
    for one in rules.giving:
        for test in one.wanted:
            pattern = test.name != "varequal" or _is_pattern(test.element)
            if test.name in ("varequal", "varsubset", "varsubstring") and test.value:
                found.append(TypedRule(test.value, one.marks or 0, one, test.exact, pattern))
    return found


def _is_pattern(element: object) -> bool:
    attributes = getattr(element, "attrib", {})
    return any("regex" in key and value.lower() == "yes" for key, value in attributes.items())


def number(one: Condition) -> str:
    """The number with tolerance (`3:0.5`) or range (`1..5`) that a condition accepts; empty if it
    has neither."""
    by_name: dict[str, list[str]] = {}
    for test in one.wanted:
        by_name.setdefault(test.name, []).append(test.value)
    values, low, high = (by_name.pop(name, []) for name in ("varequal", "vargte", "varlte"))
    above, below = by_name.pop("vargt", []), by_name.pop("varlt", [])
    if by_name or max(len(values), len(low + above), len(high + below)) > 1:
        return ""
    if (above or below) and not values:
        return ""
    # With an exact value, > or ≥ at the ends of the range makes no practical difference.
    low, high = low or above, high or below
    if values and low and high:
        return _with_tolerance(values[0], low[0], high[0])
    if values and not low and not high:
        return values[0]
    return f"{low[0]}..{high[0]}" if low and high and not values else ""


def _with_tolerance(value: str, lower: str, upper: str) -> str:
    try:
        middle, least, most = Decimal(value), Decimal(lower), Decimal(upper)
        if middle - least == most - middle:
            return f"{value}:{middle - least:f}"
    except (InvalidOperation, ValueError):
        return ""
    return f"{lower}..{upper}"


def pattern_doubt(one: TypedRule) -> str:
    """The doubt about a typed answer that is a pattern; empty for exact answers."""
    if not one.pattern:
        return ""
    return (
        f"“{shorten(one.words)}” is right anywhere in an answer, or is a pattern: here every "
        "answer must be written out."
    )
