"""Candidates for questions, and the questions made from them. A candidate has a prompt, options,
and the lines that steer it. Other modules decide whether it is a question, and of which type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from builder.importing.document.form import Block, Inline, Option, Paragraph, Place, Question, Table
from builder.importing.recognise.inlines import OBJECT, Inlines, joined, plain
from builder.importing.recognise.lines import Line, Style
from builder.importing.recognise.steering import (
    ORDER,
    Steer,
    StrippedLine,
    asks,
    declared_kind,
    points_of,
)

_ANSWER_LINES = ("the answer line", "the second answer line", "a further answer line")


@dataclass(slots=True)
class Choice:
    """An option as read. `line` still includes a sign for “right”."""

    line: Line
    more: list[Inlines] = field(default_factory=list)
    feedback: list[Steer] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """An entry of an answer key for a number. `cut` is the text before the answer. `used` if a
    question refers to it, `taken` if it is the question's answer."""

    number: int
    value: Inlines
    cut: str
    place: Place
    used: bool = False
    taken: bool = False


@dataclass(slots=True)
class Candidate:
    """The lines from `begin` up to `end`. `number` is the question's number, or 0; `first` and
    `last` are the first and last lines of its prompt.

    `quiz`, `truths` and `gaps`: it is below the heading of a quiz, below “True or false?”, below
    “Fill in the blanks”. `key` is the entry of an answer key. If the entry is uncertain, it is in
    `uncertain_key`, and `key_doubt` is the doubt.

    `second_list` has the choices of “Match …”. `lines_above` are the lines with its type, points or
    title. `model`: the one lettered line below the prompt is its answer. `faq`: it is below
    frequent questions. `for_converter`: the document was typed for a converter, so commas separate
    alternatives, and an order is right as it is written.
    """

    begin: int
    end: int
    lines: list[Line]
    number: int
    prompt: list[Line]
    first: StrippedLine
    last: StrippedLine
    choices: list[Choice] = field(default_factory=list)
    second_list: list[Choice] = field(default_factory=list)
    style: Style = "letter"
    steers: list[Steer] = field(default_factory=list)
    lines_above: Sequence[Steer] = ()
    model: bool = False
    table: Table | None = None
    section: int = 0
    quiz: bool = False
    truths: bool = False
    gaps: bool = False
    faq: bool = False
    for_converter: bool = False
    key: Entry | None = None
    uncertain_key: Entry | None = None
    key_doubt: str = ""
    language: str = ""

    @property
    def only_prompt(self) -> bool:
        """Whether it has only a prompt."""
        return not (self.choices or self.steers or self.table)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.prompt if line.block is None)

    @property
    def is_asking(self) -> bool:
        """Whether its first or last line asks something; the lines between are what it asks
        about."""
        return asks(self.prompt[0].text) or asks(self.prompt[-1].text)

    @property
    def heading(self) -> bool:
        return self.prompt[0].heading

    @property
    def asks_for_order(self) -> bool:
        return bool(ORDER.search(self.text))

    @property
    def declared_kind(self) -> str:
        """The question type named by a line above, such as “Type: MS”."""
        types = (declared_kind(steer) for steer in self.lines_above if steer.kind == "kind")
        return next(filter(None, types), "")

    @property
    def is_labelled(self) -> bool:
        """Whether a number or the word “Question” marks it as a question."""
        label = self.prompt[0].label
        return label is not None and label.style in ("number", "asked")

    @property
    def answers(self) -> list[Steer]:
        return [steer for steer in self.steers if steer.kind == "answer"]

    @property
    def answer_sources(self) -> list[tuple[str, Inlines]]:
        """The statements about the right answer, each with its source."""
        values = [steer.value for steer in self.answers if steer.text]
        out = [
            (_ANSWER_LINES[min(at, len(_ANSWER_LINES) - 1)], value)
            for at, value in enumerate(values)
        ]
        bracketed = self.last.answer or self.first.answer
        if bracketed:
            out.append(("the words in brackets", bracketed))
        if self.key is not None:
            out.append(("the key", self.key.value))
        return out

    def prompt_blocks(self) -> tuple[Block, ...]:
        """The prompt: paragraphs without labels and points, and tables and images unchanged."""
        out: list[Block] = []
        lines = self.prompt
        for at, line in enumerate(lines):
            if line.block is not None:
                out.append(line.block)
                continue
            inlines = line.inlines
            if at == len(lines) - 1:
                inlines = self.last.inlines
            elif at == 0:
                inlines = self.first.inlines
            out.append(_paragraph(line, inlines))
        kept = (b for b in out if not isinstance(b, Paragraph) or plain(b.inlines).strip())
        return tuple(_join_lines(list(kept)))

    def cuts(self) -> list[str]:
        """The words removed from the prompt and from before the options."""
        removed = [self.prompt[0].cut, *self.last.cut]
        if len(self.prompt) > 1:
            removed += self.first.cut
            if self.last.answer:
                removed.append(plain(self.first.answer))
        return [words for words in removed if words]

    @property
    def weight(self) -> str:
        """The number of points that the document gives it."""
        around = (*self.lines_above, *self.steers)
        points = (points_of(steer) for steer in around if steer.kind == "points")
        return next(filter(None, (self.last.weight, self.first.weight, *points)), "")


def _paragraph(line: Line, inlines: Inlines) -> Paragraph:
    source = line.paragraph
    if source is None:
        return Paragraph(inlines, line.place)
    return Paragraph(
        inlines, line.place, 0, source.style if not source.level else "", source.bookmarks
    )


def _join_lines(blocks: list[Block]) -> list[Block]:
    """Join lines of the same paragraph again."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and last.place == block.place
        ):
            whole = joined((last.inlines, block.inlines))
            out[-1] = Paragraph(whole, last.place, 0, last.style, last.bookmarks)
        else:
            out.append(block)
    return out


Pair = tuple[tuple[Inline, ...], tuple[Inline, ...]]


@dataclass(slots=True)
class Draft:
    """A possible question of one type. `sure`: it is a question anywhere; else only among other
    questions. `consumed` are words that are in no field."""

    kind: str
    sure: bool
    prompt: tuple[Block, ...] | None = None
    options: Sequence[Option] = ()
    pairs: Sequence[Pair] = ()
    answers: Sequence[str] = ()
    gaps: Sequence[tuple[str, ...]] = ()
    several: bool = False
    doubts: Sequence[str] = ()
    consumed: Iterable[str] = ()
    feedback: dict[str, Inlines] = field(default_factory=dict)


def make_question(candidate: Candidate, draft: Draft) -> Question:
    """The question, with the feedback and settings from the lines around it."""
    consumed = [words for steer in candidate.lines_above for words in (steer.cut, steer.text)]
    consumed += candidate.cuts()
    feedback: dict[str, list[Inlines]] = {}
    for steer in candidate.steers:
        consumed.append(steer.cut)
        if steer.kind == "points":
            consumed.append(steer.text)
        elif steer.kind != "answer":
            feedback.setdefault(steer.kind, []).append(steer.value)
    if candidate.key is not None:
        consumed.append(candidate.key.cut)
    for kind, value in draft.feedback.items():
        feedback.setdefault(kind, []).append(value)
    joined_feedback = {
        kind: joined(value for value in values if value) for kind, values in feedback.items()
    }
    return Question(
        kind=draft.kind,
        prompt=candidate.prompt_blocks() if draft.prompt is None else draft.prompt,
        place=candidate.prompt[0].place,
        options=tuple(draft.options),
        pairs=tuple(draft.pairs),
        answers=tuple(draft.answers),
        gaps=tuple(draft.gaps),
        several=draft.several,
        feedback={kind: value for kind, value in joined_feedback.items() if value},
        doubts=tuple(draft.doubts),
        weight=candidate.weight,
        consumed=tuple(words for words in (*consumed, *draft.consumed) if words),
    )


def is_complete(question: Question) -> bool:
    """Whether no image and no note would be lost in text without formatting."""
    answers = (*question.answers, *(word for gap in question.gaps for word in gap))
    words = (*question.consumed, *answers, *question.tags, question.name)
    return not any(OBJECT in word for word in words)


def answer_texts(candidate: Candidate) -> list[str]:
    """The statements about the right answer, as plain text."""
    return [plain(value).strip() for _, value in candidate.answer_sources]
