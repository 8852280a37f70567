"""Imports QTI 2.0, 2.1 and 2.2, and what QTI 3.0 has in common with them
(facts/question-banks.md#qti-2). Reads tests with their items in order, below the titles of their
sections. Questions of types that a course does not have are kept as text."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from builder.importing.banks.bank import Draft, join_lines, parse_weight
from builder.importing.banks.qti import drafts, qti2_scoring
from builder.importing.banks.qti.bank import (
    MAX_FEEDBACK,
    Facts,
    Feedback,
    Line,
    QtiBank,
    Response,
    question_type,
)
from builder.importing.banks.qti.drafts import Asked
from builder.importing.banks.qti.package import Part
from builder.importing.banks.qti.parts import SharedFeedback, divide
from builder.importing.banks.qti.qti2_scoring import ResponseDeclaration
from builder.importing.banks.qti.qti2_texts import INLINE, ItemBody, Texts
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, words_of

_TOO_MUCH_FEEDBACK = f"an item has more than {MAX_FEEDBACK} of them"
_NEVER_SHOWN = "nothing says plainly when it is shown"


class Item:
    """Imports one item, which is a question in QTI, into the bank."""

    def __init__(self, qti: QtiBank, part: Part) -> None:
        self.part, self.item = part, part.root
        self.bank, self.qti = qti.bank, qti
        self.title = self.item.get("title") or ""
        self.place = part.place(self.item, self.title)
        self.declared = qti2_scoring.declarations(self.item)
        self.texts = Texts(qti.reading(part), self.declared)
        self.feedback = Feedback()

    def add_to_bank(self, test_weight: str, above: tuple[Block, ...]) -> None:
        """Add the question of this item to the bank. ``above`` are blocks that are put before its
        prompt; ``test_weight`` is its weight in the test as the file writes it."""
        whole = copy.deepcopy(self.item.find("itemBody"))
        body = self.texts.item_body(self.item, self.place)
        for element, line in body.left:
            self.qti.report_marker_note(self.part.place(element), line)
        if not body.responses:
            self.qti.add((*above, *body.blocks))
            self.bank.consumed.append(self.title)
            return
        self._sort_feedback(body)
        points = parse_weight(test_weight) or parse_weight(_points(self.item))
        is_several = len(body.responses) > 1
        not_divided = self._divide(body, points, above) if is_several else ""
        if is_several and not not_divided:
            return
        kind, why = self._kind(body)
        why = not_divided or why
        draft = Draft()
        if not why:
            draft = self._draft(kind, body.responses[0], self.feedback)
            why = draft.lost
        blocks = body.blocks
        if why:
            draft = self._answers_as_text(body)
            blocks = self._body_as_text(whole)
        for key, line in self.feedback.keys.items():
            draft.add_feedback(key, line)
        kind = draft.kind or ("choice" if kind == "choices" else kind)
        facts = Facts(self.place, kind, self.title, points, (), why)
        self.qti.ask(facts, (*above, *blocks), draft)

    def _kind(self, body: ItemBody) -> tuple[str, str]:
        if self.item.find("templateDeclaration") is not None:
            return "reflection", "its numbers or words are random for each trainee"
        one = body.responses[0]
        if len(body.responses) == 1 and not one.known:
            return "reflection", f"a course has no questions of the type “{one.tag}”"
        response = self._response(one)
        return question_type(body.responses, bool(response.known()))

    def _divide(self, body: ItemBody, points: str, above: tuple[Block, ...]) -> str:
        """Add a question for each interaction of this item. Returns the reason if that is not
        possible. ``points`` is the weight of the item; ``above`` are blocks above the first
        prompt."""
        if self.item.find("templateDeclaration") is not None:
            return self._kind(body)[1]
        shared = SharedFeedback(self.feedback, body.responses)

        def draft(one: Response) -> tuple[str, Draft]:
            response = self._response(one)
            own = shared.of(one, response.known())
            kind = question_type([one], bool(response.known()))[0]
            drafted = self._draft(kind, one, own)
            shared.explain(drafted)
            return drafted.kind or ("choice" if kind == "choices" else kind), drafted

        facts = Facts(self.place, "", self.title, points)
        whole = [at for at, one in enumerate(body.responses) if one.tag not in INLINE]
        why = divide(self.qti, facts, body.responses, (*above, *body.blocks), draft, whole)
        if not why:
            known = {words for one in self.declared.values() for words in one.known()}
            shared.report_rest(self.qti, self.place, known)
        return why

    def _response(self, one: Response) -> ResponseDeclaration:
        return self.declared.get(one.name) or ResponseDeclaration(one.name)

    def _sort_feedback(self, body: ItemBody) -> None:
        """Assign each feedback to an option, a typed answer, or a key such as ``wrong``. Reports
        feedback that is never shown."""
        names = frozenset(choice.name for one in body.responses for choice in one.choices)
        shows = qti2_scoring.feedback_targets(self.item, names)
        inline_feedback = [
            (one, *each) for one in body.responses for c in one.choices for each in c.feedback
        ]
        every = [
            (outcome, ident, line) for _, outcome, ident, line in inline_feedback
        ] + body.feedback
        for one in self.item.iterchildren("modalFeedback"):
            place = self.part.place(one, self.title)
            outcome = "" if one.get("showHide") == "hide" else one.get("outcomeIdentifier") or ""
            every.append((outcome, one.get("identifier") or "", self.texts.line(one, place)))
        for _, _, line in every[MAX_FEEDBACK:]:
            self.bank.report("feedback", self.place, words_of(line), _TOO_MUCH_FEEDBACK)
        for outcome, ident, line in every[:MAX_FEEDBACK]:
            wheres = list(dict.fromkeys(shows.get((outcome, ident), [])))
            if line and not wheres:
                self.bank.report("feedback", self.place, words_of(line), _NEVER_SHOWN)
            for where in wheres if line else ():
                self.feedback.add(where, line)

    def _draft(self, kind: str, one: Response, feedback: Feedback) -> Draft:
        scoring = self._response(one).scoring
        asked = Asked(self.qti, one, scoring, feedback, self.place, names_wrong=True)
        return _matching(asked) if kind == "matching" else drafts.DRAFTS[kind](asked)

    def _answers_as_text(self, body: ItemBody) -> Draft:
        """Draft the right answers and the feedback as text, for a question that is kept as text."""
        draft = Draft()
        words = {c.name: words_of(c.line) for one in body.responses for c in one.choices}
        for response in self.declared.values():
            right_answers = [
                _with_option_text(value, response, words) for value in response.right()
            ]
            name = f"{response.name}: " if len(self.declared) > 1 else ""
            if right_answers:
                draft.answers.append(f"Right: {name}{' / '.join(dict.fromkeys(right_answers))}")
        draft.feedback["explanation"] = join_lines(*self.feedback.single())
        return draft

    def _body_as_text(self, body: Element) -> tuple[Block, ...]:
        for one in body.iter("feedbackInline", "feedbackBlock", "rubricBlock"):
            if one.tag != "rubricBlock" or "candidate" not in (one.get("view") or "candidate"):
                tail = one.tail
                one.clear()
                one.tail = tail
        return self.texts.whole_text(body, self.place)


def _with_option_text(value: str, response: ResponseDeclaration, words: dict[str, str]) -> str:
    """Replace the ids of options in ``value``, a correct value of a response, by the options'
    texts. ``words`` has the texts by id."""
    parts = value.split() if response.type.lower().endswith("pair") else [value]
    return " – ".join(" ".join(words.get(part, part).split()) for part in parts)


def _points(item: Element) -> str:
    for one in item.iterchildren("outcomeDeclaration"):
        value = one.findtext("defaultValue/value") or ""
        if one.get("identifier") == "MAXSCORE":
            return value.strip()
    score = item.find("outcomeDeclaration[@identifier='SCORE']")
    return (score.get("normalMaximum") or "") if score is not None else ""


def _matching(asked: Asked) -> Draft:
    """Draft a matching question, in which one response pairs all its choices."""
    giving = () if asked.scoring.doubt else asked.scoring.giving
    pairs = [test.value.split() for one in giving for test in one.wanted if test.name == "has"]
    second = {one.name: one.line for one in asked.response.choices if one.set > 0}
    halves: list[tuple[Line, Line]] = []
    for choice in (one for one in asked.response.choices if one.set == 0):
        own = [pair for pair in pairs if choice.name in pair]
        others = {name for pair in own for name in pair} - {choice.name}
        is_clear = len(own) == len(others) == 1
        halves.append((choice.line, second.get(others.pop(), ()) if is_clear else ()))
    partial = not any(one.test.contains("exactly") for one in giving)
    marks = {one.marks or 0 for one in giving}
    return drafts.matching(asked, halves, second.values(), marks, partial)


_PASSAGES = 4 << 20
"""Maximum length of all passages, in characters. A passage counts once for every item that uses
it."""
_LONG_PASSAGE = "it is too long to be repeated with each of its questions"


class TestReader:
    """Imports the items of all documents into the bank: first the items of tests, in order, then
    items that are in no test."""

    def __init__(self, qti: QtiBank, parts: Sequence[Part]) -> None:
        self.qti, self.bank = qti, qti.bank
        self.items = {one.name: one for one in parts if one.root.tag == "assessmentItem"}
        self.tests = [one for one in parts if one.root.tag == "assessmentTest"]
        self.sections = {one.name: one for one in parts if one.root.tag == "assessmentSection"}
        self.stimuli = {one.name: one for one in parts if one.root.tag == "assessmentStimulus"}
        self.read_sections: set[str] = set()
        self.room = _PASSAGES

    def read(self) -> None:
        """Import all tests, sections and items."""
        for part in self.tests:
            self._group(part, part.root, ())
        for part in self.sections.values():
            if part.name not in self.read_sections:
                self._group(part, part.root, ())
        self.qti.category = ""
        for part in [*self.items.values()]:
            self._item(part)

    def _group(self, part: Part, element: Element, steps: tuple[str, ...]) -> None:
        outer_category = self.qti.category
        title = element.get("title") or ""
        place = part.place(element, title)
        inside = steps
        if title.strip() and element.get("visible") != "false":
            inside = (*steps, title)
            self.qti.start_group(inside, title, place)
        elif title.strip():
            self.bank.consumed.append(title)
        for child in element.iterchildren("*"):
            self._child(part, child, inside)
        self.qti.category = outer_category

    def _child(self, part: Part, child: Element, steps: tuple[str, ...]) -> None:
        place = part.place(child)
        name = child.tag
        if name in ("testPart", "assessmentSection"):
            self._group(part, child, steps)
        elif name == "assessmentItemRef":
            found = self.items.pop(_resolve_href(part, child), None)
            if found is None:
                reason = "its file is not in the package, or it was asked before"
                self.bank.report("question", place, child.get("href") or "", reason)
                return
            value = child.find("weight")
            self._item(found, (value.get("value") or "") if value is not None else "")
        elif name == "assessmentSectionRef":
            path = _resolve_href(part, child)
            if path in self.sections and path not in self.read_sections:
                self.read_sections.add(path)
                self._group(self.sections[path], self.sections[path].root, steps)
        elif name == "rubricBlock":
            texts = Texts(self.qti.reading(part))
            if "candidate" in (child.get("view") or "candidate"):
                self.qti.add(texts.blocks(child, place))
            else:
                self.qti.report_marker_note(place, texts.line(child, place))
        elif name == "selection" and child.get("select"):
            self.qti.report_selection(place, child.get("select") or "")
        elif name == "testFeedback":
            line = Texts(self.qti.reading(part)).line(child, place)
            self.qti.report_quiz_feedback(place, line)

    def _item(self, part: Part, test_weight: str = "") -> None:
        above = tuple(self._stimulus(part, part.root))
        Item(self.qti, part).add_to_bank(test_weight, above)

    def _stimulus(self, part: Part, item: Element) -> Iterator[Block]:
        """Yield the blocks of the passages that an item refers to; report passages that are missing
        or too long."""
        for one in item.iter("assessmentStimulusRef"):
            found = self.stimuli.get(_resolve_href(part, one))
            place = part.place(one)
            body = found.root.find("stimulusBody") if found is not None else None
            size = 0 if body is None else sum(map(len, body.itertext()))
            self.room -= size
            if body is None or found is None or self.room < 0:
                reason = "its file is not in the package" if body is None else _LONG_PASSAGE
                self.bank.report("passage", place, one.get("href") or "", reason)
                continue
            yield from Texts(self.qti.reading(found)).blocks(copy.deepcopy(body), place)


def _resolve_href(part: Part, element: Element) -> str:
    href = unquote(element.get("href") or "")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part.name), href))
