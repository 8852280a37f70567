"""What could be a question: its prompt, its options, and the lines that steer it. Whether it is one
is for others to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.importing.document.form import Block, Paragraph, Place, Table
from builder.importing.recognise.inlines import Inlines, joined, plain
from builder.importing.recognise.labels import Style
from builder.importing.recognise.lines import Line
from builder.importing.recognise.steering import ORDER, Steer, Stripped, asks, declared, points_of

_LINES = ("the answer line", "the second answer line", "a further answer line")


@dataclass(slots=True)
class Choice:
    """An option as it was read; `line` has its words, with a sign for “right” still in them."""

    line: Line
    more: list[Inlines] = field(default_factory=list)
    feedback: list[Steer] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """What a key says of a number; `cut` is what stood before it. `used` where a question speaks of
    it, `taken` where it is the question's answer."""

    number: int
    value: Inlines
    cut: str
    place: Place
    used: bool = False
    taken: bool = False


@dataclass(slots=True)
class Candidate:
    """Lines from `begin` to before `end`. `number` is that of the question, 0 without one; `first`
    and `last` are those of its prompt. `quiz`, `truths`, `gaps`: it stands under the heading of a
    quiz, under “True or false?”, under “Fill in the blanks”. `key` is what a key says of it;
    where that is not sure, `unkeyed` is the doubt, and `unsure` what the key says.

    `others` is the second list under “Match …”.

    `head` are the lines above the prompt that say its type, points or title. `model`: one lettered
    line below the prompt is its answer. `faq`: it stands under frequent questions. `typed_so`: the
    document writes for a converter, whose habits hold: alternatives have commas between them, and
    an order is the right one as it stands."""

    begin: int
    end: int
    lines: list[Line]
    number: int
    prompt: list[Line]
    first: Stripped
    last: Stripped
    choices: list[Choice] = field(default_factory=list)
    others: list[Choice] = field(default_factory=list)
    style: Style = "letter"
    steers: list[Steer] = field(default_factory=list)
    head: Sequence[Steer] = ()
    model: bool = False
    table: Table | None = None
    section: int = 0
    quiz: bool = False
    truths: bool = False
    gaps: bool = False
    faq: bool = False
    typed_so: bool = False
    key: Entry | None = None
    unsure: Entry | None = None
    unkeyed: str = ""
    language: str = ""

    @property
    def bare(self) -> bool:
        """Whether it has nothing but a prompt."""
        return not (self.choices or self.steers or self.table)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.prompt if line.block is None)

    @property
    def asking(self) -> bool:
        """Whether its first or its last line asks: what stands between them is what it is about."""
        return asks(self.prompt[0].text) or asks(self.prompt[-1].text)

    @property
    def heading(self) -> bool:
        return self.prompt[0].heading

    @property
    def orders(self) -> bool:
        return bool(ORDER.search(self.text))

    @property
    def declared(self) -> str:
        """The type that a line above it names, such as “Type: MS”."""
        named = (declared(steer) for steer in self.head if steer.kind == "kind")
        return next(filter(None, named), "")

    @property
    def labelled(self) -> bool:
        """Whether it is said to be a question by its number or by the word."""
        label = self.prompt[0].label
        return label is not None and label.style in ("number", "asked")

    @property
    def answers(self) -> list[Steer]:
        return [steer for steer in self.steers if steer.kind == "answer"]

    @property
    def sayings(self) -> list[tuple[str, Inlines]]:
        """Who says what of the right answer."""
        told = [steer.value for steer in self.answers if steer.text]
        out = [(_LINES[min(at, len(_LINES) - 1)], value) for at, value in enumerate(told)]
        bracketed = self.last.answer or self.first.answer
        if bracketed:
            out.append(("the words in brackets", bracketed))
        if self.key is not None:
            out.append(("the key", self.key.value))
        return out

    def prompt_blocks(self) -> tuple[Block, ...]:
        """The prompt: paragraphs without labels and points, tables and pictures as they are."""
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
        return tuple(_together(list(kept)))

    def cuts(self) -> list[str]:
        """What was cut from the prompt and before the options."""
        gone = [self.prompt[0].cut, *self.last.cut]
        if len(self.prompt) > 1:
            gone += self.first.cut
            if self.last.answer:
                gone.append(plain(self.first.answer))
        return [words for words in gone if words]

    @property
    def weight(self) -> str:
        """How many points it is said to give."""
        around = (*self.head, *self.steers)
        told = (points_of(steer) for steer in around if steer.kind == "points")
        return next(filter(None, (self.last.weight, self.first.weight, *told)), "")


def _paragraph(line: Line, inlines: Inlines) -> Paragraph:
    source = line.paragraph
    if source is None:
        return Paragraph(inlines, line.place)
    return Paragraph(
        inlines, line.place, 0, source.style if not source.level else "", source.bookmarks
    )


def _together(blocks: list[Block]) -> list[Block]:
    """Lines of one paragraph as one again."""
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
