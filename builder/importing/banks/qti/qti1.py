"""Imports QTI 1.2 as written by Canvas, Blackboard, D2L and other systems
(facts/question-banks.md#qti-12). Questions of types that a course lacks are kept as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing.banks import judging
from builder.importing.banks.bank import Draft, parse_weight, shorten
from builder.importing.banks.gaps import mark, without_marks
from builder.importing.banks.qti import drafts
from builder.importing.banks.qti.bank import Facts, Feedback, Line, QtiBank, Response, plain
from builder.importing.banks.qti.drafts import Asked
from builder.importing.banks.qti.package import Part
from builder.importing.banks.qti.parts import SharedFeedback, divide
from builder.importing.banks.qti.qti1_scoring import scoring_rules
from builder.importing.banks.qti.qti1_texts import (
    ItemFeedback,
    Presentation,
    Texts,
    declared_type,
    question_kind,
    read_feedback,
    read_metadata,
)
from builder.importing.banks.qti.scoring import Scoring, part_doubt, right_match
from builder.importing.banks.xml import Element
from builder.importing.document.form import (
    Block,
    Inline,
    List,
    Option,
    Paragraph,
    Place,
    Text,
    flat,
    words_of,
)

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
    rules: Scoring
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
            self.qti.report_quiz_feedback(place, self.texts.line(element, place))
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
            self.qti.report_selection(place, number.strip())
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
        rules = scoring_rules(item, names, "bbmd_questiontype" in metadata_fields)
        type_ = declared_type(metadata_fields)
        kind, why = question_kind(type_, presentation, bool(rules.giving))
        marks = (parse_weight(metadata_fields[name]) for name in _POINTS if name in metadata_fields)
        points = next(filter(None, marks), "")
        answers = read_feedback(item, self.texts, rules, names, place)
        if kind == "text":
            self._text(item, presentation, answers, place)
            return
        parts = _ItemParts(presentation, rules, answers, place)
        if kind in ("several gaps", "several menus"):
            why = self._divide(parts, kind, Facts(place, "", title, points))
            if not why:
                self._report_rest(item, answers, place)
                return
            kind = "reflection"
        draft = self._draft(kind, parts)
        prompt = self._prompt(presentation, kind, place)
        if kind in ("choice", "choices"):
            self.qti.report_single_feedback(Feedback(answers=answers.answers), place)
        if why or draft.lost:
            draft = self._as_text(parts, draft.lost)
        for key, line in answers.keys.items():
            draft.add_feedback(key, line)
        self._report_rest(item, answers, place)
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

    def _divide(self, item: _ItemParts, kind: str, facts: Facts) -> str:
        """Add a question for each gap or menu of an item. Returns the reason if that is not
        possible. ``facts`` are those of the item."""
        responses = item.presentation.responses
        shared = SharedFeedback(item.feedback, responses)

        def draft(one: Response) -> tuple[str, Draft]:
            rules = replace(item.rules, doubt=part_doubt(one.name, item.rules))
            asked = Asked(self.qti, one, rules, shared.of(one), item.place)
            drafted = drafts.choice(asked) if kind == "several menus" else _gap(asked)
            shared.explain(drafted)
            return drafted.kind or ("choice" if drafted.options else "fill-in"), drafted

        marks = {one.name.removeprefix(_GAP_OF): mark(at) for at, one in enumerate(responses)}
        blocks = _with_blanks(item.presentation.prompt(item.place), marks)
        why = divide(self.qti, facts, responses, blocks, draft)
        if not why:
            shared.report_rest(self.qti, item.place)
            self.bank.consumed += [words_of(flat(one.label)) for one in responses] + [*marks]
        return why

    def _report_rest(self, item: Element, feedback: ItemFeedback, place: Place) -> None:
        """Report what a question cannot show. ``feedback`` is all feedback of the item."""
        self._report_formulas(item, place)
        for where, line in feedback.unassigned:
            self.bank.report("feedback", where, words_of(line), _NEVER_SHOWN)
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
        name = response.name.removeprefix(_GAP_OF)
        self.bank.consumed.append(name)
        return _with_blanks(prompt, {name: "_____"})

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

    def _draft(self, kind: str, item: _ItemParts) -> Draft:
        responses = item.presentation.responses
        if not responses:
            return Draft()
        asked = Asked(self.qti, responses[0], item.rules, item.feedback, item.place)
        if kind == "matching":
            halves = {one.name: _halves(one, item.presentation) for one in responses}
            found = [
                (flat(one.label), halves[one.name].get(right_match(one.name, item.rules), ()))
                for one in responses
            ]
            offered = (line for one in responses for line in halves[one.name].values())
            giving = item.rules.giving
            partial = all(len({test.response for test in one.wanted}) == 1 for one in giving)
            marks = {one.marks or 0 for one in giving}
            return drafts.matching(asked, found, offered, marks, partial)
        return _gap(asked) if kind == "gaps" else drafts.DRAFTS[kind](asked)


def _gap(asked: Asked) -> Draft:
    """Draft the answers of a gap that Canvas writes as options."""
    if asked.response.typed:
        return drafts.fill_in(asked)
    labels = list(asked.response.element.iter("response_label"))
    if any(one.get("answer_type") in _CHOICE_TYPES for one in labels):
        return drafts.choice(asked)
    typed_answers = [
        judging.TypedAnswer(
            words_of(one.line).strip(), 100, asked.feedback.options.get(one.name, ())
        )
        for one in asked.response.choices
    ]
    draft = judging.typed_draft([one for one in typed_answers if one.words])
    words = ", ".join(f"“{shorten(answer)}”" for answer in draft.answers)
    doubt = f"{asked.scoring.doubt} The gap has {words}." if asked.scoring.doubt else ""
    if any(one.get("scoring_algorithm") in _APPROXIMATE for one in labels):
        doubt = f"More than {words} is right, by a pattern or by how like it is."
    if doubt:
        draft.doubts.append(doubt)
        draft.answers, draft.consumed = [], [*draft.doubts]
    return draft


def _halves(response: Response, presentation: Presentation) -> dict[str, Line]:
    """The right-hand halves of pairs that a response offers, by the ids of its choices. Blackboard
    lists these halves once for all responses, in the order of the choices."""
    names = [one.name for one in response.choices]
    if presentation.matches:
        return dict(zip(names, presentation.matches, strict=False))
    return {one.name: one.line for one in response.choices}


def _with_blanks(blocks: Sequence[Block], signs: Mapping[str, str]) -> tuple[Block, ...]:
    """Replace the gaps of Canvas, which are written as ``[name]``, in paragraphs and lists.
    ``signs`` has what replaces each gap, by its name."""
    pattern = re.compile("|".join(re.escape(f"[{name}]") for name in signs))

    def line(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        return tuple(
            replace(
                one,
                words=pattern.sub(lambda found: signs[found[0][1:-1]], without_marks(one.words)),
            )
            if isinstance(one, Text)
            else one
            for one in inlines
        )

    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            block = replace(block, inlines=line(block.inlines))
        elif isinstance(block, List):
            items = [replace(one, blocks=_with_blanks(one.blocks, signs)) for one in block.items]
            block = replace(block, items=tuple(items))
        found.append(block)
    return tuple(found)


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
