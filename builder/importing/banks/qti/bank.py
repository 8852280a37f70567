"""What the importers of all QTI versions share. In QTI a question is an item, and each of its
inputs for trainees is a response.

This module has the data of responses and feedback, finds the question type that follows from the
responses, drafts the answers of each type, and collects the questions in a bank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.course.questions.base import visible
from builder.importing.banks.bank import Bank, Draft, join_lines, plain_line
from builder.importing.banks.qti.package import PICTURES, Package, Part
from builder.importing.banks.texts import Reading
from builder.importing.banks.xml import Element
from builder.importing.document.form import (
    Block,
    Document,
    Image,
    Inline,
    Paragraph,
    Place,
    Question,
    words_of,
)

Line = tuple[Inline, ...]
Where = tuple[str, str]
"""The target of feedback, as kind and name: `option` and the option's id, `answer` and a typed
answer, or `key` and a key of the question's feedback, such as `wrong`."""


@dataclass(slots=True)
class Choice:
    """An option; ``name`` is its id. In QTI 2, ``set`` is the number of the match set that it
    belongs to, and ``feedback`` is the feedback inside it: the outcome variable and the identifier
    that show it, and its line."""

    name: str
    line: Line
    feedback: list[tuple[str, str, Line]] = field(default_factory=list)
    set: int = 0


@dataclass(slots=True)
class Response:
    """One response of an item, which is an input for trainees. ``name`` is its id, ``tag`` the name
    of its element, and ``label`` the text beside it.

    ``typed`` is `line`, `lines` or `number` if the answer is typed, and empty if it is chosen.
    ``ordered`` is true if trainees put the choices into order, ``several`` if they can choose
    several, and ``paired`` if they match choices of two sets. ``known`` is true if a course has
    such a question.
    """

    name: str
    element: Element
    tag: str
    label: list[Block] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    typed: str = ""
    ordered: bool = False
    several: bool = False
    paired: bool = False
    known: bool = True


@dataclass(slots=True)
class Feedback:
    """The feedback of an item: of options by their ids, of typed answers by their text, and of the
    whole question by keys such as ``wrong``."""

    options: dict[str, Line] = field(default_factory=dict)
    answers: dict[str, Line] = field(default_factory=dict)
    keys: dict[str, Line] = field(default_factory=dict)

    def add(self, where: Where, line: Line) -> None:
        """Append a line to the feedback of the target ``where``: an option, a typed answer, or a
        key of the question's feedback, such as ``wrong``."""
        lines, name = self._lines(where[0]), where[1]
        lines[name] = join_lines(lines.get(name, ()), line)

    def add_once(self, where: Where, line: Line) -> None:
        """Append a line to the feedback of the target ``where``, unless that feedback already is
        this line."""
        if line != self._lines(where[0]).get(where[1]):
            self.add(where, line)

    def _lines(self, kind: str) -> dict[str, Line]:
        return {"option": self.options, "answer": self.answers}.get(kind, self.keys)

    def single(self) -> Iterator[Line]:
        """Yield the feedback of single options and of typed answers."""
        yield from (*self.options.values(), *self.answers.values())


def question_type(
    responses: Sequence[Response], marked: bool, gaps: bool = False
) -> tuple[str, str]:
    """The question type that follows from the responses of an item (`choices` if several options
    can be right). Also returns the reason if a course cannot ask the question, else an empty text.

    ``marked`` is true if any answer earns marks; ``gaps`` is true if the responses are gaps in a
    text.
    """
    if len(responses) > 1:
        single = (one.label and not (one.typed or one.ordered or one.several) for one in responses)
        if not gaps and all(single):
            return "matching", ""
        return "reflection", "it asks for several things at once"
    (one,) = responses
    if one.typed == "number":
        return "numeric", ""
    if one.typed:
        # A field of several lines without a right answer is an essay.
        return ("reflection" if one.typed == "lines" and not marked else "fill-in"), ""
    if one.ordered or one.paired:
        return ("sequencing" if one.ordered else "matching"), ""
    return ("choices" if one.several else "choice"), ""


def parse_score(written: str) -> float | None:
    """Parse a number; ``None`` if it is invalid, or 1e12 or larger."""
    try:
        value = float(written)
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def plain(line: Line) -> str:
    """The plain text of a line, with single spaces."""
    return " ".join(words_of(line).split())


_NO_NAME = re.compile(r"(?:question|item|que|q)?[\s._-]*[0-9]*", re.IGNORECASE)
MAX_FEEDBACK = 500
"""Maximum number of feedback texts of an item that are imported."""
_CODE = re.compile(r"\S*[0-9_]\S*")
"""Matches a title that is an identifier: one word with a digit or underscore."""


@immutable
class Facts:
    """The data of a question other than its prompt and its answers. ``kind`` is its question type,
    and ``title`` is the item's title."""

    place: Place
    kind: str
    title: str = ""
    weight: str = ""
    tags: tuple[str, ...] = ()
    why: str = ""
    """The reason if a course cannot ask the question; else empty."""


@dataclass(slots=True)
class QtiBank:
    """A ``Bank`` for the questions of QTI documents. ``category`` is the current category, made
    from the titles of the groups (tests and sections) around the current item.

    ``titles`` counts the titles of all items. ``entered`` has the place where each category starts,
    and ``capitals`` the places of questions that ask for the right capitals by default.
    """

    package: Package
    bank: Bank = field(default_factory=Bank)
    category: str = ""
    titles: Counter[str] = field(default_factory=Counter)
    entered: dict[str, Place] = field(default_factory=dict)
    capitals: list[Place] = field(default_factory=list)

    def reading(self, part: Part) -> Reading:
        """Create a parser for the texts of a document; it finds the images that the document refers
        to."""

        def find_image(address: str, alternative: str | None, place: Place) -> Image:
            return self.package.find_image(part.name, address, alternative, place)

        return Reading(self.bank, find_image)

    def start_group(self, steps: Sequence[str], written: str, place: Place) -> None:
        """Start a group of questions, such as a section. ``steps`` are the titles of the groups
        around it and its own title; ``written`` is its own title as in the file, and ``place`` its
        position there."""
        clean_steps = [" ".join(step.split()) for step in steps]
        self.category = " / ".join(dict.fromkeys(step for step in clean_steps if visible(step)))
        self.entered.setdefault(self.category, place)
        self.bank.consumed.append(written)

    def _add_heading(self) -> None:
        """Give the current category a heading, before its first content."""
        if self.category and self.category not in self.bank.category_places:
            self.bank.start_category(self.category, "", self.entered[self.category])

    def add(self, blocks: Sequence[Block]) -> None:
        """Add text that is not a question to the current category."""
        if blocks:
            self._add_heading()
        for block in blocks:
            self.bank.add(block, self.category)

    def name(self, title: str) -> str:
        """The name of a question with this title; empty if the title is an identifier or a number,
        or if several items have it."""
        plain = " ".join(title.split())
        no_name = _NO_NAME.fullmatch(plain) or _CODE.fullmatch(plain) or self.titles[title] > 1
        return "" if no_name else plain

    def question(
        self, facts: Facts, prompt: Sequence[Block], draft: Draft, number: int = 0
    ) -> Question:
        """Build a question. ``facts`` are its type, place, title and the like, and ``draft`` has
        its answers. ``number`` is its number in its item, from 1; 0 if the item is one question."""
        tags = ((self.category,) if self.category and not facts.why else ()) + facts.tags
        name = self.name(facts.title)
        return draft.question(
            facts.kind,
            prompt,
            facts.place,
            name=f"{name} {number}" if name and number else name,
            tags=tags,
            weight=facts.weight,
            consumed=(*(() if number > 1 else (facts.title,)), *facts.tags),
        )

    def ask(self, facts: Facts, prompt: Sequence[Block], draft: Draft) -> None:
        """Add a question to the current category, or its text if a course cannot ask it. The
        parameters are those of ``question``."""
        self.add_questions([self.question(facts, prompt, draft)], facts.why)

    def add_questions(self, questions: Sequence[Question], why: str = "") -> None:
        """Add the questions of an item to the current category. ``why`` is the reason if a course
        cannot ask them; else empty."""
        self._add_heading()
        for question in questions:
            self.bank.ask(question, self.category, why)

    def report_single_feedback(self, feedback: Feedback, place: Place) -> None:
        """Report feedback of single answers as not imported, because the question's type does not
        have it. ``place`` is the position of the question in the file."""
        for line in feedback.single():
            reason = "a question of this type has no feedback of single answers"
            self.bank.report("feedback", place, words_of(line), reason)

    def report_marker_note(self, place: Place, line: tuple[Inline, ...]) -> None:
        """Report a note for markers as not imported. ``line`` is the text of the note, and
        ``place`` its position in the file."""
        if line:
            reason = "it is for markers, and not part of the course"
            self.bank.report("note for markers", place, words_of(line), reason)

    def report_selection(self, place: Place, number: str) -> None:
        """Report that an attempt asked only a number of a group's questions."""
        reason = (
            f"an attempt asked {number} of these questions: write “draw:” on their page, if that "
            "is to stay so"
        )
        self.bank.report("selection", place, "", reason)

    def report_quiz_feedback(self, place: Place, line: Line) -> None:
        """Report the feedback for a quiz as a whole."""
        if line:
            reason = "a course has no feedback for a quiz as a whole"
            self.bank.report("feedback of a quiz", place, words_of(line), reason)

    def document(self) -> Document:
        """Return the imported document. Also reports what is known only now, such as empty
        categories and files that no text shows."""
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


def join_with_blank(
    before: Sequence[Block], after: Sequence[Block], place: Place
) -> Iterator[Block]:
    """Join the text before and after a gap with a blank; without a blank if no text follows the
    gap. The joined paragraph gets the position ``place``."""
    first = next(iter(after), None)
    if first is None or not isinstance(first, Paragraph):
        yield from (*before, *after)
        return
    last = before[-1] if before and isinstance(before[-1], Paragraph) else None
    line = (*(last.inlines if last else ()), *plain_line(" _____ "), *first.inlines)
    yield from before[:-1] if last else before
    yield Paragraph(line, place)
    yield from after[1:]
