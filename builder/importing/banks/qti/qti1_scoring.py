"""Evaluates the scoring conditions of a QTI 1.2 item, and finds its right answers for each question
type. Conditions that cannot be evaluated with certainty raise ``_UnclearError``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from builder.base.immutable import immutable
from builder.importing.banks import judging
from builder.importing.banks.bank import Draft, shorten
from builder.importing.banks.qti.bank import MAX_OPTIONS, UNCLEAR, IdentifiedOption, parse_score
from builder.importing.banks.xml import Element

_MAX_CONDITIONS = 100
"""Maximum number of conditions of an item that change the score."""
_NOTHING = ("qticomment", "unanswered", "durequal", "durlt", "durgte", "durgt", "durlte")
_MAXIMUM = "score.max"
_ITSELF = "d2l_correct"
"""The variable in which D2L counts the right parts of an answer; the score is set from it."""


class _UnclearError(Exception):
    """The conditions of an item are too complex to tell which answers are right."""


@immutable
class Test:
    """One comparison in a condition: the name of its element, the response and the value.
    ``wanted`` is true if it must hold, and false inside ``not``. ``exact`` is true if capitals
    matter."""

    name: str
    response: str
    value: str
    wanted: bool
    exact: bool
    element: Element


@immutable
class _Part:
    """A node of the tree of a condition. ``name`` is the name of its element. A comparison has a
    response and a value; ``and``, ``or`` and ``not`` have nodes inside."""

    name: str
    inside: tuple[_Part, ...]
    response: str
    value: str


@immutable
class Condition:
    """A condition of the scoring (``respcondition``). ``tests`` are all its comparisons, ``wanted``
    those that must hold; ``parts`` is the tree of them, ``None`` without ``conditionvar``.

    ``marks`` is the score that the condition sets, or adds if ``adds`` is true; ``None`` if it does
    not change the score. ``links`` are the ids of the feedback that it shows.
    """

    element: Element
    tests: tuple[Test, ...]
    wanted: tuple[Test, ...]
    parts: tuple[_Part, ...] | None
    marks: float | None
    adds: bool
    links: tuple[str, ...]

    @property
    def title(self) -> str:
        """The condition's title in lower case."""
        return str(self.element.get("title") or "").lower()

    @property
    def is_other(self) -> bool:
        """Whether the condition holds only if no earlier one does."""
        return self.element.find("conditionvar/other") is not None


@immutable
class Conditions:
    """The conditions of an item: all of them (``every``), those that change the score
    (``scoring``), and those that give marks (``giving``). ``names`` are the ids of the item's
    options.

    Blackboard has conditions that test an option's id as if it were a response. They are about that
    option alone, and do not change the score.
    """

    every: tuple[Condition, ...]
    scoring: tuple[Condition, ...]
    giving: tuple[Condition, ...]
    names: frozenset[str]

    def option(self, one: Condition) -> str:
        """The id of the option that one of Blackboard's conditions is about; empty for any other
        condition."""
        return _option_of(one, self.names)

    def marks(self, chosen: Mapping[str, Sequence[str]]) -> float:
        """Compute the score of an answer. ``chosen`` has the values that it chooses for each
        response."""
        if len(self.scoring) > _MAX_CONDITIONS:
            raise _UnclearError
        total, met = 0.0, False
        for one in self.scoring:
            if one.parts is None or not _all(one.parts, chosen, met):
                continue
            met = True
            total = total + (one.marks or 0) if one.adds else (one.marks or 0)
            if (one.element.get("continue") or "").lower() == "no":
                break
        return total


def conditions(item: Element, names: frozenset[str], blackboard: bool) -> Conditions:
    """Parse the scoring conditions of an item. ``names`` are the ids of its options; ``blackboard``
    is true if the item was written by Blackboard."""
    processing = [*item.iterchildren("resprocessing")]
    found = [one for each in processing for one in each.iterchildren("respcondition")]
    variables = [_variable(one) for each in found for one in each.iterchildren("setvar")]
    main = next((name for name in (_ITSELF, "score", "que_score") if name in variables), "")
    most = {
        (one.get("varname") or "SCORE").lower(): parse_score(one.get("maxvalue") or "")
        for each in processing
        for one in each.iterfind("outcomes/decvar")
    }
    all_conditions = tuple(
        _condition(one, main, most.get(main or "score"), blackboard) for one in found
    )
    scoring = tuple(
        one for one in all_conditions if one.marks is not None and not _option_of(one, names)
    )
    giving = tuple(one for one in scoring if (one.marks or 0) > 0 and one.wanted)
    return Conditions(all_conditions, scoring, giving, names)


def _option_of(one: Condition, names: frozenset[str]) -> str:
    first = one.tests[0] if len(one.tests) == 1 else None
    return first.response if first and first.response in names else ""


def _condition(element: Element, main: str, most: float | None, blackboard: bool) -> Condition:
    marks: float | None = None
    adds = False
    for one in element.iterchildren("setvar"):
        if main and _variable(one) != main:
            continue
        written = (one.text or "").strip()
        full = most or 100.0
        value = full if written.lower() == _MAXIMUM else parse_score(written)
        action = (one.get("action") or "set").lower()
        if value is not None:
            adds = action in ("add", "subtract")
            marks = -value if action == "subtract" else value
    links = tuple(one.get("linkrefid") or "" for one in element.iterchildren("displayfeedback"))
    title = (element.get("title") or "").lower()
    if blackboard and marks is None and "correct" in links and title != "incorrect":
        # Blackboard sets no score here; the condition that shows the “correct” feedback is the one
        # that the right answer meets.
        marks, adds = 1.0, True
    tree = next(element.iterchildren("conditionvar"), None)
    tests = tuple(_tests(tree, True)) if tree is not None else ()
    wanted = tuple(test for test in tests if test.wanted)
    parts = None if tree is None else _parts(tree)
    return Condition(element, tests, wanted, parts, marks, adds, links)


def _variable(setvar: Element) -> str:
    return (setvar.get("varname") or setvar.get("variablename") or "SCORE").lower()


def _tests(element: Element, wanted: bool) -> Iterator[Test]:
    for child in element.iterchildren("*"):
        if child.tag == "not":
            yield from _tests(child, not wanted)
        elif child.tag in ("and", "or"):
            yield from _tests(child, wanted)
        elif child.tag not in ("other", *_NOTHING):
            value = _words(child)
            exact = (child.get("case") or "").lower() == "yes"
            yield Test(child.tag, child.get("respident") or "", value, wanted, exact, child)


def _words(element: Element) -> str:
    words = "".join(element.itertext()) if len(element) else element.text or ""
    return " ".join(words.split())


def _parts(element: Element) -> tuple[_Part, ...]:
    """Parse the tree of a condition, once for all the answers that are tried."""
    return tuple(
        _Part(
            child.tag,
            _parts(child) if child.tag in ("and", "or", "not") else (),
            child.get("respident") or "",
            _words(child) if child.tag == "varequal" else "",
        )
        for child in element.iterchildren("*")
    )


def _all(parts: Sequence[_Part], chosen: Mapping[str, Sequence[str]], met: bool) -> bool:
    return all(_holds(part, chosen, met) for part in parts)


def _holds(part: _Part, chosen: Mapping[str, Sequence[str]], met: bool) -> bool:
    name = part.name
    if name == "other":
        return not met
    if name == "and":
        return _all(part.inside, chosen, met)
    if name in ("or", "not"):
        held = any(_holds(inner, chosen, met) for inner in part.inside)
        return held if name == "or" else not held
    if name == "qticomment":
        return True
    if name == "unanswered":
        return False
    if name != "varequal":
        raise _UnclearError
    return part.value in chosen.get(part.response, ())


_NO_MARKS = "No answer earns anything: nothing says which ones are right."


def mark_single(options: Sequence[IdentifiedOption], response: str, rules: Conditions) -> Draft:
    """Mark the correct option of a single-choice question by the scoring conditions ``rules``; if
    these are unclear, the draft has a doubt. ``response`` is the id of the response."""
    try:
        marks = _option_marks([one.name for one in options[:MAX_OPTIONS]], response, rules)
    except _UnclearError:
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
    """The score of each option in ``names`` (ids) if only that option is chosen. ``response`` is
    the id of the response, and ``rules`` are the scoring conditions. Options that no condition
    tests have the same score, which is computed once."""
    tested_values = {test.value for rule in rules.scoring for test in rule.tests}
    known: dict[str | None, float] = {}
    for name in names:
        key = name if name in tested_values else None
        if key not in known:
            known[key] = rules.marks({response: [name]})
    return [known[name if name in tested_values else None] for name in names]


def _partial_marks(rules: Conditions) -> dict[str, float]:
    """The partial marks, in percent, that Blackboard gives to options that are not the correct one,
    by the options' ids."""
    found: dict[str, float] = {}
    for one in rules.every:
        if (name := rules.option(one)) and 0 < (one.marks or 0) < judging.FULL:
            found[name] = max(one.marks or 0, found.get(name, 0))
    return found


def mark_several(options: Sequence[IdentifiedOption], response: str, rules: Conditions) -> Draft:
    """Mark the correct options of a multiple-choice question by the scoring conditions ``rules``;
    if these are unclear, the draft has a doubt. ``response`` is the id of the response."""
    names = [one.name for one in options]
    plain = [one.option for one in options]
    if len(options) > MAX_OPTIONS:
        return Draft(plain)
    answers = [
        frozenset(test.value for test in one.wanted if test.response == response)
        for one in rules.giving
    ]
    alone = frozenset(next(iter(one)) for one in answers if len(one) == 1)
    answers = [one & frozenset(names) for one in dict.fromkeys((*answers, alone))]
    try:
        if len(answers) > MAX_OPTIONS + 1:
            raise _UnclearError
        marks = {one: rules.marks({response: [*one]}) for one in answers if one}
        best = max(marks.values(), default=0)
        right = [one for one, mark in marks.items() if mark == best and best > 0]
        doubt = "" if len(right) == 1 else (UNCLEAR if right else _NO_MARKS)
        if not doubt and not _is_exactly_right(right[0], names, response, rules):
            doubt = UNCLEAR
        if doubt:
            return Draft(plain, doubts=[doubt])
        partial = any(rules.marks({response: [one]}) > 0 for one in right[0]) and len(right[0]) > 1
    except _UnclearError:
        return Draft(plain, doubts=[UNCLEAR])
    marked_options = [replace(one.option, right=one.name in right[0]) for one in options]
    return Draft(marked_options, partial=partial)


def _is_exactly_right(
    right: frozenset[str], names: Sequence[str], response: str, rules: Conditions
) -> bool:
    """Whether the options ``right`` are the correct answer: none of them can be left out without
    losing marks, and no other option of ``names``, the ids of all options, adds marks. ``response``
    is the id of the response, and ``rules`` are the scoring conditions."""
    best = rules.marks({response: [*right]})
    if any(rules.marks({response: [*(right - {name})]}) >= best for name in right):
        return False
    others = [name for name in names if name not in right]
    return all(rules.marks({response: [*right, name]}) <= best for name in others)


def right_order(response: str, names: Sequence[str], rules: Conditions) -> list[str] | None:
    """The ids of the options in their correct order; ``None`` if the scoring conditions ``rules``
    do not say it clearly. ``response`` is the id of the response, and ``names`` are the ids of the
    options."""
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
    """The id of the only option that is correct for a response; empty if there is none or if there
    are several. ``response`` is the id of the response, and ``rules`` are the scoring
    conditions."""
    found = {
        test.value
        for one in rules.giving
        for test in one.wanted
        if test.response == response and test.name == "varequal"
    }
    return found.pop() if len(found) == 1 else ""


def has_partial_marks(rules: Conditions) -> bool:
    """Whether a partly right answer earns part of the mark."""
    return all(len({test.response for test in one.wanted}) == 1 for one in rules.giving)


@immutable
class _TypedRule:
    """A typed answer that a condition rewards, with its marks. ``exact`` is true if capitals
    matter. ``pattern`` is true if other answers than this exact text are right, too."""

    words: str
    marks: float
    condition: Condition
    exact: bool = False
    pattern: bool = False


def typed_answers(rules: Conditions) -> list[_TypedRule]:
    """The typed answers that earn marks, from the conditions of an item."""
    found = []
    for one in rules.giving:
        for test in one.wanted:
            pattern = test.name != "varequal" or _is_pattern(test.element)
            if test.name in ("varequal", "varsubset", "varsubstring") and test.value:
                found.append(_TypedRule(test.value, one.marks or 0, one, test.exact, pattern))
    return found


def _is_pattern(element: object) -> bool:
    attributes = getattr(element, "attrib", {})
    return any("regex" in key and value.lower() == "yes" for key, value in attributes.items())


def accepted_number(one: Condition) -> str:
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


def pattern_doubt(one: _TypedRule) -> str:
    """The doubt about a typed answer that is a pattern, as a sentence for the author; empty for an
    exact answer."""
    if not one.pattern:
        return ""
    return (
        f"“{shorten(one.words)}” is right anywhere in an answer, or is a pattern: here every "
        "answer must be written out."
    )
