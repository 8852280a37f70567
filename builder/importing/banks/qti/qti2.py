"""Imports QTI 2.0, 2.1 and 2.2, and what QTI 3.0 has in common with them
(facts/question-banks.md#qti-2). Reads tests with their items in order, below the titles of their
sections. Questions of types that a course does not have are kept as text."""

from __future__ import annotations

import copy
import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from builder.importing.banks import gaps, judging
from builder.importing.banks.bank import Draft, join_lines, parse_weight, shorten
from builder.importing.banks.qti import qti2_scoring
from builder.importing.banks.qti.bank import (
    MAX_FEEDBACK,
    MAX_OPTIONS,
    UNCLEAR,
    Facts,
    Feedback,
    IdentifiedOption,
    Line,
    QtiBank,
    Response,
    fill_in_draft,
    matching_draft,
    parse_score,
    plain,
    question_type,
    sequencing_draft,
    truth_or_choice_draft,
)
from builder.importing.banks.qti.package import Part
from builder.importing.banks.qti.qti2_scoring import ResponseDeclaration
from builder.importing.banks.qti.qti2_texts import INLINE, ItemBody, Texts
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Option, Question, words_of
from builder.importing.document.question_types import can_be_asked

_NO_ANSWERS = "Nothing says which answers are right."
_TOO_MUCH_FEEDBACK = f"an item has more than {MAX_FEEDBACK} of them"
_NEVER_SHOWN = "nothing says plainly when it is shown"
_OF_ALL_PARTS = "its item became several questions, and nothing says which of them it belongs to"


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
        self.ambiguous: frozenset[str] = frozenset()
        """The ids that options of several interactions have."""

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
        not_divided = self._divide(body, points, above) if len(body.responses) > 1 else ""
        if not_divided is None:
            return
        kind, why = self._kind(body)
        why = not_divided or why
        draft = Draft()
        if not why:
            draft = _DRAFTS[kind](self, body.responses[0])
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
        return question_type(body.responses, bool(response.correct or response.mapping))

    def _divide(self, body: ItemBody, points: str, above: tuple[Block, ...]) -> str | None:
        """Add a question for each interaction of this item. Returns the reason if that is not
        possible, and ``None`` if it was. ``points`` is the weight of the item, of which each
        question gets an equal part; ``above`` are blocks above the first prompt."""
        if self.item.find("templateDeclaration") is not None:
            return self._kind(body)[1]
        if unknown := next((one for one in body.responses if not one.known), None):
            return f"a course has no questions of the type “{unknown.tag}”"
        if len(body.responses) > gaps.MOST:
            return f"it asks for more than {gaps.MOST} things"
        whole = [at for at, one in enumerate(body.responses) if one.tag not in INLINE]
        try:
            divided, trailing = gaps.prompts(
                (*above, *body.blocks), len(body.responses), self.place, whole
            )
        except gaps.NotDividedError as error:
            return str(error)
        listed, capitals = len(self.bank.rest), len(self.qti.capitals)
        shared = self._shared_feedback(body)
        weight = _share(points, len(divided))
        questions = []
        for number, (one, prompt) in enumerate(zip(body.responses, divided, strict=True), start=1):
            question, why = self._part(one, prompt, number, weight, shared)
            if why:
                del self.bank.rest[listed:], self.qti.capitals[capitals:]
                self.feedback = shared
                return f"of its part {number}, {why}"
            questions.append(question)
        self.qti.add_questions(questions)
        self.qti.add(trailing)
        return None

    def _part(
        self,
        one: Response,
        prompt: Sequence[Block],
        number: int,
        weight: str,
        shared: Feedback,
    ) -> tuple[Question, str]:
        """Build the question of one of several interactions, ``one``. Also returns the reason if a
        course cannot ask it. ``shared`` is the feedback of the whole item."""
        response = self._response(one)
        names = {choice.name for choice in one.choices}
        right = {*response.correct, *response.mapping}
        self.feedback = Feedback(
            {
                name: line
                for name, line in shared.options.items()
                if name in names and name not in self.ambiguous
            },
            {words: line for words, line in shared.answers.items() if words in right},
        )
        kind = question_type([one], bool(response.correct or response.mapping))[0]
        draft = _DRAFTS[kind](self, one)
        if line := shared.keys.get("explanation"):
            draft.add_feedback("explanation", line)
        kind = draft.kind or ("choice" if kind == "choices" else kind)
        facts = Facts(self.place, kind, self.title, weight)
        question = self.qti.question(facts, prompt, draft, number)
        return question, draft.lost or can_be_asked(question)

    def _shared_feedback(self, body: ItemBody) -> Feedback:
        """The feedback that can be shown with the questions of an item with several interactions;
        reports all other. Interactions may use the same ids for their options, and the feedback
        then does not say which of them it belongs to."""
        ids = Counter(choice.name for one in body.responses for choice in one.choices)
        right = {words for one in self.declared.values() for words in (*one.correct, *one.mapping)}
        self.ambiguous = frozenset(name for name, count in ids.items() if count > 1)
        left = [
            *(line for name, line in self.feedback.options.items() if name in self.ambiguous),
            *(line for words, line in self.feedback.answers.items() if words not in right),
            *(line for key, line in self.feedback.keys.items() if key != "explanation"),
        ]
        for line in left:
            self.bank.report("feedback", self.place, words_of(line), _OF_ALL_PARTS)
        return self.feedback

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

    def choice(self, one: Response) -> Draft:
        """Read the options of a single-choice, multiple-choice or true-false question, and mark the
        correct ones. ``one`` is the response that chooses among them."""
        response = self._response(one)
        several = one.several
        options = [
            Option("", choice.line, False, self.feedback.options.get(choice.name, ()))
            for choice in one.choices
        ]
        filled_indexes = [
            at for at, option in enumerate(options) if option.inlines or option.feedback
        ]
        doubt = {qti2_scoring.UNCLEAR: UNCLEAR, qti2_scoring.NOTHING: _NO_ANSWERS}.get(
            response.scoring, ""
        )
        marks = self._marks(response, [choice.name for choice in one.choices], several)
        filled_options = [options[at] for at in filled_indexes]
        if doubt:
            return Draft(filled_options, doubts=[doubt])
        marked, doubts = judging.mark_by_percentage(
            filled_options, [marks[at] for at in filled_indexes], not several
        )
        if not several:
            return truth_or_choice_draft(
                [IdentifiedOption("", option) for option in filled_options], marked, doubts
            )
        right = sum(option.right for option in marked)
        partial = response.scoring != qti2_scoring.CORRECT and right > 1
        return Draft(marked, doubts=doubts, partial=partial)

    def _marks(
        self, response: ResponseDeclaration, names: Sequence[str], several: bool
    ) -> list[float]:
        """The percentage of the mark that each option of a response earns. ``names`` are the ids of
        the options; ``several`` is true if trainees can choose several."""
        if response.scoring == qti2_scoring.CORRECT:
            correct = frozenset(response.correct)
            return [100.0 if name in correct else 0.0 for name in names]
        marks = [response.mapping.get(name, 0.0) for name in names]
        positive_marks = [mark for mark in marks if mark > 0]
        whole = (
            (response.most or sum(positive_marks)) if several else max(positive_marks, default=0)
        )
        return [100 * mark / whole if whole else 0.0 for mark in marks]

    def _typed_answers(self, response: ResponseDeclaration) -> list[judging.TypedAnswer]:
        marks = dict(response.mapping)
        if response.scoring == qti2_scoring.CORRECT:
            marks = dict.fromkeys(response.correct, 1.0)
        best = max(marks.values(), default=0)
        return [
            judging.TypedAnswer(words, 100 * mark / best, self.feedback.answers.pop(words, ()))
            for words, mark in marks.items()
            if words and best > 0
        ]

    def fill_in(self, one: Response) -> Draft:
        """Read the answers of a fill-in question. ``one`` is the response that trainees type."""
        response = self._response(one)
        if response.scoring == qti2_scoring.UNCLEAR:
            words = ", ".join(f"“{shorten(word)}”" for word in response.correct)
            doubts = [f"{UNCLEAR} {words} is declared as right." if words else UNCLEAR]
            return Draft(doubts=doubts, consumed=doubts)
        typed_answers = self._typed_answers(response)
        draft = fill_in_draft(typed_answers, self.feedback.answers, response.exact is True)
        has_letters = any(answer.lower() != answer.upper() for answer in draft.answers)
        if response.exact is None and has_letters:
            self.qti.capitals.append(self.place)
        return draft

    def numeric(self, one: Response) -> Draft:
        """Read the answers of a numeric question, with their tolerance. ``one`` is the response
        that trainees type."""
        response = self._response(one)
        if response.scoring in (
            qti2_scoring.UNCLEAR,
            qti2_scoring.NOTHING,
        ) or response.tolerance == (
            "",
            "",
        ):
            return Draft(
                doubts=[UNCLEAR if response.scoring != qti2_scoring.NOTHING else _NO_ANSWERS]
            )
        typed_answers = self._typed_answers(response)
        if response.tolerance:
            typed_answers = [
                replace(each, words=_with_tolerance(each.words, response.tolerance))
                for each in typed_answers
            ]
        self.qti.report_single_feedback(self.feedback, self.place)
        return judging.numeric_draft(typed_answers, ())

    def matching(self, one: Response) -> Draft:
        """Read the pairs of a matching question. ``one`` is the response that pairs its choices.
        The question is kept as text unless each left-hand half has one matching right-hand half."""
        response = self._response(one)
        rights = _right_pairs(response)
        lines = {choice.name: choice.line for choice in one.choices}
        left = [choice for choice in one.choices if choice.set == 0]
        second = [choice for choice in one.choices if choice.set > 0]
        if max(len(left), len(second), len(rights)) > MAX_OPTIONS:
            return Draft(lost=f"it has more than {MAX_OPTIONS} things to choose from")
        pairs: list[tuple[Line, Line]] = []
        for choice in left:
            own_pairs = [pair for pair in rights if choice.name in pair]
            others = {name for pair in own_pairs for name in pair} - {choice.name}
            if (
                len(own_pairs) != 1
                or len(others) != 1
                or not others <= {each.name for each in second}
            ):
                words = shorten(words_of(choice.line))
                return Draft(lost=f"nothing says which one of the answers belongs to “{words}”")
            pairs.append((choice.line, lines[others.pop()]))
        used_lines = {plain(right) for _, right in pairs}
        pairs += [((), each.line) for each in second if plain(each.line) not in used_lines]
        is_mapped = response.scoring == qti2_scoring.MAPPED
        marks = {mark for mark in response.mapping.values() if mark > 0 and is_mapped}
        choices = [each.line for each in second]
        draft = matching_draft(pairs, choices, marks, self.place, self.bank)
        draft.partial = is_mapped
        self.qti.report_single_feedback(self.feedback, self.place)
        return draft

    def sequencing(self, one: Response) -> Draft:
        """Read the items of an ordering question in their correct order. ``one`` is the response
        that trainees put into order. The question is kept as text if the correct order is
        unclear."""
        response = self._response(one)
        lines = {choice.name: choice.line for choice in one.choices}
        names = response.correct
        if response.scoring != qti2_scoring.CORRECT or sorted(names) != sorted(lines) or not names:
            return Draft(lost="nothing says plainly which order of all items is right")
        self.qti.report_single_feedback(self.feedback, self.place)
        return sequencing_draft(lines[name] for name in names)

    def _answers_as_text(self, body: ItemBody) -> Draft:
        """Draft the right answers and the feedback as text, for a question that is kept as text."""
        draft = Draft()
        words = {c.name: words_of(c.line) for one in body.responses for c in one.choices}
        for response in self.declared.values():
            earning = [key for key, mark in response.mapping.items() if mark > 0]
            right_answers = [
                _with_option_text(value, response, words) for value in response.correct or earning
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


def _share(points: str, count: int) -> str:
    """The weight of each of ``count`` questions that together have the weight ``points``; empty if
    that is empty."""
    return parse_weight(f"{max(float(points) / count, 0.01):.2f}") if points else ""


def _points(item: Element) -> str:
    for one in item.iterchildren("outcomeDeclaration"):
        value = one.findtext("defaultValue/value") or ""
        if one.get("identifier") == "MAXSCORE":
            return value.strip()
    score = item.find("outcomeDeclaration[@identifier='SCORE']")
    return (score.get("normalMaximum") or "") if score is not None else ""


def _right_pairs(response: ResponseDeclaration) -> list[list[str]]:
    if response.scoring == qti2_scoring.CORRECT:
        return [pair.split() for pair in response.correct]
    if response.scoring == qti2_scoring.MAPPED:
        return [pair.split() for pair, mark in response.mapping.items() if mark > 0]
    return []


def _with_tolerance(value: str, tolerance: tuple[str, str]) -> str:
    below, above = (parse_score(size) for size in tolerance)
    middle = parse_score(value)
    if below is None or above is None or middle is None:
        return value
    return (
        f"{value}:{tolerance[0]}" if below == above else f"{middle - below:g}..{middle + above:g}"
    )


_DRAFTS: dict[str, Callable[[Item, Response], Draft]] = {
    "choice": Item.choice,
    "choices": Item.choice,
    "fill-in": Item.fill_in,
    "numeric": Item.numeric,
    "matching": Item.matching,
    "sequencing": Item.sequencing,
    "reflection": lambda *_: Draft(),
}


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
            reason = (
                f"an attempt asked {child.get('select')} of these questions: write “draw:” on "
                "their page, if that is to stay so"
            )
            self.bank.report("selection", place, "", reason)
        elif name == "testFeedback":
            line = Texts(self.qti.reading(part)).line(child, place)
            reason = "a course has no feedback for a quiz as a whole"
            self.bank.report("feedback of a quiz", place, words_of(line), reason)

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
