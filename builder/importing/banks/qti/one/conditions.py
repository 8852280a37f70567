"""Evaluates the scoring conditions of a QTI 1.2 item. Conditions that cannot be evaluated with
certainty raise ``UnclearError``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.base.immutable import immutable
from builder.importing.banks.xml import Element

_MOST = 100
"""Maximum number of conditions of an item that give marks."""
_NOTHING = ("qticomment", "unanswered", "durequal", "durlt", "durgte", "durgt", "durlte")
_MAXIMUM = "score.max"
_ITSELF = "d2l_correct"
"""The variable in which D2L counts the right parts, before it sets the score from it."""


class UnclearError(Exception):
    """The conditions are too complex to tell which answers are right."""


@immutable
class Test:
    """One comparison: the name of its element, the response and the value. ``wanted`` is whether it
    must hold (not inside ``not``); ``exact`` whether capitals matter."""

    name: str
    response: str
    value: str
    wanted: bool
    exact: bool
    element: Element


@immutable
class _Part:
    """A node of a condition's tree: the name of its element and its children, or the response and
    value of a comparison."""

    name: str
    inside: tuple[_Part, ...]
    response: str
    value: str


@immutable
class Condition:
    """A ``respcondition``. ``wanted`` are the tests that must hold; ``parts`` is its tree, ``None``
    without ``conditionvar``. ``marks`` is the score that it sets or adds, ``None`` if it does not
    change the score. ``links`` are the ids of the feedback that it shows."""

    element: Element
    tests: tuple[Test, ...]
    wanted: tuple[Test, ...]
    parts: tuple[_Part, ...] | None
    marks: float | None
    adds: bool
    links: tuple[str, ...]

    @property
    def title(self) -> str:
        """The condition's title in small letters."""
        return str(self.element.get("title") or "").lower()

    @property
    def is_other(self) -> bool:
        """Whether the condition holds only if no earlier one does."""
        return self.element.find("conditionvar/other") is not None


@immutable
class Conditions:
    """The conditions of an item: ``every`` one, those that change the score (``scoring``), and
    those that give marks (``giving``). ``names`` are the ids of the options. Blackboard has
    conditions that test an option's id as if it were a response; these are about that option
    alone."""

    every: tuple[Condition, ...]
    scoring: tuple[Condition, ...]
    giving: tuple[Condition, ...]
    names: frozenset[str]

    def option(self, one: Condition) -> str:
        """The option that one of Blackboard's conditions is about; empty for other conditions."""
        return _option(one, self.names)

    def marks(self, chosen: Mapping[str, Sequence[str]]) -> float:
        """The score of an answer; ``chosen`` has the chosen values by response."""
        if len(self.scoring) > _MOST:
            raise UnclearError
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
    """Parse the conditions of an item."""
    processing = [*item.iterchildren("resprocessing")]
    found = [one for each in processing for one in each.iterchildren("respcondition")]
    variables = [_variable(one) for each in found for one in each.iterchildren("setvar")]
    main = next((name for name in (_ITSELF, "score", "que_score") if name in variables), "")
    most = {
        (one.get("varname") or "SCORE").lower(): _number(one.get("maxvalue") or "")
        for each in processing
        for one in each.iterfind("outcomes/decvar")
    }
    all_conditions = tuple(
        _condition(one, main, most.get(main or "score"), blackboard) for one in found
    )
    scoring = tuple(
        one for one in all_conditions if one.marks is not None and not _option(one, names)
    )
    giving = tuple(one for one in scoring if (one.marks or 0) > 0 and one.wanted)
    return Conditions(all_conditions, scoring, giving, names)


def _option(one: Condition, names: frozenset[str]) -> str:
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
        value = full if written.lower() == _MAXIMUM else _number(written)
        action = (one.get("action") or "set").lower()
        if value is not None:
            adds = action in ("add", "subtract")
            marks = -value if action == "subtract" else value
    links = tuple(one.get("linkrefid") or "" for one in element.iterchildren("displayfeedback"))
    title = (element.get("title") or "").lower()
    if blackboard and marks is None and "correct" in links and title != "incorrect":
        # Blackboard sets no score here; the condition that shows the “correct” feedback is right.
        marks, adds = 1.0, True
    tree = next(element.iterchildren("conditionvar"), None)
    tests = tuple(_tests(tree, True)) if tree is not None else ()
    wanted = tuple(test for test in tests if test.wanted)
    parts = None if tree is None else _parts(tree)
    return Condition(element, tests, wanted, parts, marks, adds, links)


def _variable(setvar: Element) -> str:
    return (setvar.get("varname") or setvar.get("variablename") or "SCORE").lower()


def _number(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


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
    """Parse the tree of a condition once, for all answers to be tried."""
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
        raise UnclearError
    return part.value in chosen.get(part.response, ())
