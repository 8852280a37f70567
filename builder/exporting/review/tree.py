"""The review document as a tree of nodes, independent of Word and HTML. Its texts know their places
in the course, and its tags identify it when it comes back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from builder.course.sources import Step

PROPERTIES = ("ScormBuilderCourse", "ScormBuilderVersion", "ScormBuilderReview")
"""Names of the Word document's custom properties for the course, its version, and the code of the
words."""
LANGUAGE_SIGN = "@"
"""What separates an id of a course or a part from the language of a translation, as in
``question/first-thing@pl``."""
TAG = re.compile(r"\s*\[((?:[acfmpqrv]):[^\s\[\]]+)\]")
"""Matches a tag as printed in a document: an id in square brackets."""
Mark = Literal[
    "strong",
    "em",
    "code",
    "del",
    "sup",
    "sub",
    "quiet",
    "label",
    "right",
    "unset",
    "note",
    "changed",
]
"""Formatting of text: ``quiet`` for details, ``label`` for an introduction, ``right`` for right
answers, ``unset`` for a missing local value, ``note`` for the number of a footnote, ``changed`` for
words that are new since an approval."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a text in the sources of a course.

    ``file`` is ``course`` for ``course.yaml``, ``front`` for the front matter of the page at path
    ``name``, ``body`` for the text of that page, and ``question`` for the question with the id
    ``name``. ``steps`` are the keys and indexes that lead to the text in YAML. ``index`` is the
    index from 0 of the text in its Markdown.

    ``translation`` is for the translation of a message in the language ``name``; ``steps`` are then
    the id of the message's part, its text in the source language, and ``inline`` if it is Markdown,
    else ``plain``.
    """

    file: Literal["course", "front", "question", "body", "translation"]
    name: str = ""
    steps: tuple[Step, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """The place in the course of the words that a run shows: from ``start`` in the text at
    ``origin``, counted without markup.

    ``raw`` are the words as the author wrote them. ``fixed`` says why they cannot be changed there,
    empty if they can. ``value`` is the name of the local value that the run shows, or empty.
    """

    origin: Origin
    start: int = 0
    raw: str = ""
    fixed: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph with the same formatting throughout.

    ``href`` is the address of a link to outside the course, ``anchor`` the tag that a link within
    the document leads to. ``spot`` is the place of its words in the course, ``None`` if the author
    did not write them. ``language`` is a language tag if it differs from the course's.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    anchor: str = ""
    spot: Spot | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a line states that is not text of the author: whether an option is right or a step
    needed, the position of an item, the option that belongs to an item, a number, a pass mark.

    ``owner`` is the id of the question (or the path of a quiz, or the name of a local value),
    ``part`` the id of the option or item, ``value`` the value in the course.
    """

    kind: Literal["right", "needed", "place", "pair", "number", "pass_mark", "attempts", "unset"]
    owner: str
    part: str = ""
    value: str = ""


Style = Literal["text", "label", "caption", "facts", "title", "subtitle", "code"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the document.

    ``tag`` is the tag of the section that starts here, printed in small grey letters after the
    text. ``fact`` is the fact that the line states.
    """

    runs: tuple[Run, ...]
    style: Style = "text"
    tag: str = ""
    fact: Fact | None = None

    @property
    def text(self) -> str:
        """The text of the paragraph, without its tag."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 9; ``anchor`` is the tag by which links in the document refer to
    it."""

    level: int
    line: Line
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item consists of nodes.

    ``start`` is the first number of an ``ordered`` list. In a ``ticked`` list, each item starts
    with a box to tick.
    """

    ordered: bool
    items: tuple[tuple[Node, ...], ...]
    start: int = 1
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``head`` is true for a row header."""

    nodes: tuple[Node, ...]
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. ``widths`` are the relative widths of the columns; ``name``
    describes the table to screen readers."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the course, by its path; it is decorative if ``alt`` is empty.

    ``percent`` is its maximum width in percent of the text's. ``places`` are the numbered places of
    a labelled image, each as its distances from the left and the top in percent.
    """

    path: str
    alt: str
    percent: int = 100
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as the text of an ``svg`` element. It is decorative: a list below it says the same.
    Word documents have only that list."""

    svg: str


@dataclass(frozen=True, slots=True)
class Box:
    """Nodes that belong together and are shown with a line beside them; ``kind`` is the name of the
    block."""

    kind: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


@dataclass(frozen=True, slots=True)
class Break:
    """A page break."""


Node = Line | Heading | Listing | Table | Picture | Drawing | Box | Rule | Break


@dataclass(frozen=True, slots=True)
class Document:
    """The whole review document.

    ``language`` is the language tag of the course. ``course`` (an id), ``version`` and ``code``
    identify the words from which the document was made. ``contents`` is the title of the table of
    contents, ``where`` the text of page numbers. ``tags`` are all tags in the document, in order.
    ``parts`` are the ids of the parts of the course that it shows, empty if it shows all.
    ``picture_notes`` are the lines that a Word file may have below images that Word cannot show.
    """

    title: str
    course: str
    language: str
    direction: Literal["ltr", "rtl"]
    version: str
    code: str
    author: str
    nodes: tuple[Node, ...]
    contents: str = ""
    where: str = ""
    tags: tuple[str, ...] = field(default=(), compare=False)
    parts: tuple[str, ...] = ()
    picture_notes: frozenset[str] = frozenset()


def plain(text: str, *marks: Mark) -> Run:
    """Return a run of text without a place in the course: text that the author did not write, or
    that is edited elsewhere."""
    return Run(text, frozenset(marks))


def head_cells(texts: Iterable[str]) -> tuple[Cell, ...]:
    """Build the cells of a table's header row from their texts."""
    return tuple(Cell((Line((plain(text),)),), head=True) for text in texts)


def lines(nodes: Iterable[Node]) -> Iterator[Line]:
    """Yield every paragraph in these nodes, in the order of the document."""
    for node in nodes:
        if isinstance(node, Line):
            yield node
        elif isinstance(node, Heading):
            yield node.line
        elif isinstance(node, Listing):
            for item in node.items:
                yield from lines(item)
        elif isinstance(node, Table):
            for row in (node.head, *node.rows):
                for cell in row:
                    yield from lines(cell.nodes)
        elif isinstance(node, Box):
            yield from lines(node.nodes)


def map_lines(nodes: Iterable[Node], change: Callable[[Line], Line]) -> Iterator[Node]:
    """Yield these nodes with each of their paragraphs replaced by what ``change`` returns for
    it."""

    def cells(row: Iterable[Cell]) -> tuple[Cell, ...]:
        return tuple(replace(cell, nodes=tuple(map_lines(cell.nodes, change))) for cell in row)

    for node in nodes:
        if isinstance(node, Line):
            yield change(node)
        elif isinstance(node, Heading):
            yield replace(node, line=change(node.line))
        elif isinstance(node, Listing):
            items = tuple(tuple(map_lines(item, change)) for item in node.items)
            yield replace(node, items=items)
        elif isinstance(node, Table):
            yield replace(node, head=cells(node.head), rows=tuple(map(cells, node.rows)))
        elif isinstance(node, Box):
            yield replace(node, nodes=tuple(map_lines(node.nodes, change)))
        else:
            yield node


def bookmark(tag: str) -> str:
    """The name of the Word bookmark for a tag: at most 40 letters, digits and underscores."""
    return f"sb_{hashlib.sha256(tag.encode()).hexdigest()[:16]}"


def document_identity(properties: Mapping[str, str], words: str) -> tuple[str, str, str] | None:
    """The id of the course, its version, and the code of the words from which a document was made;
    ``None`` for documents of other programs.

    Reads them from the document's properties, which some programs drop, or else from the tag on its
    first sheet. ``words`` is the whole text.
    """
    if all(properties.get(key) for key in PROPERTIES):
        course, version, code = (properties[key] for key in PROPERTIES)
        return course, version, code
    for found in TAG.finditer(words):
        kind, _, name = found[1].partition(":")
        if kind == "f" and name.count("/") == len(PROPERTIES) - 1:
            course, version, code = name.split("/")
            return course, version, code
    return None
