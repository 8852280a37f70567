"""The review document, independent of Word and HTML: its nodes, whose texts have their places in
the course, and the tags by which a returned document is recognised."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.course.sources import Step

PROPERTIES = ("ScormBuilderCourse", "ScormBuilderVersion", "ScormBuilderReview")
"""Custom document properties: course, version, and code of the words."""
TAG = re.compile(r"\s*\[((?:[acfmpqrv]):[^\s\[\]]+)\]")
"""Matches the id of a part as shown in a document."""
Mark = Literal[
    "strong", "em", "code", "del", "sup", "sub", "quiet", "label", "right", "unset", "note"
]
"""Formatting of text: ``quiet`` for details, ``label`` for an introduction, ``right`` for right
answers, ``unset`` for a missing local value, ``note`` for the number of a footnote."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a text in the sources.

    ``file`` is ``course`` for ``course.yaml``, ``front`` for the front matter of the page at path
    ``name``, ``body`` for the text of that page, and ``question`` for the question with the id
    ``name``. ``steps`` lead to the text in YAML. ``index`` counts the texts of a Markdown document
    from 0.
    """

    file: Literal["course", "front", "question", "body"]
    name: str = ""
    steps: tuple[Step, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """The part of a text that a run shows: it starts at ``start`` of the text without its markup.

    ``raw`` are the words as written in the source. ``fixed`` says why they cannot be changed there,
    empty if they can. ``value`` is the name of the local value that the run shows.
    """

    origin: Origin
    start: int = 0
    raw: str = ""
    fixed: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with the same formatting.

    ``href`` is an address outside the course, ``anchor`` the tag of a part of the document.
    ``language`` is the language tag if it differs from the course's.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    anchor: str = ""
    spot: Spot | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of a line that is not a text of the course: whether an option is right or a step
    needed, the place of a step, the option that an item belongs to, a number, a pass mark.

    ``owner`` is the id of the question, ``part`` that of the option or item, ``value`` the value in
    the course.
    """

    kind: Literal["right", "needed", "place", "pair", "number", "pass_mark", "attempts", "unset"]
    owner: str
    part: str = ""
    value: str = ""


Style = Literal["text", "label", "caption", "facts", "title", "subtitle", "code"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    ``tag`` is the id of the part that starts here, shown quietly after the text. ``fact`` is the
    fact that the line states.
    """

    runs: tuple[Run, ...]
    style: Style = "text"
    tag: str = ""
    fact: Fact | None = None

    @property
    def text(self) -> str:
        """The text without the tag."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 9; ``anchor`` is the tag that links refer to."""

    level: int
    line: Line
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item has its own nodes.

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
    """A table with a header row. ``widths`` are the relative widths of the columns."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the course, by its path; decorative without ``alt``.

    ``percent`` is its maximum width. ``places`` are the numbered places of a labelled image: the
    distance from the left and the top, in percent.
    """

    path: str
    alt: str
    percent: int = 100
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Nodes that belong together, with a line beside them; ``kind`` is the name of the block."""

    kind: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


@dataclass(frozen=True, slots=True)
class Break:
    """A page break."""


Node = Line | Heading | Listing | Table | Picture | Box | Rule | Break


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document.

    ``language`` is the language tag of the course. ``course`` (its id), ``version`` and ``code``
    identify the words from which the document was made. ``tags`` are those of all parts, in order.
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


def plain(text: str, *marks: Mark) -> Run:
    """A run of text that is not from the course, or that is edited elsewhere."""
    return Run(text, frozenset(marks))


def head_cells(texts: Iterable[str]) -> tuple[Cell, ...]:
    """The cells of the header row of a table."""
    return tuple(Cell((Line((plain(text),)),), head=True) for text in texts)


def lines(nodes: Iterable[Node]) -> Iterator[Line]:
    """Yield every paragraph, in the order of the document."""
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


def bookmark(tag: str) -> str:
    """The bookmark name of a part: at most 40 letters, digits and underscores."""
    return f"sb_{hashlib.sha256(tag.encode()).hexdigest()[:16]}"


def document_identity(properties: Mapping[str, str], words: str) -> tuple[str, str, str] | None:
    """The course, version and code from which a document was made; ``None`` for other documents.

    Read from its properties, which some programs drop, else from the tag on its first sheet.
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
