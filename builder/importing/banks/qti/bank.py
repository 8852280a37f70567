"""The bank that the questions of QTI are put into, below the titles of the groups that they stand
in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.course.questions.base import visible
from builder.importing.banks.making import Bank, Draft, said
from builder.importing.banks.qti.package import PICTURES, Package, Part
from builder.importing.banks.qti.responses import Feedback
from builder.importing.banks.texts import Reading
from builder.importing.document.form import Block, Document, Image, Inline, Paragraph, Place
from builder.importing.document.tally import words_of

_NO_NAME = re.compile(r"(?:question|item|que|q)?[\s._-]*[0-9]*", re.IGNORECASE)
FEEDBACK = 500
"""Pieces of feedback of an item that are looked at."""
_CODE = re.compile(r"\S*[0-9_]\S*")
"""A title that is one word with figures in it: an identifier."""


@immutable
class Facts:
    """What a file says of a question beside what it asks."""

    place: Place
    kind: str
    title: str = ""
    weight: str = ""
    tags: tuple[str, ...] = ()
    why: str = ""
    """Why it cannot be asked, where its type says so."""


@dataclass(slots=True)
class QtiBank:
    """The bank that questions are put into; ``category`` is their page, by the titles that lead to
    it."""

    package: Package
    bank: Bank = field(default_factory=Bank)
    category: str = ""
    titles: Counter[str] = field(default_factory=Counter)
    entered: dict[str, Place] = field(default_factory=dict)
    capitals: list[Place] = field(default_factory=list)

    def reading(self, part: Part) -> Reading:
        """Reads the texts of a document."""

        def see(address: str, alternative: str | None, place: Place) -> Image:
            return self.package.see(part.name, address, alternative, place)

        return Reading(self.bank, see)

    def enter(self, steps: Sequence[str], written: str, place: Place) -> None:
        """Questions that follow stand below these titles, of which ``written`` is the last."""
        told = [" ".join(step.split()) for step in steps]
        self.category = " / ".join(dict.fromkeys(step for step in told if visible(step)))
        self.entered.setdefault(self.category, place)
        self.bank.consumed.append(written)

    def _open(self) -> None:
        """A category has its heading once something stands in it."""
        if self.category and self.category not in self.bank.heads:
            self.bank.head(self.category, "", self.entered[self.category])

    def add(self, blocks: Sequence[Block]) -> None:
        """Text for trainees that asks nothing."""
        if blocks:
            self._open()
        for block in blocks:
            self.bank.add(block, self.category)

    def name(self, title: str) -> str:
        """The name of a question by its title; none where that says nothing of this one."""
        plain = " ".join(title.split())
        no_name = _NO_NAME.fullmatch(plain) or _CODE.fullmatch(plain) or self.titles[title] > 1
        return "" if no_name else plain

    def ask(self, facts: Facts, prompt: Sequence[Block], draft: Draft) -> None:
        """Put a question there, or its words."""
        tags = ((self.category,) if self.category and not facts.why else ()) + facts.tags
        question = draft.question(
            facts.kind,
            prompt,
            facts.place,
            name=self.name(facts.title),
            tags=tags,
            weight=facts.weight,
            consumed=(facts.title, *facts.tags),
        )
        self._open()
        self.bank.ask(question, self.category, facts.why)

    def leave_single(self, feedback: Feedback, place: Place) -> None:
        """List the feedback of single answers, for which the type of a question has no place."""
        for line in feedback.single():
            reason = "a question of this type has no feedback of single answers"
            self.bank.leave("feedback", place, words_of(line), reason)

    def note(self, place: Place, line: tuple[Inline, ...]) -> None:
        """List what is only for those who mark."""
        if line:
            reason = "it is for those who mark, and no part of the course"
            self.bank.leave("note for markers", place, words_of(line), reason)

    def document(self) -> Document:
        """All that was read; what only stands beside it is listed."""
        used = set(self.bank.categories)
        for category in self.bank.categories:
            while " / " in category:
                category = category.rpartition(" / ")[0]
                used.add(category)
        for category, place in self.entered.items():
            if category and category not in used:
                self.bank.leave("category", place, category, "no question stands in it")
        for name, other in self.package.again():
            reason = f"the same quiz stands in {other}, with every type that it has"
            self.bank.leave("quiz written twice", Place("", 0), name, reason)
        for name in self.package.refused:
            reason = f"the pictures of a bank may have {PICTURES >> 20} MB"
            self.bank.leave("picture", Place("", 0), name, reason)
        for name in self.package.beside():
            inner = name.lower().endswith((".zip", ".imscc"))
            why = (
                "a package in a package is not opened: import it by itself"
                if inner
                else "no text shows it as a picture"
            )
            self.bank.leave("embedded file", Place("", 0), name, why)
        if self.capitals:
            many = len(self.capitals)
            reason = (
                f"{many:,} of the questions ask for the right capitals, as QTI does where nothing "
                "else is said; a course forgives them: write “forgive: spaces” where they matter"
            )
            self.bank.leave("capitals", self.capitals[0], "", reason)
        return self.bank.document()


def flat(reading: Reading, blocks: Sequence[Block]) -> tuple[Inline, ...]:
    """Blocks as one line."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return blocks[0].inlines
    return reading.flat(blocks)


def gapped(before: Sequence[Block], behind: Sequence[Block], place: Place) -> Iterator[Block]:
    """What stands before and behind a gap, as one sentence; a gap at the end needs no sign."""
    first = next(iter(behind), None)
    if first is None or not isinstance(first, Paragraph):
        yield from (*before, *behind)
        return
    last = before[-1] if before and isinstance(before[-1], Paragraph) else None
    line = (*(last.inlines if last else ()), *said(" _____ "), *first.inlines)
    yield from before[:-1] if last else before
    yield Paragraph(line, place)
    yield from behind[1:]
