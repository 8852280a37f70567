"""What an importer has read of a document, before anything is made of it: the intermediate form.

Every importer gives a `Document`; `recognise` finds questions and records in it; one writer makes
a course of it. Each block knows its place in the source, so that whatever does not come over can
be listed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePath
from typing import Literal, cast

from builder.base.immutable import immutable

Mark = Literal[
    "strong", "emphasis", "underline", "highlight", "colour", "strike", "sub", "super", "code"
]


Pages = Literal["heading-1", "heading-2", "bold", "auto"]
"""Which headings begin pages; `bold`: short lines in bold, too."""
BOLD = 10
"""In the place of the level of the headings that begin pages: lines in bold begin them, too."""
LINES = "lines"
"""The part of a place in a file that is read line by line; of a file in a package, `lines of` and
its name."""
SHEET = "sheet "
"""How the part of a place in a workbook begins, whose rows are the paragraphs; its name follows."""


@immutable
class Place:
    """Where something stands in its source: the `part` of the file (`body`, `footnotes`, `text
    box`), the paragraph in it from 1 (rows and cells of tables count theirs), and how it begins.
    In a file of text the part is `LINES`, and its lines are the paragraphs. `file` is the name of
    the source where several make one course."""

    part: str
    paragraph: int
    begins: str = ""
    file: str = ""


@immutable
class Text:
    """Words of one look."""

    words: str
    marks: frozenset[Mark] = frozenset()


@immutable
class Link:
    """Words that lead to an address outside, or with `#name` to a bookmark of the document."""

    texts: tuple[Text, ...]
    address: str


@immutable
class NoteMark:
    """Here a footnote or endnote belongs: its key in `Document.notes`."""

    note: str


@immutable
class Break:
    """A new line within a paragraph."""


@immutable
class Image:
    """A picture: its bytes (empty where the file only links to it), how its name ends, and the
    words for those who do not see it (`None` where the source has none). `file` is the one of the
    course that an earlier import has made of it, where only that is known."""

    content: bytes
    ending: str
    alternative: str | None
    place: Place
    file: str = ""


Inline = Text | Link | NoteMark | Break | Image


@immutable
class Paragraph:
    """`level` 0 is prose, 1 to 9 a heading. `style` is how the source calls its look, in English
    and lower case (`caption`, `quote`, `title`, …). `starts_page` where a new page was asked for.
    `label` is the number that the source shows before a heading: `2.1`."""

    inlines: tuple[Inline, ...]
    place: Place
    level: int = 0
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    starts_page: bool = False
    label: str = ""


@immutable
class Item:
    """One item of a list. `label` is the mark as the source shows it: `1.`, `b)`, `•`."""

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
    """Rows of cells; a cell that another covers is left out. `heads` rows at the top are heads."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    place: Place
    caption: tuple[Inline, ...] = ()


@immutable
class Box:
    """A text box or a shape with words in it, where it is anchored; or words that were meant to be
    something else, with a sentence that says what a person has to decide about them."""

    blocks: tuple[Block, ...]
    place: Place
    undecided: str = ""


@immutable
class Option:
    """An answer that a question offers: `label` as in the source, `right` where it is told so."""

    label: str
    inlines: tuple[Inline, ...]
    right: bool
    feedback: tuple[Inline, ...] = ()
    weight: str = ""


@immutable
class Question:
    """A question with its doubts: each a sentence for the author with both readings. Where there is
    a doubt about the right answer, none is marked.

    `kind` is a question type of ours. `options` are those of a choice, which has several right ones
    where several are, or may have with `several`; the items of a sequencing in their right order,
    where they have looks or feedback; the steps of a performance, right where they are needed; the
    scale of a likert. `pairs` are the rows of a matching; one whose first half is empty only adds
    something to choose from; `remarks` is what is said of each of them. `statements` are those of a
    likert. `answers` are the words of a fill-in, the items of a sequencing in
    the right order, `true` or `false`, or of a numeric a number with a decimal point, alone or as
    `2 ± 0.5`, `2 to 3`, `≥ 2` or `≤ 3`. `feedback` has the keys `right`, `partly`, `wrong`,
    `explanation` and `hint`. `settings` are further keys of a question's file with values that fit
    them, such as `unit` or `shuffle`; words in them are none of the source's. `source` is what the
    file calls the page on which the question is answered, by its id or its title.

    `gaps` has what is accepted in each gap of a fill-in with several, in the order of the gaps in
    its prompt: the writer makes a question of each.

    `partial`: some of what is right earns a part of the weight.

    `consumed` are the source's words that only steer, as they stood there: labels that were typed,
    “Answer: B”, “(2 points)”. Words of the source are in it or in one other field; labels, weights
    and the answers of a numeric or true-false are no words."""

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
    heads of the columns that every record has."""

    rows: tuple[RecordRow, ...]
    signatures: tuple[str, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@immutable
class Contact:
    """`fields` are labels with their values; the labels are no words of the source, which has them
    in `Contacts.consumed`."""

    name: tuple[Inline, ...]
    fields: tuple[tuple[str, str], ...]


@immutable
class Contacts:
    contacts: tuple[Contact, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@immutable
class Reading:
    """A list of addresses with their titles and words: each item is a link, and what is said of
    it."""

    items: tuple[tuple[Inline, ...], ...]
    place: Place
    consumed: tuple[str, ...] = ()


Block = Paragraph | List | Table | Box | Question | Record | Contacts | Reading


@immutable
class Rest:
    """What does not come over: its kind (`comment`, `header`, `equation`, `hidden text`, …), its
    place, its words, and why."""

    kind: str
    place: Place
    words: str
    reason: str


@immutable
class Doubt:
    """What the author has to decide and no question can tell: a sentence with both readings, and
    what it is that can be read so."""

    place: Place
    sentence: str
    kind: str = "question"


@immutable
class Document:
    """`consumed` are words that only steered, and belong to no one question: a key's title, answers
    to questions that are not there (`doubts` tells of these). `bank` is whether questions are all
    that there is: headings are their categories, and each page asks its questions for score.
    `volumes` are the documents that it was joined of, where several make one course."""

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
    """One of several documents that make a course together: the name of its file, and which of its
    headings begin pages. ``first_name`` is what its file was called at the first import, if that
    was another name."""

    name: str
    pages: Pages
    document: Document
    first_name: str = ""

    @property
    def stem(self) -> str:
        """What the document is called that does not say it: later versions change nothing."""
        return PurePath(self.first_name or self.name).stem


def pages_at(level: int) -> Pages:
    """Which headings begin pages, where they are of this level."""
    return "bold" if level == BOLD else cast("Pages", f"heading-{level}")
