"""Finds out when a QTI 2 item shows each feedback (for which option, or for a right or wrong
answer) from the rules that set its outcomes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from builder.importing.banks.qti.responses import Where
from builder.importing.banks.xml import Element


def feedback_targets(item: Element, names: Collection[str]) -> dict[tuple[str, str], list[Where]]:
    """What feedback is about, by outcome and identifier; ``names`` are the ids of options."""
    found: dict[tuple[str, str], list[Where]] = {}
    processing = item.find("responseProcessing")
    every: set[str] = set()
    known: dict[Element, list[Where | None]] = {}
    for one in processing.iter("setOutcomeValue") if processing is not None else ():
        outcome = one.get("identifier") or ""
        if outcome.lower().endswith("score"):
            continue
        direct = [each for each in one.iter("variable") if each.get("identifier") != outcome]
        if direct and outcome not in every and one.find(".//baseValue") is None:
            every.add(outcome)
            for name in names:
                found.setdefault((outcome, name), []).append(("option", name))
        where = _target_of_branch(one.getparent(), names, known)
        for value in one.iter("baseValue"):
            if where:
                ident = "".join(value.itertext()).strip()
                found.setdefault((outcome, ident), []).append(where)
    return found


def _target_of_branch(
    branch: Element, names: Collection[str], known: dict[Element, list[Where | None]]
) -> Where | None:
    if branch.tag == "responseProcessing":
        return "key", "explanation"
    around = branch.getparent()
    if around is None or around.getparent().tag != "responseProcessing":
        return None
    if branch.tag == "responseElse":
        if around not in known:
            known[around] = [_target_of_test(each, names) for each in _branches(around)]
        return ("key", "wrong") if ("key", "right") in known[around] else None
    return _target_of_test(branch, names)


def _branches(condition: Element) -> Iterator[Element]:
    yield from condition.iterchildren("responseIf", "responseElseIf")


def _target_of_test(branch: Element, names: Collection[str]) -> Where | None:
    test = branch[0] if len(branch) else None
    if test is None or not isinstance(test.tag, str):
        return None
    if test.tag == "baseValue" and "".join(test.itertext()).strip() == "true":
        return "key", "explanation"
    if test.tag == "not" and len(test) == 1 and _is_right(test[0]):
        return "key", "wrong"
    if _is_right(test):
        return "key", "right"
    if test.tag in ("match", "member", "equal", "stringMatch"):
        value = test.find("baseValue")
        if value is not None and test.find("variable") is not None:
            name = " ".join("".join(value.itertext()).split())
            return ("option", name) if name in names else ("answer", name)
    return None


def _is_right(test: Element) -> bool:
    return (
        test.tag in ("match", "equal")
        and test.find("variable") is not None
        and test.find("correct") is not None
    )
