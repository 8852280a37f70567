"""What readers of banks share: questions that cannot be asked are kept as their words, and the
words of one category stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from builder.base.slugs import slug
from builder.course.questions.base import visible
from builder.importing.banks.bounds import MOST, TooManyError
from builder.importing.document.form import (
    LINES,
    Block,
    Box,
    Break,
    Document,
    Inline,
    Item,
    List,
    Option,
    Paragraph,
    Place,
    Question,
    Rest,
    Text,
)
from builder.importing.document.tally import text
from builder.importing.writing.fitting import can_be_asked

BEGINS = 60
"""Characters by which a place is told."""
UNSURE = re.compile(r"\s*unsure:\s*(\S.*?)\s*", re.DOTALL)
"""A note of a bank that says what is still to be decided about the question below it."""
RELATIVE = (
    "Moodle counts which items stand beside each other; here each item in its place earns a share"
)
"""Why the grading of an order is another one in a course."""
_LEAST = -20
"""The power of ten below which a mark is none: written out, it would have no end."""


@dataclass(slots=True)
class Draft:
    """What the kind of a question makes of its answers."""

    options: list[Option] = field(default_factory=list)
    pairs: list[tuple[tuple[Inline, ...], tuple[Inline, ...]]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    feedback: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    spent: list[str] = field(default_factory=list)
    partial: bool = False
    several: bool = False
    settings: dict[str, str | tuple[str, ...]] = field(default_factory=dict)

    def question(
        self,
        kind: str,
        prompt: Iterable[Block],
        place: Place,
        *,
        name: str = "",
        tags: tuple[str, ...] = (),
        weight: str = "",
        consumed: Iterable[str] = (),
    ) -> Question:
        """The question with these answers; ``consumed`` are words that only steer, besides those of
        the answers."""
        return Question(
            kind=kind,
            prompt=tuple(prompt),
            place=place,
            options=tuple(self.options),
            pairs=tuple(self.pairs),
            answers=tuple(self.answers),
            name=name,
            tags=tags,
            feedback={key: line for key, line in self.feedback.items() if line},
            doubts=tuple(self.doubts),
            weight=weight,
            consumed=(*consumed, *self.spent),
            partial=self.partial,
            several=self.several,
            settings=self.settings,
        )


def at(line: int, words: str) -> Place:
    """The place of a line of a file, which begins with these words."""
    return Place(LINES, line, " ".join(words.split())[:BEGINS])


def shown(words: str) -> str:
    """Words as they are named in a sentence."""
    words = " ".join(words.split())
    return words if len(words) <= BEGINS else f"{words[:BEGINS]}…"


def said(words: str) -> tuple[Inline, ...]:
    """Words of no look as a line."""
    return (Text(words),) if words else ()


def joined(*lines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Lines as one, those that say nothing left out."""
    found: list[Inline] = []
    for line in lines:
        if line:
            found += [Break(), *line] if found else line
    return tuple(found)


def amount(written: str) -> Decimal:
    """A mark; 0 where it is no number."""
    if not written:
        return Decimal(0)
    try:
        found = Decimal(written)
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)


def weight(written: str) -> str:
    """A mark as the weight of a question; empty where it cannot be one."""
    mark = amount(written)
    if mark.adjusted() < _LEAST:
        return ""
    text = format(mark, "f") if 0 < mark < 1000 else ""
    return text.rstrip("0").rstrip(".") if "." in text else text


def identified(bank: Bank, place: Place, number: str, name: str) -> str:
    """What a question's id is made of: its ID number, which its institution knows it by, else its
    name. An ID number that cannot be an id as it stands is listed."""
    if not number:
        return name
    if slug(number) != number.casefold():
        bank.leave("ID number", place, number, f"an id has no such signs: it is “{slug(number)}”")
    return number


def kept(question: Question, why: str) -> Box:
    """All words of a question that is none of ours, as it stood: to be decided by a person."""
    blocks: list[Block] = [*question.prompt]
    if question.name:
        blocks.insert(0, Paragraph(said(question.name), question.place))
    lines = [option.inlines + _behind(option.feedback) for option in question.options]
    remarks = question.remarks or ((),) * len(question.pairs)
    lines += [
        (*left, *_behind(right), *_behind(remark))
        for (left, right), remark in zip(question.pairs, remarks, strict=True)
    ]
    lines += question.statements
    lines += [said(answer) for answer in question.answers]
    items = [Item("•", (Paragraph(line, question.place),)) for line in lines if line]
    if items:
        blocks.append(List(False, 1, tuple(items), question.place))
    blocks += [Paragraph(line, question.place) for line in question.feedback.values() if line]
    begins = shown(question.name or text(question.prompt))
    sentence = (
        f"“{begins}” is not asked: {why}. Its words stand on the page: write them as a question, "
        "or delete them."
    )
    return Box(tuple(blocks), question.place, sentence)


def _behind(feedback: Sequence[Inline]) -> tuple[Inline, ...]:
    return (Text(" – "), *feedback) if feedback else ()


def category(path: str) -> str:
    """A category as it is shown: its way through the bank, without its place in Moodle."""
    path = path[len(_placed(path)) :]
    steps = [step.replace("\0", "/").strip() for step in path.replace("//", "\0").split("/")]
    told = [step for step in steps if visible(step)]
    return " / ".join(" ".join(step.split()) for step in told)


def _placed(path: str) -> str:
    """How a path begins that says where in Moodle a category is. Moodle calls its own one “top”;
    anybody else's may be called so, too, further on or with a capital."""
    found = _PLACES.match(path)
    return found[0] if found else ""


_PLACES = re.compile(
    r"(?:\s*\$(?i:course|system|cat\d+|module)\$\s*(?:/(?!/)|$))*\s*(?:top\s*(?:/(?!/)|$))?"
)


@dataclass(slots=True)
class Bank:
    """What was read of a bank: blocks by their category, in the order in which these came."""

    categories: dict[str, list[Block]] = field(default_factory=dict)
    heads: dict[str, Place] = field(default_factory=dict)
    rest: list[Rest] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)
    added: int = 0

    def add(self, block: Block, category: str = "") -> None:
        """Put a block behind those of its category. ``TooManyError`` behind the last one that a
        bank may have."""
        self.added += 1
        if self.added > MOST:
            raise TooManyError(f"it has more than {MOST:,} questions")
        self.categories.setdefault(category, []).append(block)

    def describe(
        self, blocks: Sequence[Block], place: Place, doubts: Sequence[str], category: str
    ) -> None:
        """Put text there that asks nothing, with what is still to be decided about it."""
        if doubts and blocks:
            self.consumed += doubts
            self.add(Box(tuple(blocks), place, " ".join(doubts)), category)
            return
        for block in blocks:
            self.add(block, category)

    def head(self, category: str, written: str, place: Place) -> None:
        """A category begins, or goes on."""
        if category in self.heads or not category:
            self.consumed.append(written)
        else:
            self.heads[category] = place
            # Of what is written, a heading has only what names it.
            self.consumed.append(_placed(written))

    def keep(
        self, name: str, blocks: Sequence[Block], place: Place, why: str, category: str = ""
    ) -> None:
        """Keep the words of what cannot be read as a question, or has a type of its own."""
        self._kept(Question("reflection", tuple(blocks), place, name=name), why, category)

    def ask(self, question: Question, category: str = "", why: str = "") -> str:
        """Put a question behind those of its category, or its words where it cannot be one of a
        course, and say why."""
        why = why or can_be_asked(question)
        if not why:
            self.add(question, category)
            return ""
        self._kept(question, why, category)
        # Its name stands on the page with its words.
        self.consumed += (one for one in question.consumed if one != question.name)
        return why

    def _kept(self, question: Question, why: str, category: str) -> None:
        self.add(kept(question, why), category)
        begins = question.name or text(question.prompt)
        self.leave("question", question.place, begins, f"its words stand on the page: {why}")

    def leave(self, kind: str, place: Place, words: str, reason: str) -> None:
        """List what does not come over. ``TooManyError`` as of blocks."""
        if len(self.rest) == MOST:
            raise TooManyError(f"more than {MOST:,} things in it do not come over")
        self.rest.append(Rest(kind, place, " ".join(words.split()), reason))

    def document(self) -> Document:
        """The bank as a document whose headings are its categories."""
        for category, place in self.heads.items():
            if category not in self.categories:
                self.leave("category", place, category, "no question stands in it")
                self.consumed.append(category)
        return Document(
            blocks=tuple(self._blocks()),
            rest=tuple(self.rest),
            consumed=tuple(self.consumed),
            bank=True,
        )

    def _blocks(self) -> Iterable[Block]:
        for category, blocks in self.categories.items():
            if category:
                place = self.heads.get(category) or blocks[0].place
                yield Paragraph(said(category), place, level=1)
            yield from blocks
