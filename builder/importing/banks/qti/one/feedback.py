"""Assigns the feedback of a QTI 1.2 item to options, answers or results."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from builder.importing.banks.bank import join_lines
from builder.importing.banks.qti.bank import FEEDBACK
from builder.importing.banks.qti.one.conditions import Condition, Conditions
from builder.importing.banks.qti.one.presentation import Texts
from builder.importing.banks.qti.responses import Feedback, Line, Where
from builder.importing.banks.xml import Element
from builder.importing.document.form import Place

_BY_NAME = {
    "general_fb": "explanation",
    "correct_fb": "right",
    "correct": "right",
    "general_incorrect_fb": "wrong",
    "incorrect_fb": "wrong",
    "incorrect": "wrong",
}
"""Feedback ids of Canvas and Blackboard, which need no condition to have a meaning."""


@dataclass(slots=True)
class ItemFeedback(Feedback):
    """Feedback; ``unassigned`` has feedback of which it is unknown when it is shown."""

    unassigned: list[tuple[Place, Line]] = field(default_factory=list)


def feedback(
    item: Element, texts: Texts, rules: Conditions, names: Collection[str], place: Place
) -> ItemFeedback:
    """Read the feedback of an item; ``names`` are the ids of its options."""
    feedback_by_target = ItemFeedback()
    shows = _shows(rules)
    for number, one in enumerate(item.iterchildren("itemfeedback")):
        here = texts.part.place(one, place.begins)
        if number >= FEEDBACK:
            feedback_by_target.unassigned.append((here, texts.line(one, here)))
            continue
        ident = one.get("ident") or ""
        option = _option(ident, names)
        solution: Line = ()
        for inner in [*one.iter("hint", "solution")]:
            line = texts.line(inner, here)
            if inner.tag == "hint":
                feedback_by_target.put(("key", "hint"), line)
            else:
                solution = join_lines(solution, line)
            inner.getparent().remove(inner)
        line = texts.line(one, here)
        by_rule = [at for at in shows.get(ident, ()) if _where(at, rules, names)]
        if solution and not (option or by_rule):
            feedback_by_target.put(("key", "explanation"), solution)
        else:
            line = join_lines(line, solution)
        if line:
            _put(feedback_by_target, ident, option, line, by_rule, rules, names, here)
    return feedback_by_target


def _put(
    feedback_by_target: ItemFeedback,
    ident: str,
    option: str,
    line: Line,
    shown_by: list[Condition],
    rules: Conditions,
    names: Collection[str],
    place: Place,
) -> None:
    if option:
        feedback_by_target.put(("option", option), line)
    elif key := _BY_NAME.get(ident.lower(), ""):
        feedback_by_target.put(("key", key), line)
    elif not shown_by:
        feedback_by_target.unassigned.append((place, line))
    for condition in shown_by if not option and ident.lower() not in _BY_NAME else ():
        where = _where(condition, rules, names) or ("key", "")
        lines = {"option": feedback_by_target.options, "answer": feedback_by_target.answers}.get(
            where[0], feedback_by_target.keys
        )
        if line != lines.get(where[1]):
            feedback_by_target.put(where, line)


def _option(ident: str, names: Collection[str]) -> str:
    """The option that a feedback's id names, by the conventions of Canvas, Blackboard and D2L."""
    candidates = (ident, ident.removesuffix("_fb"), ident.replace("_IF", "_A"))
    return next((name for name in candidates if name in names), "")


def _shows(rules: Conditions) -> dict[str, list[Condition]]:
    found: dict[str, list[Condition]] = {}
    for one in rules.every:
        for link in one.links:
            found.setdefault(link, []).append(one)
    return found


def _where(one: Condition, rules: Conditions, names: Collection[str]) -> Where | None:
    """What a condition's feedback is about: an option, a typed answer, or a result."""
    if option := rules.option(one):
        return "option", option
    if len(one.tests) == 1 and one.wanted:
        value = one.wanted[0].value
        if value in names:
            return "option", value
        if not names and one.wanted[0].name == "varequal":
            return "answer", value
    if names and len(one.tests) == 1 and not one.wanted:
        # Canvas's feedback for one wrong pair of a matching question.
        return "answer", one.tests[0].response
    if one in rules.giving:
        return "key", "right"
    if one.is_other:
        return "key", "wrong" if rules.giving else "explanation"
    if one.marks is not None and one.marks <= 0 and one.wanted:
        return "key", "wrong"
    return None
