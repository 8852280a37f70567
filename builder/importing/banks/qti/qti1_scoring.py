"""Translates the scoring conditions of a QTI 1.2 item into rules."""

from __future__ import annotations

from builder.importing.banks.qti.bank import parse_score
from builder.importing.banks.qti.scoring import Rule, Scoring, Test, rule, scoring_of
from builder.importing.banks.xml import Element

_MAXIMUM = "score.max"
_ITSELF = "d2l_correct"
"""The variable in which D2L counts the right parts of an answer; the score is set from it."""
_NAMES = {
    **{"varequal": "has", "varsubset": "like", "varsubstring": "like"},
    **{"vargte": "≥", "varlte": "≤", "vargt": ">", "varlt": "<"},
    **{"and": "and", "or": "or", "not": "not", "other": "other"},
    "qticomment": "always",
}


def scoring_rules(item: Element, names: frozenset[str], blackboard: bool) -> Scoring:
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
    full = most.get(main or "score") or 100.0
    return scoring_of((_rule(one, main, full, blackboard) for one in found), names)


def _rule(condition: Element, main: str, full: float, blackboard: bool) -> Rule:
    marks: float | None = None
    adds = False
    for one in condition.iterchildren("setvar"):
        if main and _variable(one) != main:
            continue
        written = (one.text or "").strip()
        value = full if written.lower() == _MAXIMUM else parse_score(written)
        action = (one.get("action") or "set").lower()
        if value is not None:
            adds = action in ("add", "subtract")
            marks = -value if action == "subtract" else value
    links = tuple(one.get("linkrefid") or "" for one in condition.iterchildren("displayfeedback"))
    title = (condition.get("title") or "").lower()
    if blackboard and marks is None and "correct" in links and title != "incorrect":
        # Blackboard sets no score here; the condition that shows the “correct” feedback is the one
        # that the right answer meets.
        marks, adds = 1.0, True
    tree = condition.find("conditionvar")
    # A condition without a test never holds.
    test = Test("or") if tree is None else Test("and", inside=_tests(tree))
    return rule(test, marks, adds, (condition.get("continue") or "").lower() == "no", links)


def _variable(setvar: Element) -> str:
    return (setvar.get("varname") or setvar.get("variablename") or "SCORE").lower()


def _tests(element: Element) -> tuple[Test, ...]:
    return tuple(_test(one) for one in element.iterchildren("*"))


def _test(element: Element) -> Test:
    if element.tag == "unanswered":
        # All answers that are tried choose something, so it never holds.
        return Test("or")
    name = _NAMES.get(element.tag, "unclear")
    if name in ("and", "or", "not"):
        return Test(name, inside=_tests(element))
    if any("regex" in key and value.lower() == "yes" for key, value in element.attrib.items()):
        name = "like"
    words = "".join(element.itertext()) if len(element) else element.text or ""
    return Test(
        name,
        element.get("respident") or "",
        " ".join(words.split()),
        exact=(element.get("case") or "").lower() == "yes",
        index=element.get("index") or "",
    )
