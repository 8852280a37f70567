"""The intermediate form of an imported document.

Every reader returns a `Document`, `recognise` finds questions and records in it, and one writer
makes a course from it. Each block has its place in the source, so that everything that is not
imported can be listed with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import PurePath
from typing import Literal, cast

from builder.base.immutable import immutable

Mark = Literal[
    "strong", "emphasis", "underline", "highlight", "colour", "strike", "sub", "super", "code"
]


Pages = Literal["heading-1", "heading-2", "bold", "auto"]
"""Which headings start pages; `bold` also counts short lines in bold."""
BOLD = 10
"""Value for the level of the headings that start pages if lines in bold start them, too."""
LINES = "lines"
"""`Place.part` of a file that is read line by line; for a file in a package it is `lines of` and
the name."""
SHEET = "sheet "
"""Start of `Place.part` for a workbook, whose rows are the paragraphs; the sheet's name follows."""


@immutable
class Place:
    """A position in the source.

    - `part` is the part of the file: `body`, `footnotes`, `text box`. In a text file it is `LINES`.
    - `paragraph` is the paragraph's number in the part, from 1, also counted in cells of tables. In
      a text file it is the line.
    - `begins` is how the paragraph begins.
    - `file` is the name of the source if several make one course.
    """

    part: str
    paragraph: int
    begins: str = ""
    file: str = ""


@immutable
class Text:
    """Text with the same formatting throughout."""

    words: str
    marks: frozenset[Mark] = frozenset()


@immutable
class Link:
    """Text that links to an external address, or with `#name` to a bookmark of the document."""

    texts: tuple[Text, ...]
    address: str


@immutable
class NoteMark:
    """The mark of a footnote or endnote: its key in `Document.notes`."""

    note: str


@immutable
class Break:
    """A line break within a paragraph."""


@immutable
class Image:
    """An image: its bytes (empty if the file only links to it), its file extension, and its
    alternative text (`None` if the source has none). `file` is its path in the course, for images
    of an earlier import of which only that is known."""

    content: bytes
    ending: str
    alternative: str | None
    place: Place
    file: str = ""


Inline = Text | Link | NoteMark | Break | Image


@immutable
class Paragraph:
    """A paragraph. `level` 0 is prose, 1 to 9 a heading. `style` is the name of its style in
    English and lower case (`caption`, `quote`, `title`, …). `starts_page` is true after a page
    break. `label` is the number that the source shows before a heading: `2.1`."""

    inlines: tuple[Inline, ...]
    place: Place
    level: int = 0
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    starts_page: bool = False
    label: str = ""


@immutable
class Item:
    """An item of a list. `label` is its mark in the source: `1.`, `b)`, `•`."""

    label: str
    blocks: tuple[Block, ...]


@immutable
class List:
    ordered: bool
    start: int
    items: tuple[Item, ...]
    place: Place


@immutable
class Cell:
    blocks: tuple[Block, ...]
    across: int = 1
    down: int = 1


@immutable
class Table:
    """A table as rows of cells, without the cells that a merged cell covers. The first `heads` rows
    are headers."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    place: Place
    caption: tuple[Inline, ...] = ()


@immutable
class Box:
    """A text box or a shape with text, at its anchor. With `undecided`, text that was meant as
    something else; the sentence says what the author has to decide."""

    blocks: tuple[Block, ...]
    place: Place
    undecided: str = ""


@immutable
class Option:
    """An option of a question: `label` as in the source, `right` if the source marks it."""

    label: str
    inlines: tuple[Inline, ...]
    right: bool
    feedback: tuple[Inline, ...] = ()
    weight: str = ""


@immutable
class Question:
    """A question and its doubts, each a sentence for the author with both readings. If there is a
    doubt about the right answer, no answer is marked.

    - `kind` is one of our question types.
    - `options` are the options of a choice, the scale of a likert, or the steps of a performance,
      which are right if they are required. Of a sequencing, they are the items in the right order,
      if these have formatting or feedback.
    - `several` is whether a choice may have several right answers. It may also if several options
      are marked as right.
    - `pairs` are the rows of a matching; a row whose first half is empty only adds a choice.
      `remarks` has the feedback for each row.
    - `statements` are those of a likert.
    - `answers` are the words of a fill-in, the items of a sequencing in the right order, or `true`
      or `false`. For a numeric it is a number with a decimal point, alone or as `2 ± 0.5`,
      `2 to 3`, `≥ 2` or `≤ 3`.
    - `gaps` has the accepted answers for each gap of a fill-in with several gaps, in the order of
      its prompt. The writer makes a question for each gap.
    - `feedback` has the keys `right`, `partly`, `wrong`, `explanation` and `hint`.
    - `settings` are further keys of a question's file with valid values, such as `unit` or
      `shuffle`; their text is not counted as words of the source.
    - `source` is the file's name for the page that answers the question: an id or a title.
    - `partial`: partly right answers earn part of the weight.
    - `consumed` are words of the source that only steer, as they were written: typed labels,
      “Answer: B”, “(2 points)”.

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
    question: tuple[Block, ...]
    reading: tuple[Block, ...]
    place: Place


@immutable
class Record:
    """A checklist that somebody signs: question, answer, date, further reading. `consumed` are the
    headings of the columns that every record has."""

    rows: tuple[RecordRow, ...]
    signatures: tuple[str, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@immutable
class Contact:
    """A contact. `fields` are labels with their values; the labels are not counted here as words of
    the source, since `Contacts.consumed` has them."""

    name: tuple[Inline, ...]
    fields: tuple[tuple[str, str], ...]


@immutable
class Contacts:
    contacts: tuple[Contact, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@immutable
class Reading:
    """A list of further reading: each item is a link and the text about it."""

    items: tuple[tuple[Inline, ...], ...]
    place: Place
    consumed: tuple[str, ...] = ()


Block = Paragraph | List | Table | Box | Question | Record | Contacts | Reading


@immutable
class Rest:
    """Content that is not imported: its kind (`comment`, `header`, `equation`, `hidden text`, …),
    its place, its words, and the reason."""

    kind: str
    place: Place
    words: str
    reason: str


@immutable
class Doubt:
    """A decision for the author that belongs to no question: a sentence with both readings, and the
    kind of content it is about."""

    place: Place
    sentence: str
    kind: str = "question"


@immutable
class Document:
    """A document that was read. `consumed` are steering words that belong to no question: the title
    of an answer key, and its answers to questions that do not exist (`doubts` reports these).
    `bank` is true if the document only has questions: its headings are their categories, and each
    page asks its questions for score. `volumes` are the documents that were joined to make this
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
    """One of several documents that make a course together: its file name, and which of its
    headings start pages. ``first_name`` is its file name at the first import, if that was
    different."""

    name: str
    pages: Pages
    document: Document
    first_name: str = ""

    @property
    def stem(self) -> str:
        """The title for a document without one. It stays the same if a later version has another
        file name."""
        return PurePath(self.first_name or self.name).stem


def pages_at(level: int) -> Pages:
    """The setting for headings of this level that start pages."""
    return "bold" if level == BOLD else cast("Pages", f"heading-{level}")


def inner_blocks(block: Block) -> Iterator[Block]:
    """The blocks directly inside a list, table or box, in order; none for any other block."""
    if isinstance(block, List):
        for item in block.items:
            yield from item.blocks
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell.blocks
    elif isinstance(block, Box):
        yield from block.blocks


def words_of(inlines: Iterable[Inline]) -> str:
    """The text of a line; a break stays, and an image or a note mark is a space."""
    return "".join(map(_inline_text, inlines))


def _inline_text(one: Inline) -> str:
    if isinstance(one, Text):
        return one.words
    if isinstance(one, Link):
        return "".join(text.words for text in one.texts)
    return "\n" if isinstance(one, Break) else " "


def one_line(inlines: Iterable[Inline]) -> str:
    """The text of a line, with a space for a break, an image or a note mark."""
    return "".join(" " if isinstance(one, Break) else _inline_text(one) for one in inlines)


def is_blank(inlines: Iterable[Inline]) -> bool:
    """Whether a line shows nothing."""
    return all(isinstance(one, Text) and not one.words.strip() for one in inlines)


def heading_words(paragraph: Paragraph) -> str:
    """The text of a heading after the number that the source shows before it."""
    return " ".join(f"{paragraph.label} {one_line(paragraph.inlines)}".split())


def flat(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    """Blocks as one line, with a break between paragraphs."""
    found: list[Inline] = []
    for block in blocks:
        inside = block.inlines if isinstance(block, Paragraph) else flat(inner_blocks(block))
        if inside and found:
            found.append(Break())
        found.extend(inside)
    return tuple(found)
