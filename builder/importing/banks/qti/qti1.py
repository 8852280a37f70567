"""Imports QTI 1.2 as written by Canvas, Blackboard, D2L and other systems
(facts/question-banks.md#qti-12). Questions of types that a course lacks are kept as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing.banks import judging
from builder.importing.banks.bank import Draft, parse_weight, shorten
from builder.importing.banks.qti import qti1_scoring
from builder.importing.banks.qti.bank import (
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
    plain,
    sequencing_draft,
    truth_or_choice_draft,
)
from builder.importing.banks.qti.package import Part
from builder.importing.banks.qti.qti1_scoring import Conditions, conditions
from builder.importing.banks.qti.qti1_texts import (
    ItemFeedback,
    Presentation,
    Texts,
    declared_type,
    question_kind,
    read_feedback,
    read_metadata,
)
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Option, Paragraph, Place, Text, flat, words_of

_GROUPS = ("assessment", "objectbank", "section")
_ABOVE = ("rubric", "presentation_material", "objectives")
"""Elements whose texts are shown above the questions of a group."""
_WHOLE = ("assessfeedback", "sectionfeedback")
_POINTS = ("points_possible", "qmd_absolutescore_max", "cc_weighting", "qmd_weighting")
_GAP_OF = "response_"
"""Prefix of Canvas's response id for a gap; the gap's name follows."""
_CHOICE_TYPES = ("dropdown", "wordbank")
_APPROXIMATE = ("TextContainsAnswer", "TextCloseEnough", "TextRegex")
"""Scoring algorithms of Canvas's New Quizzes that accept more than the exact text."""
_NEVER_SHOWN = "nothing says when it is shown"


def read(qti: QtiBank, part: Part) -> None:
    """Import the questions of a document into the bank."""
    reader = _DocumentReader(qti, part)
    for child in part.root:
        reader.add(child, ())


@immutable
class _ItemParts:
    """What was read from an item: the data from which the answers of its question are built."""

    presentation: Presentation
    rules: Conditions
    feedback: ItemFeedback
    place: Place


class _DocumentReader:
    def __init__(self, qti: QtiBank, part: Part) -> None:
        self.qti, self.part, self.bank = qti, part, qti.bank
        self.reading = qti.reading(part)
        self.texts = Texts(part, qti.package, qti.bank, self.reading)

    def add(self, element: Element, steps: tuple[str, ...]) -> None:
        """Import a child of the root element or of a group, such as a section. ``steps`` are the
        titles of the groups around it."""
        place = self.part.place(element)
        name = element.tag
        if not isinstance(name, str) or name == "qticomment":
            words = element.text or ""
            if words.strip():
                reason = "it is a note for authors, and not part of the course"
                self.bank.report("comment", place, words, reason)
        elif name == "item":
            self._item(element)
        elif name in _GROUPS:
            self._group(element, steps)
        elif name in _ABOVE:
            self.qti.add(self.texts.blocks(element, place))
        elif name in _WHOLE:
            if line := self.texts.line(element, place):
                reason = "a course has no feedback for a quiz as a whole"
                self.bank.report("feedback of a quiz", place, words_of(line), reason)
        elif name == "itemref":
            reason = "it is in another file: import that one, too"
            self.bank.report("question", place, element.get("linkrefid") or "", reason)
        elif name == "selection_ordering":
            self._selection(element, place)

    def _group(self, element: Element, steps: tuple[str, ...]) -> None:
        outer_category = self.qti.category
        title = element.get("title") or _bank_title(element)
        if not title and not steps:
            title = self.part.title
        place = self.part.place(element, title)
        inside = (*steps, title) if title.strip() else steps
        if title.strip():
            self.qti.start_group(inside, title, place)
        if element.tag == "assessment":
            description = self.qti.package.description(self.part.name)
            self.qti.add(self.reading.blocks(description, "html", place))
        for child in element:
            self.add(child, inside)
        self.qti.category = outer_category

    def _selection(self, element: Element, place: Place) -> None:
        number = element.findtext(".//selection_number") or ""
        if number.strip().isdecimal():
            reason = (
                f"an attempt asked {number.strip()} of these questions: write “draw:” on their "
                "page, if that is to stay so"
            )
            self.bank.report("selection", place, "", reason)
        ref = element.findtext(".//sourcebank_ref")
        if ref is not None and not self.qti.package.has_bank(ref.strip()):
            reason = "its questions are in another bank: import that one, too"
            self.bank.report("question bank", place, "", reason)

    def _item(self, item: Element) -> None:
        title = item.get("title") or ""
        metadata_fields = dict(read_metadata(item))
        place = self.part.place(item, title)
        presentation = self.texts.presentation(item, place)
        names = frozenset(one.name for each in presentation.responses for one in each.choices)
        rules = conditions(item, names, "bbmd_questiontype" in metadata_fields)
        type_ = declared_type(metadata_fields)
        kind, why = question_kind(type_, presentation, bool(rules.giving))
        answers = read_feedback(item, self.texts, rules, names, place)
        if kind == "text":
            self._text(item, presentation, answers, place)
            return
        parts = _ItemParts(presentation, rules, answers, place)
        draft = _KINDS[kind](self, parts)
        prompt = self._prompt(presentation, kind, place)
        if kind in ("choice", "choices"):
            self.qti.report_single_feedback(Feedback(answers=answers.answers), place)
        self._report_formulas(item, place)
        if why or draft.lost:
            draft = self._as_text(parts, draft.lost)
        for key, line in answers.keys.items():
            draft.add_feedback(key, line)
        for where, line in answers.unassigned:
            self.bank.report("feedback", where, words_of(line), _NEVER_SHOWN)
        self._report_notes(item, place)
        marks = (parse_weight(metadata_fields[name]) for name in _POINTS if name in metadata_fields)
        points = next(filter(None, marks), "")
        kind = {"choices": "choice", "gaps": "fill-in"}.get(kind, kind)
        kind = draft.kind or ("choice" if draft.options and kind == "fill-in" else kind)
        data = Facts(place, kind, title, points, (), why or draft.lost)
        self.qti.ask(data, prompt, draft)

    def _text(
        self, item: Element, presentation: Presentation, answers: ItemFeedback, place: Place
    ) -> None:
        self.qti.add(self.reading.blocks(item.get("instructions") or "", "plain", place))
        self.qti.add(presentation.prompt(place))
        self.bank.consumed.append(item.get("title") or "")
        for line in answers.keys.values():
            self.bank.report("feedback", place, words_of(line), "nothing is asked here")

    def _report_notes(self, item: Element, place: Place) -> None:
        for one in item.iterchildren("rubric", "objectives", "answer_key"):
            self.qti.report_marker_note(place, self.texts.line(one, place))
        for one in item.iter("qticomment"):
            if (one.text or "").strip():
                reason = "it is a note for authors, and not part of the course"
                self.bank.report("comment", self.part.place(one), one.text, reason)

    def _report_formulas(self, item: Element, place: Place) -> None:
        """Report the formulas of a question with random numbers, which a course cannot ask.
        ``place`` is the position of the question in the file."""
        for one in item.iter("formula"):
            words = " ".join("".join(one.itertext()).split())
            self.bank.report("formula", place, words, "a course has no random numbers")

    def _prompt(self, presentation: Presentation, kind: str, place: Place) -> tuple[Block, ...]:
        """The whole prompt of an item. ``kind`` is the type of its question, and ``place`` its
        position in the file. If it has only one response, the text beside that response is added,
        except in a matching question."""
        prompt = presentation.prompt(place)
        if len(presentation.responses) != 1 or kind == "matching":
            return prompt
        (response,) = presentation.responses
        if not response.name.startswith(_GAP_OF):
            return (*prompt, *response.label)
        self.bank.consumed.append(words_of(flat(response.label)))
        return self._with_blank(prompt, response.name.removeprefix(_GAP_OF))

    def _with_blank(self, prompt: Sequence[Block], name: str) -> tuple[Block, ...]:
        """Replace the gap ``name`` of Canvas, which is written as ``[name]``, by a visible
        blank."""
        found = []
        for block in prompt:
            if isinstance(block, Paragraph):
                line = tuple(
                    replace(one, words=one.words.replace(f"[{name}]", "_____"))
                    if isinstance(one, Text)
                    else one
                    for one in block.inlines
                )
                block = replace(block, inlines=line)
            found.append(block)
        self.bank.consumed.append(name)
        return tuple(found)

    def _as_text(self, item: _ItemParts, why: str) -> Draft:
        """Draft all options, right answers and feedback as text, for a question that is kept as
        text. ``why`` is the reason."""
        draft = Draft(lost=why)
        words = {one.name: one.line for each in item.presentation.responses for one in each.choices}
        labels = {each.name: self._label(each) for each in item.presentation.responses}
        for each in item.presentation.responses:
            if line := labels[each.name]:
                draft.options.append(Option("", line, False))
            for one in each.choices:
                draft.options.append(
                    Option("", one.line, False, item.feedback.options.get(one.name, ()))
                )
        draft.options += [Option("", line, False) for line in item.presentation.matches]
        draft.answers += _right_answer_lines(item, words, labels)
        for line in item.feedback.answers.values():
            draft.add_feedback("explanation", line)
        return draft

    def _label(self, response: Response) -> Line:
        """The text beside a response; empty if it only repeats an answer, as in Canvas's gaps."""
        line = flat(response.label)
        is_repeated = plain(line) in [plain(one.line) for one in response.choices]
        self.bank.consumed += [plain(line)] if is_repeated else []
        return () if is_repeated else line

    def choice(self, item: _ItemParts) -> Draft:
        """Read the options of a single-choice or true-false question, and mark the correct one."""
        (response,) = item.presentation.responses
        options = self._options(response, item.feedback)
        draft = qti1_scoring.mark_single(options, response.name, item.rules)
        return truth_or_choice_draft(options, draft.options, draft.doubts)

    def choices(self, item: _ItemParts) -> Draft:
        """Read the options of a multiple-choice question, and mark the correct ones."""
        (response,) = item.presentation.responses
        options = self._options(response, item.feedback)
        return qti1_scoring.mark_several(options, response.name, item.rules)

    def _options(self, response: Response, feedback_texts: ItemFeedback) -> list[IdentifiedOption]:
        return [
            IdentifiedOption(
                one.name, Option("", one.line, False, feedback_texts.options.get(one.name, ()))
            )
            for one in response.choices
            if one.line or one.name in ("true", "false") or feedback_texts.options.get(one.name)
        ]

    def gaps(self, item: _ItemParts) -> Draft:
        """Read the answers of a gap that Canvas writes as options."""
        (response,) = item.presentation.responses
        if response.typed:
            return self.fill_in(item)
        labels = list(response.element.iter("response_label"))
        if any(one.get("answer_type") in _CHOICE_TYPES for one in labels):
            return self.choice(item)
        typed_answers = [
            judging.TypedAnswer(
                words_of(one.line).strip(), 100, item.feedback.options.get(one.name, ())
            )
            for one in response.choices
        ]
        draft = judging.typed_draft([one for one in typed_answers if one.words])
        if any(one.get("scoring_algorithm") in _APPROXIMATE for one in labels):
            words = ", ".join(f"“{shorten(answer)}”" for answer in draft.answers)
            draft.doubts.append(f"More than {words} is right, by a pattern or by how like it is.")
            draft.answers, draft.consumed = [], [*draft.doubts]
        return draft

    def fill_in(self, item: _ItemParts) -> Draft:
        """Read the answers of a fill-in question."""
        found = qti1_scoring.typed_answers(item.rules)
        best = max((one.marks for one in found), default=1)
        typed_answers = [
            judging.TypedAnswer(
                one.words, 100 * one.marks / best, item.feedback.answers.pop(one.words, ())
            )
            for one in found
            if not one.pattern
        ]
        doubts = filter(None, map(qti1_scoring.pattern_doubt, found))
        return fill_in_draft(
            typed_answers, item.feedback.answers, any(one.exact for one in found), doubts
        )

    def numeric(self, item: _ItemParts) -> Draft:
        """Read the answers of a numeric question."""
        best = max((one.marks or 0 for one in item.rules.giving), default=1)
        typed_answers = []
        for rule in item.rules.giving:
            number = qti1_scoring.accepted_number(rule)
            line = item.feedback.answers.pop(rule.wanted[0].value, ())
            if not number:
                return Draft(doubts=[UNCLEAR])
            typed_answers.append(judging.TypedAnswer(number, 100 * (rule.marks or 0) / best, line))
        self.qti.report_single_feedback(item.feedback, item.place)
        return judging.numeric_draft(
            typed_answers, [test.value for rule in item.rules.giving for test in rule.tests]
        )

    def matching(self, item: _ItemParts) -> Draft:
        """Read the pairs of a matching question. The question is kept as text unless each left-hand
        half has a single matching right-hand half."""
        if len(item.presentation.responses) > MAX_OPTIONS:
            return Draft(lost=f"it has more than {MAX_OPTIONS} things to choose from")
        pairs: list[tuple[Line, Line]] = []
        choices: list[Line] = []
        for response in item.presentation.responses:
            label = flat(response.label)
            lines = self._halves(response, item.presentation)
            line = lines.get(qti1_scoring.right_match(response.name, item.rules))
            if not line:
                words = shorten(words_of(label))
                return Draft(lost=f"nothing says which of the answers belongs to “{words}”")
            pairs.append((label, line))
            choices += lines.values()
        used_lines = {plain(line) for _, line in pairs}
        others: dict[str, Line] = {}
        for line in choices:
            others.setdefault(plain(line), line)
        pairs += [((), line) for words, line in others.items() if words and words not in used_lines]
        marks = {rule.marks or 0 for rule in item.rules.giving}
        draft = matching_draft(pairs, choices, marks, item.place, self.bank)
        draft.partial = qti1_scoring.has_partial_marks(item.rules)
        self.qti.report_single_feedback(item.feedback, item.place)
        return draft

    def _halves(self, response: Response, presentation: Presentation) -> dict[str, Line]:
        """The right-hand halves of pairs that a response offers, by the ids of its choices.
        Blackboard lists these halves once for all responses, in the order of the choices."""
        names = [one.name for one in response.choices]
        if presentation.matches:
            return dict(zip(names, presentation.matches, strict=False))
        return {one.name: one.line for one in response.choices}

    def sequencing(self, item: _ItemParts) -> Draft:
        """Read the items of an ordering question in their correct order. The question is kept as
        text if that order is unclear."""
        (response,) = item.presentation.responses
        lines = {one.name: one.line for one in response.choices}
        found = qti1_scoring.right_order(
            response.name, [one.name for one in response.choices], item.rules
        )
        if found is None:
            return Draft(lost="nothing says plainly which order is right")
        self.qti.report_single_feedback(item.feedback, item.place)
        return sequencing_draft(lines[name] for name in found)


def _right_answer_lines(
    item: _ItemParts, words: dict[str, Line], labels: dict[str, Line]
) -> list[str]:
    """Describe the right answers of a question that is kept as text, in one line for each response.
    ``words`` has the texts of the options, ``labels`` those beside the responses, both by id."""
    found: dict[str, dict[str, None]] = {}
    for test in (test for rule in item.rules.giving for test in rule.wanted):
        value = plain(words[test.value]) if test.value in words else test.value
        if value:
            found.setdefault(test.response, {})[value] = None
    is_single = len(item.presentation.responses) < 2
    response_labels = {
        name: plain(labels.get(name, ())) or name.removeprefix(_GAP_OF) for name in found
    }
    return [
        f"Right: {'' if is_single else f'{response_labels[name]}: '}{' / '.join(values)}"
        for name, values in found.items()
        if values
    ]


def _bank_title(element: Element) -> str:
    for one in element.iterfind("qtimetadata/qtimetadatafield"):
        if (one.findtext("fieldlabel") or "").strip() == "bank_title":
            return one.findtext("fieldentry") or ""
    return ""


_KINDS: dict[str, Callable[[_DocumentReader, _ItemParts], Draft]] = {
    "choice": _DocumentReader.choice,
    "choices": _DocumentReader.choices,
    "gaps": _DocumentReader.gaps,
    "fill-in": _DocumentReader.fill_in,
    "numeric": _DocumentReader.numeric,
    "matching": _DocumentReader.matching,
    "sequencing": _DocumentReader.sequencing,
    "reflection": lambda *_: Draft(),
    "true-false": _DocumentReader.choice,
}
