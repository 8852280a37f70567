"""Reads how a QTI 2 item is scored, and when it shows each feedback: for which option, or for a
right or wrong answer. An item says so in its response declarations and its response processing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from builder.importing.banks.qti.bank import Where, parse_score
from builder.importing.banks.qti.scoring import (
    UNCLEAR,
    Rule,
    Scoring,
    Test,
    UnclearError,
    rule,
    scoring_of,
)
from builder.importing.banks.xml import Element

_MAX_RESPONSES = 50
"""Maximum number of responses of an item; if there are more, the scoring counts as unclear."""
_MAX_CHANGES = 500
"""Maximum number of branches and changes of outcomes in the response processing; if there are more,
the scoring counts as unclear."""
NO_ANSWERS = "Nothing says which answers are right."
_ALWAYS, _UNCLEAR, _ELSEWHERE = Test("always"), Test("unclear"), Test("elsewhere")


@dataclass(slots=True)
class ResponseDeclaration:
    """The declaration of a response: its ``correct`` values, and the marks of single values
    (``mapping``).

    ``scoring`` has the rules about this response. ``otherwise`` is the mark of values that the
    mapping does not have. ``exact`` is true if capitals matter, ``None`` if the file does not say
    so.
    """

    name: str
    type: str = ""
    several: bool = False
    correct: list[str] = field(default_factory=list)
    mapping: dict[str, float] = field(default_factory=dict)
    otherwise: float = 0
    exact: bool | None = None
    scoring: Scoring = field(default_factory=lambda: scoring_of((), doubt=NO_ANSWERS))

    def known(self) -> set[str]:
        """The values that the file says something about."""
        ruled = (test.value for one in self.scoring.scoring for test in one.wanted)
        return {*self.correct, *self.mapping, *ruled}

    def right(self) -> list[str]:
        """The values that earn marks, or are declared as right."""
        earning = [test.value for one in self.scoring.giving for test in one.wanted]
        return self.correct or earning or [key for key, mark in self.mapping.items() if mark > 0]


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
        try:
            rules, doubt = _rules(item, declaration, many), ""
        except UnclearError:
            rules, doubt = [], UNCLEAR
        doubt = doubt if rules or doubt else NO_ANSWERS
        declaration.scoring = scoring_of(rules, doubt=doubt, declared=tuple(declaration.correct))
        found[name] = declaration
    return found


def _read_mapping(declaration: ResponseDeclaration, mapping: Element) -> None:
    declaration.otherwise = parse_score(mapping.get("defaultValue") or "") or 0
    for entry in mapping.iterchildren("mapEntry"):
        key = " ".join((entry.get("mapKey") or "").split())
        declaration.mapping[key] = parse_score(entry.get("mappedValue") or "") or 0
        case_sensitive = entry.get("caseSensitive")
        if case_sensitive is not None:
            declaration.exact = declaration.exact or case_sensitive == "true"


def _rules(item: Element, declaration: ResponseDeclaration, many: bool) -> list[Rule]:
    """The scoring rules about a response, from the template of the response processing, or from its
    own rules. ``many`` is true if the item has too many responses."""
    if many:
        raise UnclearError
    processing = item.find("responseProcessing")
    if processing is None or not (len(processing) or processing.get("template")):
        # Without processing, only the declaration can say what is right.
        return _declared_rules(declaration)
    template = (processing.get("template") or "").rstrip("/").rpartition("/")[2].lower()
    template = template.removesuffix(".xml")
    if template == "match_correct":
        return _correct_rules(declaration)
    if template == "map_response":
        return _mapped_rules(declaration, _ALWAYS)
    if template and not len(processing):
        raise UnclearError
    return _Processing(declaration, processing).rules()


def _declared_rules(declaration: ResponseDeclaration) -> list[Rule]:
    return _correct_rules(declaration) or _mapped_rules(declaration, _ALWAYS)


def _correct_rules(declaration: ResponseDeclaration) -> list[Rule]:
    return [rule(_correct_test(declaration), 1)] if declaration.correct else []


def _mapped_rules(declaration: ResponseDeclaration, above: Test) -> list[Rule]:
    if declaration.mapping and declaration.otherwise > 0:
        # Any value that is not in the mapping earns marks.
        raise UnclearError
    return [
        rule(Test("and", inside=(above, _has(declaration, key))), mark, adds=True)
        for key, mark in declaration.mapping.items()
    ]


def _has(declaration: ResponseDeclaration, value: str) -> Test:
    return Test("has", declaration.name, value, exact=declaration.exact)


def _correct_test(declaration: ResponseDeclaration, equal: Element | None = None) -> Test:
    """The test for the declared right answer; several values of a single response are alternatives.
    ``equal`` is the element of the comparison, which may have a tolerance."""
    values = tuple(_has(declaration, value) for value in declaration.correct)
    if declaration.several or not values:
        return Test("exactly", declaration.name, inside=values) if values else _UNCLEAR
    mode = equal.get("toleranceMode") if equal is not None and equal.tag == "equal" else None
    sizes = (equal.get("tolerance") or "").split() if equal is not None and mode else []
    if mode == "relative":
        return Test("one of", inside=(*values, _UNCLEAR))
    if mode == "absolute" and sizes:
        values = tuple(_within(value, sizes[0], sizes[-1]) for value in values)
    return Test("one of", inside=values)


def _within(value: Test, below: str, above: str) -> Test:
    try:
        middle, lower, upper = Decimal(value.value), Decimal(below), Decimal(above)
    except InvalidOperation:
        return value
    low = Test("≥", value.response, f"{middle - lower:f}")
    return Test("and", inside=(value, low, Test("≤", value.response, f"{middle + upper:f}")))


class _Processing:
    """Translates the response processing of an item into the rules about one response."""

    def __init__(self, declaration: ResponseDeclaration, processing: Element) -> None:
        self.declaration, self.processing = declaration, processing
        self.name = declaration.name
        self.found: list[Rule] = []
        self.hinted: list[Rule] = []
        """Rules whose marks are not known, in branches that are met by the right answer."""

    def rules(self) -> list[Rule]:
        """The rules; raises ``UnclearError`` if they do not say which answers are right."""
        names = ("responseIf", "responseElseIf", "responseElse", "setOutcomeValue")
        if sum(1 for _ in self.processing.iter(*names)) > _MAX_CHANGES:
            raise UnclearError
        self._walk(self.processing, ())
        users = [one for one in self.processing.iter() if one.get("identifier") == self.name]
        if any(one.tag == "mapResponse" for one in users):
            return self.found if self.declaration.mapping else []
        if any((one.marks or 0) > 0 for one in self.found):
            return self.found
        if self.hinted:
            return self.hinted
        if any(
            one.tag in ("variable", "correct") and one.getparent().tag != "setOutcomeValue"
            for one in users
        ):
            raise UnclearError
        return _declared_rules(self.declaration)

    def _walk(self, element: Element, above: tuple[Test, ...]) -> None:
        """Collect the rules inside an element; ``above`` are the tests that it depends on."""
        earlier: tuple[Test, ...] = ()
        for one in element.iterchildren("*"):
            if one.tag == "setOutcomeValue":
                self._set(one, Test("and", inside=above))
            elif one.tag in ("responseCondition", "responseProcessingFragment"):
                self._walk(one, above)
            elif one.tag in ("responseIf", "responseElseIf", "responseElse"):
                no_earlier = (Test("not", inside=earlier),) if earlier else ()
                own = _ALWAYS
                if one.tag != "responseElse":
                    own = self._test(one[0]) if len(one) else _UNCLEAR
                    self._hint(one, rule(own, 1))
                self._walk(one, (*above, *no_earlier, own))
                # Tests of other responses would only repeat that the rule is unclear.
                earlier += () if own in earlier[-1:] else (own,)

    def _set(self, change: Element, test: Test) -> None:
        """Add the rule that changes an outcome if a test holds."""
        mapped = change.iter("mapResponse")
        if any(one.get("identifier") == self.name for one in mapped):
            if len(self.found) > _MAX_CHANGES:
                raise UnclearError
            self.found += _mapped_rules(self.declaration, test)
            return
        found, marks = rule(test), _marks(change)
        if marks is not None and (
            (found.wanted and self._can_hold(found)) or (found.tests and marks <= 0)
        ):
            adds = any(change.find(name) is not None for name in ("sum", "subtract"))
            self.found.append(replace(found, marks=marks, adds=adds))

    def _hint(self, branch: Element, one: Rule) -> None:
        """Collect the rule of a branch for right answers that sets no known marks."""
        is_right = one.test.contains("exactly") or one.test.contains("one of")
        changes = branch.iterchildren("setOutcomeValue")
        if one.wanted and is_right and all(_marks(change) is None for change in changes):
            self.hinted.append(one)

    def _can_hold(self, one: Rule) -> bool:
        """Whether an answer can meet a rule about a single value. Raises ``UnclearError`` if only
        some of the values that it names do."""
        names = {leaf.name for leaf in one.wanted}
        if self.declaration.several or names != {"has"} or one.test.contains("unclear"):
            return True
        held = [one.test.holds({self.name: [leaf.value]}, False) for leaf in one.wanted]
        if any(held) and not all(held):
            raise UnclearError
        return any(held)

    def _test(self, element: Element) -> Test:
        name = element.tag
        if name in ("and", "or", "not"):
            inside = tuple(self._test(one) for one in element.iterchildren("*"))
            if name == "or" and any(one.contains("elsewhere") for one in inside):
                return _UNCLEAR
            return Test(name, inside=inside)
        variable = element.find("variable")
        asked = variable.get("identifier") if variable is not None else ""
        correct, value = element.find("correct"), element.find("baseValue")
        if name == "isNull" and asked == self.name:
            return Test("empty", asked)
        if name in ("match", "equal") and correct is not None and asked:
            if correct.get("identifier") != asked:
                return _UNCLEAR
            if asked == self.name:
                return _correct_test(self.declaration, element)
            return _ELSEWHERE
        if name in ("match", "stringMatch", "equal", "member") and value is not None:
            sensitive = element.get("caseSensitive")
            exact = None if sensitive is None else sensitive == "true"
            if asked == self.name:
                return Test("has", asked, _words(value), exact=exact)
        return _ALWAYS if name == "baseValue" and _words(element) == "true" else _UNCLEAR


def _marks(change: Element) -> float | None:
    """The number that an element adds to a score, or sets; ``None`` if it is not known."""
    values = list(change.iter("baseValue"))
    if len(values) != 1 or not (change.get("identifier") or "").lower().endswith("score"):
        return None
    marks = parse_score(_words(values[0]))
    return -marks if marks and change.find("subtract") is not None else marks


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
    if test.tag == "not" and len(test) == 1 and _compares_correct(test[0]):
        return "key", "wrong"
    if _compares_correct(test):
        return "key", "right"
    if test.tag in ("match", "member", "equal", "stringMatch"):
        value = test.find("baseValue")
        if value is not None and test.find("variable") is not None:
            name = " ".join("".join(value.itertext()).split())
            return ("option", name) if name in names else ("answer", name)
    return None


def _compares_correct(test: Element) -> bool:
    return (
        test.tag in ("match", "equal")
        and test.find("variable") is not None
        and test.find("correct") is not None
    )
