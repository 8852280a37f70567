"""What an importer has read of a document, before anything is made of it: the intermediate form.

Every importer gives a `Document`; `recognise` finds questions and records in it; one writer makes
a course of it. Each block knows its place in the source, so that whatever does not come over can
be listed with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mark = Literal[
    "strong", "emphasis", "underline", "highlight", "colour", "strike", "sub", "super", "code"
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its source: the `part` of the file (`body`, `footnotes`, `text
    box`), the paragraph in it from 1 (rows and cells of tables count theirs), and how it begins."""

    part: str
    paragraph: int
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words of one look."""

    words: str
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address outside, or with `#name` to a bookmark of the document."""

    texts: tuple[Text, ...]
    address: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Here a footnote or endnote belongs: its key in `Document.notes`."""

    note: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its bytes (empty where the file only links to it), how its name ends, and the
    words for those who do not see it (`None` where the source has none)."""

    content: bytes
    ending: str
    alternative: str | None
    place: Place


Inline = Text | Link | NoteMark | Break | Image


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list. `label` is the mark as the source shows it: `1.`, `b)`, `•`."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    ordered: bool
    start: int
    items: tuple[Item, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell that another covers is left out. `heads` rows at the top are heads."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    place: Place
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A text box or a shape with words in it, where it is anchored."""

    blocks: tuple[Block, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that a question offers: `label` as in the source, `right` where it is told so."""

    label: str
    inlines: tuple[Inline, ...]
    right: bool
    feedback: tuple[Inline, ...] = ()
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its doubts: each a sentence for the author with both readings. Where there is
    a doubt about the right answer, none is marked.

    `kind` is a question type of ours. `options` are those of a choice, which has several right ones
    where several are. `pairs` are the rows of a matching; one whose first half is empty only adds
    something to choose from. `answers` are the words of a fill-in, the items of a sequencing in
    the right order, `true` or `false`, or of a numeric a number with a decimal point, alone or as
    `2 ± 0.5` or `2 to 3`. `feedback` has the keys `right`, `partly`, `wrong`, `explanation` and
    `hint`.

    `consumed` are the source's words that only steer, as they stood there: labels that were typed,
    “Answer: B”, “(2 points)”. Words of the source are in it or in one other field; labels, weights
    and the answers of a numeric or true-false are no words."""

    kind: str
    prompt: tuple[Block, ...]
    place: Place
    options: tuple[Option, ...] = ()
    pairs: tuple[tuple[tuple[Inline, ...], tuple[Inline, ...]], ...] = ()
    answers: tuple[str, ...] = ()
    name: str = ""
    tags: tuple[str, ...] = ()
    feedback: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    weight: str = ""
    consumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordRow:
    question: tuple[Block, ...]
    reading: tuple[Block, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Record:
    """A checklist that somebody signs: question, answer, date, further reading. `consumed` are the
    heads of the columns that every record has."""

    rows: tuple[RecordRow, ...]
    signatures: tuple[str, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """`fields` are labels with their values; the labels are no words of the source, which has them
    in `Contacts.consumed`."""

    name: tuple[Inline, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Contacts:
    contacts: tuple[Contact, ...]
    place: Place
    consumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A list of addresses with their titles and words: each item is a link, and what is said of
    it."""

    items: tuple[tuple[Inline, ...], ...]
    place: Place
    consumed: tuple[str, ...] = ()


Block = Paragraph | List | Table | Box | Question | Record | Contacts | Reading


@dataclass(frozen=True, slots=True)
class Rest:
    """What does not come over: its kind (`comment`, `header`, `equation`, `hidden text`, …), its
    place, its words, and why."""

    kind: str
    place: Place
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the author has to decide and no question can tell: a sentence with both readings."""

    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Document:
    """`consumed` are words that only steered, and belong to no one question: a key's title, answers
    to questions that are not there (`doubts` tells of these)."""

    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    title: str = ""
    author: str = ""
    language: str = ""
    rest: tuple[Rest, ...] = ()
    right_to_left: bool = False
    doubts: tuple[Doubt, ...] = ()
    consumed: tuple[str, ...] = ()
