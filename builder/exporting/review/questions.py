"""Composes questions as nodes of the review document, with the right answers marked and all
feedback.

``_TYPES`` has the differences between the question types, also for a page to read, where the
answers can be left blank (``builder/exporting/page.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.course import markdown
from builder.course.markdown import Prose, Texts
from builder.course.model import Page
from builder.course.questions import TYPES, Item, Option, Question, Quotation
from builder.course.sources import Step
from builder.exporting.review.prose import Source, TextComposer, inline_source
from builder.exporting.review.tree import (
    Box,
    Cell,
    Fact,
    Heading,
    Line,
    Listing,
    Node,
    Origin,
    Run,
    Spot,
    Table,
    head_cells,
    plain,
)

_SEPARATOR = " · "
Part = Option | Item


class QuestionComposer:
    """Composes the questions of one course. ``titles`` are the titles of the course's pages by
    id."""

    def __init__(self, texts: TextComposer, titles: Mapping[str, str]) -> None:
        self.texts = texts
        self.say = texts.say
        self.titles = titles
        self._composed: set[str] = set()

    def question(self, page: Page, question: Question, level: int) -> Iterator[Node]:
        """Compose a question that a page asks: completely where it occurs first, as a link where it
        is asked again."""
        kind = "page.question" if question in page.quiz else "page.practice"
        if question.id in self._composed:
            yield Line(self._link_to_first(page, question), "text")
            return
        self._composed.add(question.id)
        facts = [self.say(kind), self.say(_type_label(question))]
        if question in page.quiz and question.weight != 1:
            facts.append(self.say("review.weight", n=f"{question.weight:g}"))
        tag = f"q:{question.id}"
        nodes = (
            Line((plain(_SEPARATOR.join(facts), "quiet"),), "facts", tag),
            *self.material(page, question, level),
            *self.prompt(page, question, level),
            *self.doubts(question),
            *self.answers(page, question),
            *self.scoring(question),
            *self.feedback(page, question),
        )
        yield Box("question", nodes)

    def answers(self, page: Page, question: Question) -> Iterator[Node]:
        """Compose the answers of a question, and mark the right ones."""
        yield from _TYPES[question.type].answers(self, page, question)

    def blank_answers(self, page: Page, question: Question) -> Iterator[Node]:
        """Compose the answers of a question to tick or to write on paper, without marking the right
        ones."""
        yield from _TYPES[question.type].blank(self, page, question)

    def _link_to_first(self, page: Page, question: Question) -> tuple[Run, ...]:
        prompt = self.texts.text(
            self._source(page, question, "prompt", prose=question.prompt), question.prompt
        )
        words = "".join(run.text for run in prompt)
        label = plain(f"{self.say('review.asked-again')} ", "label")
        return label, Run(words, anchor=f"q:{question.id}")

    def _source(self, page: Page, question: Question, *steps: Step, prose: Prose) -> Source:
        return inline_source("question", question.id, steps, prose, page.path)

    def line(
        self,
        page: Page,
        question: Question,
        prose: Prose,
        *steps: Step,
        label: str = "",
        tag: str = "",
    ) -> tuple[Node, ...]:
        """Compose ``prose``, the text at ``steps`` (keys and indexes) in a question's YAML, after
        the interface text ``label``."""
        before = (plain(f"{self.say(label)}: ", "label"),) if label else ()
        source = self._source(page, question, *steps, prose=prose)
        return self.texts.line(source, prose, *before, tag=tag)

    def material(self, page: Page, question: Question, level: int) -> Iterable[Node]:
        """Compose the material that is shown above the prompt of a question."""
        if not question.material:
            return ()
        texts = Texts(question.material)
        source = Source("question", question.id, ("material",), texts, page.path)
        return self.texts.nodes(source, question.material.blocks, level + 1)

    def prompt(self, page: Page, question: Question, level: int) -> Iterator[Node]:
        """Compose the prompt of a question, and the instruction how to answer it."""
        first, *others = self.line(page, question, question.prompt, "prompt")
        assert isinstance(first, Line)
        yield Heading(min(level, 9), first, f"q:{question.id}")
        yield from others
        how = _TYPES[question.type].instruction
        if question.type == "choice" and question.answer["multiple"]:
            how = "page.select-all"
        if how:
            yield Line((plain(self.say(how)),), "facts")

    def doubts(self, question: Question) -> Iterator[Node]:
        """Compose the open decisions about a question (``unsure``), for the subject expert to
        decide."""
        if question.doubts:
            asked = "review.undecided" if question.undecided else "review.doubtful"
            yield Line((plain(self.say(asked), "unset"),), "label")
        for index, doubt in enumerate(question.doubts):
            run = self.texts.written(doubt, "question", question.id, "unsure", index)
            yield Line((run,))

    def scoring(self, question: Question) -> Iterator[Node]:
        """Compose the settings that decide how answers are scored, where they differ from the
        defaults."""
        rules = []
        if question.answer.get("credit") == "partial":
            rules.append(self.say("review.credit-partial"))
        if forgiven := question.answer.get("forgive"):
            names = ", ".join(self.say(f"review.forgive-{name}") for name in forgiven)
            rules.append(f"{self.say('review.forgive')}: {names}")
        if question.reveal:
            rules.append(self.say(f"review.reveal-{question.reveal}"))
        if rules:
            yield Line((plain(_SEPARATOR.join(rules)),), "facts")

    def feedback(self, page: Page, question: Question) -> Iterator[Node]:
        """Compose the hint, the feedback, the explanation and the source of a question."""
        if question.hint:
            yield from self.line(page, question, question.hint, "hint", label="page.hint")
        feedback = question.feedback
        for name, prose in (
            ("right", feedback.right),
            ("partly", feedback.partly),
            ("wrong", feedback.wrong),
        ):
            if prose:
                label = f"review.feedback-{name}"
                yield from self.line(page, question, prose, "feedback", name, label=label)
        if question.explanation:
            label = "review.explanation"
            yield from self.line(page, question, question.explanation, "explanation", label=label)
        if question.quotation:
            yield self.quotation(question, question.quotation)
        if question.source:
            before = plain(f"{self.say('review.answered-on')}: ", "label")
            title = Run(self.titles[question.source], anchor=f"p:{question.source}")
            yield Line((before, title))

    def quotation(self, question: Question, quotation: Quotation, *steps: Step) -> Line:
        """Compose the passage of the course that supports an answer. ``steps`` lead to it in the
        question's YAML."""
        runs = [plain(f"{self.say('page.course-says')} ", "label")]
        for index, part in enumerate(quotation.parts):
            origin = Origin("question", question.id, (*steps, "quote", index))
            runs += [plain("“" if not index else "”, “"), Run(part, spot=Spot(origin, 0, part))]
        return Line((*runs, plain("”")))

    def parts(
        self,
        page: Page,
        question: Question,
        parts: Iterable[Part],
        right: Callable[[Part], tuple[Node, ...]] | None,
        *heads: str,
        key: str,
        mark: str = "",
    ) -> Iterator[Node]:
        """Compose a table of the options or items of a question, with their texts and feedback.

        ``right`` is a function that composes the second cell of each row, such as a mark for
        correct options; without it there is no such column. ``heads`` are the interface texts of
        the header row. ``key`` is the key of the options or items in YAML, ``mark`` the prefix of
        their ids in tags.
        """
        listed = tuple(parts)
        feedback = any(part.feedback or _own_quotation(question, part) for part in listed)
        feedback_head = (
            "review.feedback" if mark == "" and key in _CHOSEN_KEYS else "review.feedback-item"
        )
        columns = (*heads, *((feedback_head,) if feedback else ()))
        rows = []
        for index, part in enumerate(listed):
            tag = f"q:{question.id}/{mark}{part.id}"
            text = self.line(page, question, part.text, key, index, "text", tag=tag)
            cells = [Cell(text, head=True)]
            cells += [Cell(right(part))] if right else []
            cells += (
                [Cell(tuple(self._feedback(page, question, part, key, index)))] if feedback else []
            )
            rows.append(tuple(cells))
        head = head_cells(map(self.say, columns))
        widths = {1: (100,), 2: (65, 35) if not feedback else (45, 55), 3: (40, 18, 42)}
        # The second column is wider for matching: it has an option's text, not a mark or number.
        shares = _PAIR_WIDTHS if heads[1:] == ("review.belongs-to",) else widths
        if rows:
            yield Table(head, tuple(rows), shares[len(columns)], self.say(heads[0]))

    def listing(
        self, page: Page, question: Question, parts: Sequence[Part], key: str, ticked: bool = False
    ) -> Listing:
        """Compose a list of the texts of options or items, which are under ``key`` in the
        question's YAML; ``ticked`` puts a box to tick before each."""
        items = (
            self.line(page, question, part.text, key, index, "text")
            for index, part in enumerate(parts)
        )
        return Listing(False, tuple(items), ticked=ticked)

    def _feedback(
        self, page: Page, question: Question, part: Part, key: str, index: int
    ) -> Iterator[Node]:
        if part.feedback:
            yield from self.line(page, question, part.feedback, key, index, "feedback")
        if own := _own_quotation(question, part):
            yield self.quotation(question, own, key, index)

    def undecided(self) -> Run:
        """The note that is shown in place of a right answer that nobody has decided yet."""
        return plain(self.say("review.not-decided"), "unset")

    def right_mark(self, question: Question, part: Part, right: bool) -> tuple[Node, ...]:
        """Compose the words that say whether ``part``, an option of the question, is correct, as
        ``right`` says; for an undecided question, that this is not decided."""
        if question.undecided:
            return (Line((self.undecided(),)),)
        return (self.tick_mark(Fact("right", question.id, part.id, "yes" if right else "")),)

    def tick_mark(self, fact: Fact) -> Line:
        """Compose the line that states a fact: a check mark with a label such as “right”, or a
        label such as “not right”."""
        if fact.value:
            run = plain(f"✓ {self.say(f'review.{fact.kind}')}", "right")
        else:
            run = plain(self.say(f"review.not-{fact.kind}"), "quiet")
        return Line((run,), fact=fact)


def _own_quotation(question: Question, part: Part) -> Quotation | None:
    return part.quotation if part.quotation and part.quotation != question.quotation else None


def _type_label(question: Question) -> str:
    multiple = question.type == "choice" and question.answer["multiple"]
    return f"review.how-{'multiple' if multiple else question.type}"


def _choice(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    right = set(question.answer["right"])
    yield from questions.parts(
        page,
        question,
        question.options,
        lambda part: questions.right_mark(question, part, part.id in right),
        *("page.answer", "review.right"),
        key=TYPES[question.type].options_key,
    )


def _number_or_words(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    label = plain(f"{questions.say('review.right-answer')}: ", "label")
    if question.undecided:
        yield Line((label, questions.undecided()))
    elif question.type == "fill-in":
        runs: list[Run] = []
        for index, answer in enumerate(question.answer["accepted"]):
            origin = Origin("question", question.id, ("answers", index))
            runs += [plain("; ")] if index else []
            runs.append(Run(answer, frozenset({"right"}), spot=Spot(origin, 0, answer)))
        yield Line((label, *runs))
    else:
        fact = Fact("number", question.id, "", question.right)
        yield Line((label, plain(question.right, "right")), fact=fact)


def _likert(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    kind = TYPES["likert"]
    yield from questions.parts(
        page, question, question.items, None, "review.statement", key=kind.items_key, mark="i-"
    )
    yield from questions.parts(
        page, question, question.options, None, "page.answer", key=kind.options_key
    )


def _matching(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    options = {option.id: option for option in question.options}
    pairs = question.answer["right"]

    def belongs(part: Part) -> tuple[Node, ...]:
        nodes = questions.line(page, question, options[pairs[part.id]].text)
        words = "".join(node.text for node in nodes if isinstance(node, Line))
        fact = Fact("pair", question.id, part.id, words)
        return (Line((plain(words, "right"),), fact=fact),)

    heads = ("review.item", "review.belongs-to")
    yield from questions.parts(
        page, question, question.items, belongs, *heads, key="items", mark="i-"
    )
    yield from questions.parts(page, question, question.options, None, "page.answer", key="options")


def _sequencing(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    places = {name: place for place, name in enumerate(question.answer["right"], start=1)}
    yield from questions.parts(
        page,
        question,
        question.options,
        lambda part: (_place_line(question, part, str(places[part.id])),),
        *("review.item", "review.place"),
        key="items",
    )


def _place_line(question: Question, part: Part, place: str) -> Line:
    return Line((plain(place, "right"),), fact=Fact("place", question.id, part.id, place))


def _performance(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    needed = set(question.answer["needed"])

    def need(part: Part) -> tuple[Node, ...]:
        value = "yes" if part.id in needed else ""
        return (questions.tick_mark(Fact("needed", question.id, part.id, value)),)

    heads = ("review.step", "review.needed")
    yield from questions.parts(page, question, question.options, need, *heads, key="steps")


def _reflection(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    reminder = questions.texts.course.reminder
    if question.interaction:
        note = f"{questions.say('page.text-reported')} {reminder}".rstrip()
    elif question.answer["kept"]:
        quiz = question in page.quiz or questions.texts.course.tracking.pages == "all"
        where = questions.say("page.text-saved" if quiz else "player.reflection.text_unsaved")
        note = f"{where} {reminder}".rstrip()
    else:
        note = questions.say("page.text-private")
    yield Line((plain(note),), "facts")


_CHOSEN_KEYS = ("options", "scale")
"""YAML keys of options that trainees choose. Other keys are of items that trainees get right or
wrong, so their feedback has another heading."""
_PAIR_WIDTHS = {2: (50, 50), 3: (32, 34, 34)}
"""Relative widths of the columns of a table of pairs, by number of columns."""
_LINE = "…" * 20
"""Dots that leave space to write a word on paper."""


def _blank_choice(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    key = TYPES[question.type].options_key
    yield questions.listing(page, question, question.options, key, ticked=True)


def _blank_words(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    unit = str(question.answer.get("unit", ""))
    label = plain(f"{questions.say('page.answer')}: ", "label")
    yield Line((label, plain(f"{_LINE} {unit}".rstrip())))


def _blank_likert(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    """Compose each statement with the whole scale below it; without statements, the scale alone."""
    (scale,) = _blank_choice(questions, page, question)
    for index, item in enumerate(question.items):
        key = TYPES[question.type].items_key
        yield from questions.line(page, question, item.text, key, index, "text")
        yield scale
    if not question.items:
        yield scale


def _blank_matching(questions: QuestionComposer, page: Page, question: Question) -> Iterator[Node]:
    yield questions.listing(page, question, question.items, "items")
    yield questions.listing(page, question, question.options, "options")


def _blank_sequencing(
    questions: QuestionComposer, page: Page, question: Question
) -> Iterator[Node]:
    # Sorted by their words, so that the order does not reveal the answer.
    values = questions.texts.templates.values
    in_order = sorted(question.options, key=lambda one: markdown.plain(one.text, values))
    yield questions.listing(page, question, in_order, "items")


def _blank_reflection(
    questions: QuestionComposer, page: Page, question: Question
) -> Iterator[Node]:
    yield Box("writing", ())


Compose = Callable[[QuestionComposer, Page, Question], Iterator[Node]]


@dataclass(frozen=True, slots=True)
class _TypeRow:
    """How documents show the questions of one type.

    ``answers`` composes the answers with the right ones marked, ``blank`` composes them left blank.
    ``instruction`` is the key of the interface text below the prompt.
    """

    answers: Compose
    blank: Compose
    instruction: str = ""


_TYPES: Mapping[str, _TypeRow] = {
    "true-false": _TypeRow(_choice, _blank_choice),
    "choice": _TypeRow(_choice, _blank_choice),
    "fill-in": _TypeRow(_number_or_words, _blank_words),
    "numeric": _TypeRow(_number_or_words, _blank_words),
    "likert": _TypeRow(_likert, _blank_likert),
    "matching": _TypeRow(_matching, _blank_matching),
    "sequencing": _TypeRow(_sequencing, _blank_sequencing, "page.put-in-order"),
    "performance": _TypeRow(_performance, _blank_choice, "page.tick-done"),
    "reflection": _TypeRow(_reflection, _blank_reflection),
}
