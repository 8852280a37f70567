"""Builds the document that is imported from a question bank; shared by the importers of all
formats.

A question that a course cannot ask is kept as text. Questions of one category are put together.
Every word of a file is shown, reported or consumed: consumed words have an effect but are not
shown, such as the letter of the right answer.
"""

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
from builder.importing.document.question_types import can_be_asked
from builder.importing.document.tally import text

_LONGEST_START = 60
"""Maximum length of the start of a text that is quoted in reports, in characters."""
UNSURE = re.compile(r"\s*unsure:\s*(\S.*?)\s*", re.DOTALL)
"""Matches a comment ``unsure: …``, which says what is undecided about the question below it."""
RELATIVE_GRADING = (
    "Moodle counts which items are next to each other; here each item in its place earns a share"
)
"""The reason that reports give for not importing Moodle's relative grading of an ordering
question."""
_LEAST = -20
"""A mark below 10 to the power of this number counts as 0, since it would be too long to write
out."""


@dataclass(slots=True)
class Draft:
    """The answers of a question before the question is built. The code for each question type fills
    it.

    The fields have the same meaning as in ``Question``, except two. ``kind`` is set if the answers
    show that the question has another type than expected. ``lost`` is the reason if a course cannot
    ask the question; else it is empty.
    """

    options: list[Option] = field(default_factory=list)
    pairs: list[tuple[tuple[Inline, ...], tuple[Inline, ...]]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    feedback: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)
    partial: bool = False
    several: bool = False
    settings: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    kind: str = ""
    lost: str = ""

    def add_feedback(self, key: str, line: tuple[Inline, ...]) -> None:
        """Append a line to the feedback with the key ``key``, such as ``wrong``."""
        self.feedback[key] = join_lines(self.feedback.get(key, ()), line)

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
        """Build the question from the draft and the data outside its answers.

        ``place`` is the position of the question in the file, and ``weight`` its weight as a
        decimal number, or empty. ``consumed`` are words of the file that have an effect but are not
        shown; those of the draft are added.
        """
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
            consumed=(*consumed, *self.consumed),
            partial=self.partial,
            several=self.several,
            settings=self.settings,
        )


def line_place(line: int, words: str) -> Place:
    """The place of a line of a text file, for reports. ``words`` is its text; the place keeps the
    start."""
    return Place(LINES, line, " ".join(words.split())[:_LONGEST_START])


def shorten(words: str) -> str:
    """Shorten a text so that a message can quote it."""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_START else f"{words[:_LONGEST_START]}…"


def plain_line(words: str) -> tuple[Inline, ...]:
    """Convert plain text to a line, which is a tuple of inlines; empty if the text is empty."""
    return (Text(words),) if words else ()


def join_lines(*lines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Join lines of inlines with line breaks; skips empty lines."""
    line_parts: list[Inline] = []
    for line in lines:
        if line:
            line_parts += [Break(), *line] if line_parts else line
    return tuple(line_parts)


def parse_mark(written: str) -> Decimal:
    """Parse a mark, which is a number of points; 0 if it is not a number."""
    if not written:
        return Decimal(0)
    try:
        found = Decimal(written)
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)


def parse_weight(written: str) -> str:
    """Convert a mark to the weight of a question, as a decimal number; empty unless the mark is
    between 0 and 1,000."""
    mark = parse_mark(written)
    if mark.adjusted() < _LEAST:
        return ""
    text = format(mark, "f") if 0 < mark < 1000 else ""
    return text.rstrip("0").rstrip(".") if "." in text else text


def id_source(bank: Bank, place: Place, number: str, name: str) -> str:
    """The text from which a question's id is made: its ID number in Moodle (``number``), else its
    ``name``. Reports an ID number with characters that ids cannot have."""
    if not number:
        return name
    if slug(number) != number.casefold():
        bank.report(
            "ID number",
            place,
            number,
            f"ids cannot have such characters: the id is “{slug(number)}”",
        )
    return number


def _question_as_text(question: Question, why: str) -> Box:
    """Put all text of a question that a course cannot ask into a box, for the author to decide.
    ``why`` is the reason."""
    blocks: list[Block] = [*question.prompt]
    if question.name:
        blocks.insert(0, Paragraph(plain_line(question.name), question.place))
    lines = [option.inlines + _after_dash(option.feedback) for option in question.options]
    remarks = question.remarks or ((),) * len(question.pairs)
    lines += [
        (*left, *_after_dash(right), *_after_dash(remark))
        for (left, right), remark in zip(question.pairs, remarks, strict=True)
    ]
    lines += question.statements
    lines += [plain_line(answer) for answer in question.answers]
    items = [Item("•", (Paragraph(line, question.place),)) for line in lines if line]
    if items:
        blocks.append(List(False, 1, tuple(items), question.place))
    blocks += [Paragraph(line, question.place) for line in question.feedback.values() if line]
    begins = shorten(question.name or text(question.prompt))
    sentence = (
        f"“{begins}” was not imported as a question: {why}. Its text is on the page: write it as a "
        "question, or delete it."
    )
    return Box(tuple(blocks), question.place, sentence)


def _after_dash(feedback: Sequence[Inline]) -> tuple[Inline, ...]:
    return (Text(" – "), *feedback) if feedback else ()


def display_category(path: str) -> str:
    """Convert the path of a category in Moodle to the path that is shown: ``A / B`` for
    ``$course$/top/A/B``."""
    path = path[len(_moodle_prefix(path)) :]
    parts = [step.replace("\0", "/").strip() for step in path.replace("//", "\0").split("/")]
    visible_steps = [step for step in parts if visible(step)]
    return " / ".join(" ".join(step.split()) for step in visible_steps)


def _moodle_prefix(path: str) -> str:
    """The start of a category path that says where in Moodle the category is, such as
    ``$course$/top/``. Only the first ``top`` in lower case is Moodle's own; any other belongs to
    the author."""
    prefix = _PLACES.match(path)
    return prefix[0] if prefix else ""


_PLACES = re.compile(
    r"(?:\s*\$(?i:course|system|cat\d+|module)\$\s*(?:/(?!/)|$))*\s*(?:top\s*(?:/(?!/)|$))?"
)


@dataclass(slots=True)
class Bank:
    """Collects the content of a bank while its file is read. ``categories`` has the questions and
    texts of each category, ``category_places`` where the category starts in the file. ``rest``
    lists content that is not imported; ``consumed`` lists words that have an effect but are not
    shown."""

    categories: dict[str, list[Block]] = field(default_factory=dict)
    category_places: dict[str, Place] = field(default_factory=dict)
    rest: list[Rest] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)
    block_count: int = 0

    def add(self, block: Block, category: str = "") -> None:
        """Add a question or text to a category; raises ``TooManyError`` if the bank already has too
        many. ``category`` is the path of the category; empty for content outside all categories."""
        self.block_count += 1
        if self.block_count > MOST:
            raise TooManyError(f"it has more than {MOST:,} questions")
        self.categories.setdefault(category, []).append(block)

    def describe(
        self, blocks: Sequence[Block], place: Place, doubts: Sequence[str], category: str
    ) -> None:
        """Add a description, text that is not a question, to a category. ``place`` is its position
        in the file. ``doubts`` are sentences that say what is undecided about it; if there are any,
        the text is added in a box that shows them."""
        if doubts and blocks:
            self.consumed += doubts
            self.add(Box(tuple(blocks), place, " ".join(doubts)), category)
            return
        for block in blocks:
            self.add(block, category)

    def start_category(self, category: str, written: str, place: Place) -> None:
        """Record where a category starts in the file; changes nothing if the category has started
        before. ``category`` is its path as shown, and ``written`` its path in the file, which
        counts as consumed unless the heading shows it."""
        if category in self.category_places or not category:
            self.consumed.append(written)
        else:
            self.category_places[category] = place
            # The heading shows the rest of the path.
            self.consumed.append(_moodle_prefix(written))

    def keep(
        self, name: str, blocks: Sequence[Block], place: Place, why: str, category: str = ""
    ) -> None:
        """Keep a question as text because it cannot be parsed or has an unknown type. ``why`` is
        the reason. ``name`` is the name of the question, and ``blocks`` are its texts."""
        self._add_as_text(Question("reflection", tuple(blocks), place, name=name), why, category)

    def ask(self, question: Question, category: str = "", why: str = "") -> str:
        """Add a question to its category. If a course cannot ask it, add its text instead and
        return the reason. ``why`` is the reason if the caller already knows it; if empty, the
        question is checked."""
        why = why or can_be_asked(question)
        if not why:
            self.add(question, category)
            return ""
        self._add_as_text(question, why, category)
        # The kept text includes the name, so the name is not consumed.
        self.consumed += (one for one in question.consumed if one != question.name)
        return why

    def _add_as_text(self, question: Question, why: str, category: str) -> None:
        self.add(_question_as_text(question, why), category)
        begins = question.name or text(question.prompt)
        self.report("question", question.place, begins, f"its text is on the page: {why}")

    def report(self, kind: str, place: Place, words: str, reason: str) -> None:
        """Add content that is not imported, the text ``words``, to the report. ``kind`` says what
        it is, and ``reason`` why it is not imported. Raises ``TooManyError`` if the report is too
        long."""
        if len(self.rest) == MOST:
            raise TooManyError(f"more than {MOST:,} things in it are not imported")
        self.rest.append(Rest(kind, place, " ".join(words.split()), reason))

    def document(self) -> Document:
        """Return the bank as a document with a heading for each category. Also reports categories
        without questions."""
        for category, place in self.category_places.items():
            if category not in self.categories:
                self.report("category", place, category, "it has no questions")
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
                place = self.category_places.get(category) or blocks[0].place
                yield Paragraph(plain_line(category), place, level=1)
            yield from blocks
