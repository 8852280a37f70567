"""Collects the questions of QTI documents, in categories made from the titles of their groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.course.questions.base import visible
from builder.importing.banks.bank import Bank, Draft, plain_line
from builder.importing.banks.qti.package import PICTURES, Package, Part
from builder.importing.banks.qti.responses import Feedback
from builder.importing.banks.texts import Reading
from builder.importing.document.form import Block, Document, Image, Inline, Paragraph, Place
from builder.importing.document.tally import words_of

_NO_NAME = re.compile(r"(?:question|item|que|q)?[\s._-]*[0-9]*", re.IGNORECASE)
FEEDBACK = 500
"""Maximum number of feedback texts of an item that are imported."""
_CODE = re.compile(r"\S*[0-9_]\S*")
"""A title that is an identifier: one word with a digit or underscore."""


@immutable
class Facts:
    """Data of a question besides its prompt and answers."""

    place: Place
    kind: str
    title: str = ""
    weight: str = ""
    tags: tuple[str, ...] = ()
    why: str = ""
    """Why a course cannot ask the question, if its type is the reason."""


@dataclass(slots=True)
class QtiBank:
    """A ``Bank`` with the current ``category``, which is made from the titles of the groups."""

    package: Package
    bank: Bank = field(default_factory=Bank)
    category: str = ""
    titles: Counter[str] = field(default_factory=Counter)
    entered: dict[str, Place] = field(default_factory=dict)
    capitals: list[Place] = field(default_factory=list)

    def reading(self, part: Part) -> Reading:
        """A parser for the texts of a document, which finds its images."""

        def see(address: str, alternative: str | None, place: Place) -> Image:
            return self.package.see(part.name, address, alternative, place)

        return Reading(self.bank, see)

    def enter(self, steps: Sequence[str], written: str, place: Place) -> None:
        """Start a group: ``steps`` are the titles that lead to it, ``written`` is the last one."""
        clean_steps = [" ".join(step.split()) for step in steps]
        self.category = " / ".join(dict.fromkeys(step for step in clean_steps if visible(step)))
        self.entered.setdefault(self.category, place)
        self.bank.consumed.append(written)

    def _add_heading(self) -> None:
        """Add the heading of the category before its first content."""
        if self.category and self.category not in self.bank.category_places:
            self.bank.start_category(self.category, "", self.entered[self.category])

    def add(self, blocks: Sequence[Block]) -> None:
        """Add text that is not a question."""
        if blocks:
            self._add_heading()
        for block in blocks:
            self.bank.add(block, self.category)

    def name(self, title: str) -> str:
        """A question's name from its title; empty for an identifier or a repeated title."""
        plain = " ".join(title.split())
        no_name = _NO_NAME.fullmatch(plain) or _CODE.fullmatch(plain) or self.titles[title] > 1
        return "" if no_name else plain

    def ask(self, facts: Facts, prompt: Sequence[Block], draft: Draft) -> None:
        """Add a question, or its text if a course cannot ask it."""
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
        self._add_heading()
        self.bank.ask(question, self.category, facts.why)

    def leave_single(self, feedback: Feedback, place: Place) -> None:
        """Report feedback of single answers, which the question's type does not have."""
        for line in feedback.single():
            reason = "a question of this type has no feedback of single answers"
            self.bank.report("feedback", place, words_of(line), reason)

    def note(self, place: Place, line: tuple[Inline, ...]) -> None:
        """Report a note for markers."""
        if line:
            reason = "it is for markers, and not part of the course"
            self.bank.report("note for markers", place, words_of(line), reason)

    def document(self) -> Document:
        """The imported document; reports empty categories and files that are not shown."""
        used_categories = set(self.bank.categories)
        for category in self.bank.categories:
            while " / " in category:
                category = category.rpartition(" / ")[0]
                used_categories.add(category)
        for category, place in self.entered.items():
            if category and category not in used_categories:
                self.bank.report("category", place, category, "it has no questions")
        for name, other in self.package.duplicates():
            reason = f"the same quiz is also in {other}, with all its question types"
            self.bank.report("quiz written twice", Place("", 0), name, reason)
        for name in self.package.refused:
            reason = f"the pictures of a bank may have {PICTURES >> 20} MB"
            self.bank.report("picture", Place("", 0), name, reason)
        for name in self.package.unshown_files():
            inner = name.lower().endswith((".zip", ".imscc"))
            why = (
                "a package in a package is not opened: import it by itself"
                if inner
                else "no text shows it as a picture"
            )
            self.bank.report("embedded file", Place("", 0), name, why)
        if self.capitals:
            many = len(self.capitals)
            reason = (
                f"{many:,} of the questions ask for the right capitals, as QTI does where nothing "
                "else is said; a course forgives them: write “forgive: spaces” where they matter"
            )
            self.bank.report("capitals", self.capitals[0], "", reason)
        return self.bank.document()


def flat(reading: Reading, blocks: Sequence[Block]) -> tuple[Inline, ...]:
    """Flatten blocks into one line."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return blocks[0].inlines
    return reading.flat(blocks)


def join_with_blank(
    before: Sequence[Block], after: Sequence[Block], place: Place
) -> Iterator[Block]:
    """Join the text before and after a gap with a blank; none if no text follows the gap."""
    first = next(iter(after), None)
    if first is None or not isinstance(first, Paragraph):
        yield from (*before, *after)
        return
    last = before[-1] if before and isinstance(before[-1], Paragraph) else None
    line = (*(last.inlines if last else ()), *plain_line(" _____ "), *first.inlines)
    yield from before[:-1] if last else before
    yield Paragraph(line, place)
    yield from after[1:]
