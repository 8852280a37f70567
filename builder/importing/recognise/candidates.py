"""Candidates, passages of a document that may be questions, and the questions made from them. A
candidate has a prompt, options, and steering lines such as “Answer: B”. Other modules decide
whether it is a question, and of which type."""

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

HABIT = 3
"""Number of questions that have to be written in the same way, so that it is no accident."""
_ANSWER_LINES = ("the answer line", "the second answer line", "a further answer line")


@dataclass(slots=True)
class Choice:
    """An option in a passage that may be a question: its first line, which may still have a sign
    that marks it as right, further lines (`more`), and the lines with its feedback."""

    line: Line
    more: list[Inlines] = field(default_factory=list)
    feedback: list[Steer] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """An entry of an answer key: the answer `value` to the question with this `number`. `cut` is
    the text before the answer. `used` is true once a question has been found for it, and `taken`
    once it is that question's answer."""

    number: int
    value: Inlines
    cut: str
    place: Place
    used: bool = False
    taken: bool = False


@dataclass(slots=True)
class Candidate:
    """A passage that may be a question: the lines with indexes from `begin` up to `end`.

    - `number` is its number in the document, or 0. `first` and `last` are the first and the last
      line of its prompt, without points and answers in brackets.
    - `choices` are its options, whose labels have the style `style`. `second_list` are the choices
      for these in “Match …”, and `table` is a table to match.
    - `steers` are the steering lines, such as “Answer: B”, below the prompt and the options, and
      `lines_above` those with its type, points or title above it.
    - `model` is true if the only line with a letter below the prompt is its answer.
    - `section` is the index of the heading above it. `quiz`, `truths`, `gaps` and `faq` tell what
      it is below: the heading of a quiz, “True or false?”, “Fill in the blanks”, or the heading of
      frequently asked questions.
    - `for_converter` is true if the document was typed for a converter of Word quizzes, so commas
      separate accepted answers, and items to put into order are in the correct order.
    - `pictured` is true if a picture beside an option says that it is right.
    - `unlabelled` is true if its options have no labels.
    - `letters_behind` is true if right options of the document have their own letter behind them.
      `letter_behind` is a letter behind the prompt that names the right option.
    - `key` is its entry in an answer key. An entry that may belong to another question is in
      `uncertain_key` instead. `key_doubt` says what is uncertain, or that the entry is missing.
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
    pictured: bool = False
    unlabelled: bool = False
    letters_behind: bool = False
    letter_behind: Inlines = ()
    key: Entry | None = None
    uncertain_key: Entry | None = None
    key_doubt: str = ""
    language: str = ""

    @property
    def only_prompt(self) -> bool:
        """Whether the candidate has a prompt and nothing else."""
        return not (self.choices or self.steers or self.table)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.prompt if line.block is None)

    @property
    def is_asking(self) -> bool:
        """Whether the first or last line of the prompt asks something. The lines between them are
        what the question is about."""
        return asks(self.prompt[0].text) or asks(self.prompt[-1].text)

    @property
    def heading(self) -> bool:
        return self.prompt[0].heading

    @property
    def asks_for_order(self) -> bool:
        return bool(ORDER.search(self.text))

    @property
    def declared_kind(self) -> str:
        """The question type that a line above the prompt names, such as “Type: MS”; empty if none
        does."""
        types = (declared_kind(steer) for steer in self.lines_above if steer.kind == "kind")
        return next(filter(None, types), "")

    @property
    def is_labelled(self) -> bool:
        """Whether the prompt starts with a number or the word “Question”."""
        label = self.prompt[0].label
        return label is not None and label.style in ("number", "asked")

    @property
    def answers(self) -> list[Steer]:
        return [steer for steer in self.steers if steer.kind == "answer"]

    @property
    def answer_sources(self) -> list[tuple[str, Inlines]]:
        """What the document says about the right answer: pairs of a source, such as “the key”, and
        what it says."""
        values = [steer.value for steer in self.answers if steer.text]
        out = [
            (_ANSWER_LINES[min(at, len(_ANSWER_LINES) - 1)], value)
            for at, value in enumerate(values)
        ]
        bracketed = self.last.answer or self.first.answer
        if bracketed:
            out.append(("the words in brackets", bracketed))
        if self.letter_behind:
            out.append(("the letter behind the question", self.letter_behind))
        if self.key is not None:
            out.append(("the key", self.key.value))
        return out

    def prompt_blocks(self) -> tuple[Block, ...]:
        """The blocks of the prompt: paragraphs without labels and points, and other blocks
        unchanged."""
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
        """The words that were removed from the prompt: its label, points, and the words around an
        answer in brackets."""
        removed = [self.prompt[0].cut, *self.last.cut]
        if len(self.prompt) > 1:
            removed += self.first.cut
            if self.last.answer:
                removed.append(plain(self.first.answer))
        return [words for words in removed if words]

    @property
    def weight(self) -> str:
        """The number of points that the document gives the question; empty if it gives none."""
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
    """Join consecutive lines of the same paragraph into one paragraph again."""
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
    """The question of one type that a candidate, a passage of the document, would become. If `sure`
    is false, it counts as a question only in a section with other questions. A `prompt` of `None`
    stands for the candidate's. `consumed` are words that the course does not contain, such as
    “Answer:”."""

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
    """Make the question that a candidate, a passage of the document, becomes. It consists of the
    draft, and of the feedback and points from the candidate's lines."""
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
    """Whether no image and no note mark of the source is in a field of the question that only has
    plain text, where the image or mark would be lost."""
    answers = (*question.answers, *(word for gap in question.gaps for word in gap))
    words = (*question.consumed, *answers, *question.tags, question.name)
    return not any(OBJECT in word for word in words)


def answer_texts(candidate: Candidate) -> list[str]:
    """What the document says about the right answer, as plain text, once for each source."""
    return [plain(value).strip() for _, value in candidate.answer_sources]
