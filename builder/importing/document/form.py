"""The form of an imported document between its reader and the writer of the course.

The reader of each format returns a `Document`, `recognise` finds questions and records in it, and
one writer makes a course from it. Each block has its place in the source file (the source), so that
the report can list everything that is not imported with its place.

Steering words are words of the source that only tell the importer something, such as “Answer: B”.
The course does not contain them, but they must not count as missing there, so a document keeps them
in fields called `consumed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import PurePath
from typing import Literal, cast

from builder.base.immutable import immutable

Mark = Literal[
    "strong", "emphasis", "underline", "highlight", "colour", "strike", "sub", "super", "code"
]


Pages = Literal["heading-1", "heading-2", "bold", "even", "auto"]
"""Which headings start pages: those of level 1, those of level 2, or headings and short lines in
bold. `auto` chooses level 1 or 2 by the document's headings and length. `even` divides the pages of
`auto` further at headings and short lines in bold, into pages of 150 to 600 words."""
BOLD = 10
"""The level that is saved for `bold`, where short lines in bold start pages, too; otherwise it is
the level of the headings that start pages."""
LINES = "lines"
"""`Place.part` of a file that is read line by line. For a file in a zip package it is `lines of`
and the file's name."""
POSSIBLE = "possible question"
"""The kind of a ``Doubt`` about a passage that may be a question but was not read as one."""
EVEN = 11
"""The level that is saved for `even`."""
SHEET = "sheet "
"""Start of `Place.part` for a workbook, whose rows are the paragraphs; the sheet's name follows."""


@immutable
class Place:
    """A position in the source.

    - `part` is the part of the file: `body`, `footnotes`, `text box`. In a text file it is `LINES`.
    - `paragraph` is the number of the paragraph in this part, counted from 1. Paragraphs in table
      cells count, too. In a text file it is the number of the line.
    - `begins` is the start of the paragraph's text, by which the author can find it.
    - `file` is the name of the source file if several files make one course, else empty.
    """

    part: str
    paragraph: int
    begins: str = ""
    file: str = ""


@immutable
class Text:
    """Text in which all characters have the same formatting, `marks`."""

    words: str
    marks: frozenset[Mark] = frozenset()


@immutable
class Link:
    """Text that links to `address`: an external address, or `#name` for a bookmark of the
    document."""

    texts: tuple[Text, ...]
    address: str


_EXAMPLE = re.compile(
    r"(?:https?://|mailto:[^@]*@)(?:[^/?#:]*\.)?(?:example|invalid|test)(?:[/?#:]|\Z)",
    re.IGNORECASE,
)


def is_example(address: str) -> bool:
    """Whether an address is in a domain that is reserved for examples (RFC 2606), and so leads
    nowhere."""
    return _EXAMPLE.match(address) is not None


@immutable
class NoteMark:
    """The mark in the text that refers to a footnote or endnote. `note` is the key of the note in
    `Document.notes`."""

    note: str


@immutable
class Break:
    """A line break within a paragraph."""


@immutable
class Image:
    """An image: its bytes (empty if the source only links to it), its file extension, and its
    alternative text (`None` if the source has none). `file` is the image's path in the course; it
    is only set for an image of an earlier import, whose bytes were not saved."""

    content: bytes
    ending: str
    alternative: str | None
    place: Place
    file: str = ""


Inline = Text | Link | NoteMark | Break | Image
"""An inline: a piece of the content of a line."""


@immutable
class Paragraph:
    """A paragraph. `level` is 0 for prose and 1 to 9 for a heading. `style` is the name of its
    style in English and lower case (`caption`, `quote`, `title`, …). `starts_page` is true after a
    page break. `label` is the number that the source shows before a heading, such as `2.1`."""

    inlines: tuple[Inline, ...]
    place: Place
    level: int = 0
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    starts_page: bool = False
    label: str = ""


@immutable
class Item:
    """An item of a list. `label` is the number or bullet that the source shows before it: `1.`,
    `b)`, `•`."""

    label: str
    blocks: tuple[Block, ...]


@immutable
class List:
    """A list. `ordered` is whether its items are numbered, from `start`."""

    ordered: bool
    start: int
    items: tuple[Item, ...]
    place: Place


@immutable
class Cell:
    """A cell of a table. `across` and `down` are the numbers of columns and rows that it covers."""

    blocks: tuple[Block, ...]
    across: int = 1
    down: int = 1


@immutable
class Table:
    """A table as rows of cells, without the cells that a merged cell covers. The first `heads` rows
    are header rows."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    place: Place
    caption: tuple[Inline, ...] = ()


@immutable
class Box:
    """A text box or a shape with text, at the paragraph that it belongs to. Also text of a question
    bank that was perhaps meant as something else, such as a question: `undecided` is then a
    sentence that says what the author has to decide. For a text box it is empty."""

    blocks: tuple[Block, ...]
    place: Place
    undecided: str = ""


@immutable
class Option:
    """An option of a question. `label` is the letter or number that the source shows before it,
    `right` is whether the source marks it as right, and `weight` is the percentage of the points
    that the source gives it, or empty."""

    label: str
    inlines: tuple[Inline, ...]
    right: bool
    feedback: tuple[Inline, ...] = ()
    weight: str = ""


@immutable
class Question:
    """A question. Each of its `doubts` is a sentence for the author that says what the source could
    mean, and what else. If there is a doubt about the right answer, no answer is marked as right.

    - `kind` is the name of a question type of courses.
    - `options` are the options of a choice, the scale of a likert, or the steps of a performance,
      which are right if they are required. For a sequencing, they are the items in the correct
      order, if these have formatting or feedback.
    - `several` is true if a choice may have several right answers although fewer than two options
      are marked as right.
    - `pairs` are the rows of a matching: an item and its correct choice. A row without an item
      only adds a choice. `remarks` has the feedback for each row.
    - `statements` are the statements of a likert.
    - `answers` are the words of a fill-in, the items of a sequencing in the correct order, or
      `true` or `false`. For a numeric it is a number with a decimal point, alone or as `2 ± 0.5`,
      `2 to 3`, `≥ 2` or `≤ 3`.
    - `gaps` has the accepted answers for each gap of a fill-in with several gaps, in the order of
      its prompt. The writer makes a question for each gap.
    - `feedback` has the keys `right`, `partly`, `wrong`, `explanation` and `hint`.
    - `settings` are further keys for the question's file in the course with valid values, such as
      `unit` or `shuffle`. Their text is not counted as words of the source.
    - `source` is the id or title of the page that answers the question, as the source has it.
    - `partial` is true if partly right answers earn part of the weight.
    - `consumed` are steering words as they were written: typed labels, “Answer: B”, “(2 points)”.

    Each word of the source is in `consumed` or in one other field. Labels, weights and the answers
    of a numeric or true-false do not count as words.
    """

    kind: str
    prompt: tuple[Block, ...]
    place: Place
    options: tuple[Option, ...] = ()
    pairs: tuple[tuple[tuple[Inline, ...], tuple[Inline, ...]], ...] = ()
    answers: tuple[str, ...] = ()
    gaps: tuple[tuple[str, ...], ...] = ()
    name: str = ""
    tags: tuple[str, ...] = ()
    feedback: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    weight: str = ""
    consumed: tuple[str, ...] = ()
    partial: bool = False
    several: bool = False
    remarks: tuple[tuple[Inline, ...], ...] = ()
    statements: tuple[tuple[Inline, ...], ...] = ()
    settings: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    source: str = ""


@immutable
class RecordRow:
    """A row of a record: its question, and the further reading for it."""

    question: tuple[Block, ...]
    reading: tuple[Block, ...]
    place: Place


@immutable
class Record:
    """A checklist that somebody signs, with a question, an answer, a date and further reading in
    each row. `signatures` are the labels of the lines to sign. `consumed` are the column headings,
    which the course does not contain since every record has the same."""

    rows: tuple[RecordRow, ...]
    signatures: tuple[str, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@immutable
class Contact:
    """A person or place to contact. `fields` are pairs of a label, such as “Phone”, and its value.
    The labels are words of `Contacts.consumed`, so they are not counted as words of each
    contact."""

    name: tuple[Inline, ...]
    fields: tuple[tuple[str, str], ...]


@immutable
class Contacts:
    """A list of contacts. `consumed` are the labels of their fields as the source has them."""

    contacts: tuple[Contact, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@immutable
class Reading:
    """A list of further reading. Each item is a line: a link, and the text about it."""

    items: tuple[tuple[Inline, ...], ...]
    place: Place
    consumed: tuple[str, ...] = ()


@immutable
class Exit:
    """The end of a scene of a scenario, whose heading has the scene's name as its bookmark. Its
    ``choices`` are links to scenes. Without choices, the story ends here, and ``blocks`` are the
    text of the ending. Each of its ``doubts`` is a sentence that says what the author has to
    decide."""

    choices: tuple[Link, ...]
    place: Place
    doubts: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


Block = Paragraph | List | Table | Box | Question | Record | Contacts | Reading | Exit


@immutable
class Rest:
    """Content that is not imported: its kind (`comment`, `header`, `equation`, `hidden text`, …),
    its place, its words, and the reason why it is not imported."""

    kind: str
    place: Place
    words: str
    reason: str


@immutable
class Doubt:
    """A decision for the author about content that is not a `Question`. `sentence` says what the
    content could be, and `kind` is the kind of content that it is about."""

    place: Place
    sentence: str
    kind: str = "question"


@immutable
class Document:
    """A document that was read. `rest` is the content that is not imported. `consumed` are steering
    words that belong to no question: the title of an answer key, and the key's answers to questions
    that do not exist, which `doubts` reports, too. `bank` is true for a question bank: it only has
    questions, its headings are their categories, and each page of the course asks its questions for
    score. `volumes` are the documents that this document was joined from; empty if it is a single
    one."""

    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    title: str = ""
    author: str = ""
    language: str = ""
    rest: tuple[Rest, ...] = ()
    right_to_left: bool = False
    doubts: tuple[Doubt, ...] = ()
    consumed: tuple[str, ...] = ()
    bank: bool = False
    volumes: tuple[Volume, ...] = ()


@immutable
class Volume:
    """One of the documents that a course is made from: its file name, and which of its headings
    start pages. ``first_name`` is its file name at the first import, if that was different, else
    empty."""

    name: str
    pages: Pages
    document: Document
    first_name: str = ""

    @property
    def stem(self) -> str:
        """The title to use if the document has none: its file name at the first import without the
        extension, so it stays the same if a later version has another file name."""
        return PurePath(self.first_name or self.name).stem


def pages_at(level: int) -> Pages:
    """The setting under which headings of this level start pages; ``BOLD`` stands for lines in
    bold, ``EVEN`` for pages of similar length."""
    settings: dict[int, Pages] = {BOLD: "bold", EVEN: "even"}
    return settings.get(level) or cast("Pages", f"heading-{level}")


def inner_blocks(block: Block) -> Iterator[Block]:
    """The blocks directly inside a list, table, box or ending, in order; none for any other
    block."""
    if isinstance(block, List):
        for item in block.items:
            yield from item.blocks
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell.blocks
    elif isinstance(block, Box | Exit):
        yield from block.blocks


def words_of(inlines: Iterable[Inline]) -> str:
    """The text of a line: a break becomes a line end, and an image or a note mark a space."""
    return "".join(map(_inline_text, inlines))


def _inline_text(one: Inline) -> str:
    if isinstance(one, Text):
        return one.words
    if isinstance(one, Link):
        return "".join(text.words for text in one.texts)
    return "\n" if isinstance(one, Break) else " "


def one_line(inlines: Iterable[Inline]) -> str:
    """The text of a line: a break, an image or a note mark becomes a space."""
    return "".join(" " if isinstance(one, Break) else _inline_text(one) for one in inlines)


def is_blank(inlines: Iterable[Inline]) -> bool:
    """Whether a line has no visible text, and no image, link, note mark or break."""
    return all(isinstance(one, Text) and not one.words.strip() for one in inlines)


def heading_words(paragraph: Paragraph) -> str:
    """The text of a heading, including the number that the source shows before it."""
    return " ".join(f"{paragraph.label} {one_line(paragraph.inlines)}".split())


def flat(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    """The content of blocks as one line, with a break between paragraphs."""
    found: list[Inline] = []
    for block in blocks:
        inside = block.inlines if isinstance(block, Paragraph) else flat(inner_blocks(block))
        if inside and found:
            found.append(Break())
        found.extend(inside)
    return tuple(found)
