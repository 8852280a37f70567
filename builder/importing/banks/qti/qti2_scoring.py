"""Reads how a QTI 2 item is scored, and when it shows each feedback: for which option, or for a
right or wrong answer. An item says so in its response declarations and its response processing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from builder.importing.banks.qti.bank import Where, parse_score
from builder.importing.banks.xml import Element

_MAX_RESPONSES = 50
"""Maximum number of responses of an item; if there are more, the scoring counts as unclear."""
CORRECT, MAPPED, RULES, UNCLEAR, NOTHING = "correct", "mapped", "rules", "unclear", "nothing"


@dataclass(slots=True)
class ResponseDeclaration:
    """The declaration of a response: its ``correct`` values, and the marks of single values
    (``mapping``).

    ``scoring`` says how answers are scored: by the ``correct`` values (``CORRECT``), by the
    ``mapping`` (``MAPPED``), or by rules for single values (``RULES``). It is ``UNCLEAR`` if the
    processing is too complex, and ``NOTHING`` if the item does not say what is right.

    ``otherwise`` is the mark of values that the mapping does not have; ``most`` is the upper bound
    of the marks. ``exact`` is true if capitals matter, ``None`` if the file does not say so.
    ``tolerance`` is the tolerance of a number, as ``_tolerance`` returns it.
    """

    name: str
    type: str = ""
    several: bool = False
    correct: list[str] = field(default_factory=list)
    mapping: dict[str, float] = field(default_factory=dict)
    most: float = 0
    otherwise: float = 0
    exact: bool | None = None
    scoring: str = NOTHING
    tolerance: tuple[str, str] | None = None


def declarations(item: Element) -> dict[str, ResponseDeclaration]:
    """Read the response declarations of an item, by identifier."""
    found = {}
    many = sum(1 for _ in item.iterchildren("responseDeclaration")) > _MAX_RESPONSES
    for one in item.iterchildren("responseDeclaration"):
        name = one.get("identifier") or ""
        declaration = ResponseDeclaration(name, one.get("baseType") or "")
        declaration.several = one.get("cardinality") in ("multiple", "ordered")
        declaration.correct = [_words(value) for value in one.iterfind("correctResponse/value")]
        mapping = one.find("mapping")
        if mapping is not None:
            _read_mapping(declaration, mapping)
        declaration.scoring = UNCLEAR if many else _scoring(item, declaration)
        if declaration.scoring == MAPPED and declaration.otherwise > 0:
            # Any value that is not in the mapping earns marks.
            declaration.scoring = UNCLEAR
        if declaration.scoring == RULES:
            declaration.mapping, declaration.exact = (
                dict(_marks_by_rules(item, name)),
                _is_case_sensitive(item),
            )
        if declaration.scoring == CORRECT:
            declaration.tolerance = _tolerance(item, name)
        found[name] = declaration
    return found


def _read_mapping(declaration: ResponseDeclaration, mapping: Element) -> None:
    declaration.otherwise = parse_score(mapping.get("defaultValue") or "") or 0
    declaration.most = parse_score(mapping.get("upperBound") or "") or 0
    for entry in mapping.iterchildren("mapEntry"):
        key = " ".join((entry.get("mapKey") or "").split())
        declaration.mapping[key] = parse_score(entry.get("mappedValue") or "") or 0
        case_sensitive = entry.get("caseSensitive")
        if case_sensitive is not None:
            declaration.exact = declaration.exact or case_sensitive == "true"


def _scoring(item: Element, declaration: ResponseDeclaration) -> str:
    """How answers to a response are scored, as in ``ResponseDeclaration.scoring``. Reads the
    template of the response processing, or rules that are simple enough."""
    processing = item.find("responseProcessing")
    if processing is None or not (len(processing) or processing.get("template")):
        # Without processing, only the declaration can say what is right.
        return CORRECT if declaration.correct else (MAPPED if declaration.mapping else NOTHING)
    template = (processing.get("template") or "").rstrip("/").rpartition("/")[2].lower()
    template = template.removesuffix(".xml")
    if template == "match_correct":
        return CORRECT if declaration.correct else NOTHING
    if template == "map_response":
        return MAPPED if declaration.mapping else NOTHING
    if template and not len(processing):
        return UNCLEAR
    return _by_rules(processing, declaration)


def _by_rules(processing: Element, declaration: ResponseDeclaration) -> str:
    if any(one.get("identifier") == declaration.name for one in processing.iter("mapResponse")):
        return MAPPED if declaration.mapping else NOTHING
    comparisons = [
        one for one in processing.iter("correct") if one.get("identifier") == declaration.name
    ]
    if comparisons:
        plain = [_rewards_correct(one) for one in comparisons]
        return CORRECT if declaration.correct and any(plain) and None not in plain else UNCLEAR
    if any(True for _ in _marks_by_rules(processing.getparent(), declaration.name)):
        return RULES
    is_used = any(one.get("identifier") == declaration.name for one in processing.iter("variable"))
    if is_used and not _only_selects_feedback(processing, declaration.name):
        return UNCLEAR
    return CORRECT if declaration.correct else (MAPPED if declaration.mapping else NOTHING)


def _rewards_correct(correct: Element) -> bool | None:
    """Whether the rule around a ``correct`` element gives marks for the declared right answer.
    ``False`` if it only tests for wrong answers; ``None`` if it is any other rule."""
    test = correct.getparent()
    branch = test.getparent()
    opposite = branch.tag == "not"
    branch = branch.getparent() if opposite else branch
    # If several responses must be right together, each must be.
    while branch.tag == "and" and not opposite:
        branch = branch.getparent()
    if test.tag not in ("match", "equal") or branch.tag not in ("responseIf", "responseElseIf"):
        return None
    marks = _score(branch)
    if opposite:
        return None if marks else False
    return None if marks is not None and marks <= 0 else True


def _only_selects_feedback(processing: Element, name: str) -> bool:
    """Whether the processing uses the response ``name`` only to select the feedback to show."""
    users = [one for one in processing.iter("variable") if one.get("identifier") == name]
    return all(one.getparent().tag == "setOutcomeValue" for one in users)


def _marks_by_rules(item: Element, name: str) -> Iterator[tuple[str, float]]:
    """Yield single values of the response ``name`` and their marks, from rules of the form “if the
    response is X, the score is Y”."""
    for rule in item.iter("responseIf", "responseElseIf"):
        test = rule[0] if len(rule) else None
        if test is None or test.tag not in ("match", "stringMatch", "equal", "member"):
            continue
        variable, value = test.find("variable"), test.find("baseValue")
        if variable is None or value is None or variable.get("identifier") != name:
            continue
        marks = _score(rule)
        if marks is not None:
            yield _words(value), marks


def _score(rule: Element) -> float | None:
    for one in rule.iterchildren("setOutcomeValue"):
        if (one.get("identifier") or "").lower().endswith("score"):
            values = list(one.iter("baseValue"))
            return parse_score(_words(values[-1])) if len(values) == 1 else None
    return None


def _is_case_sensitive(item: Element) -> bool | None:
    case_sensitive = [one.get("caseSensitive") for one in item.iter("stringMatch")]
    return any(one == "true" for one in case_sensitive) if any(case_sensitive) else None


def _tolerance(item: Element, name: str) -> tuple[str, str] | None:
    """The tolerances below and above the correct number of the response ``name``, as written. Two
    empty texts if they are relative; ``None`` if there are none."""
    for one in item.iter("equal"):
        correct = one.find("correct")
        if correct is None or correct.get("identifier") != name:
            continue
        sizes = (one.get("tolerance") or "").split()
        if one.get("toleranceMode") == "absolute" and sizes:
            return sizes[0], sizes[-1]
        if one.get("toleranceMode") == "relative":
            return "", ""
    return None


def is_numeric(declaration: ResponseDeclaration) -> bool:
    """Whether the response is a number."""
    return declaration.type in ("integer", "float")


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def feedback_targets(item: Element, names: Collection[str]) -> dict[tuple[str, str], list[Where]]:
    """Find the targets of an item's feedback, by the outcome variable and the identifier that show
    the feedback. ``names`` are the ids of the options."""
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
            known[around] = [
                _target_of_test(each, names)
                for each in around.iterchildren("responseIf", "responseElseIf")
            ]
        return ("key", "wrong") if ("key", "right") in known[around] else None
    return _target_of_test(branch, names)


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
