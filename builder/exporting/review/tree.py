"""The review document before it is a Word file or a web page: what stands in it, in order, and
where each text is written in the course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from builder.course.sources import Step

Mark = Literal[
    "strong", "em", "code", "del", "sup", "sub", "quiet", "label", "right", "unset", "note"
]
"""How words are set: ``quiet`` ones are for those who look for them, a ``label`` says what follows,
``right`` marks right answers, ``unset`` a local value that there is not, ``note`` the number of a
footnote."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text is written: ``steps`` lead to it in ``course.yaml`` (``course``), in the front
    matter of the page at path ``name`` (``front``) or in the question of the id ``name``
    (``question``); in a page's own text (``body``) there are none.

    ``index`` counts the texts of a Markdown document from 0.
    """

    file: Literal["course", "front", "question", "body"]
    name: str = ""
    steps: tuple[Step, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """The part of a text that a run shows: it starts at ``start`` of the text without its markup.

    ``raw`` are the words as they are written there; ``fixed`` says in words why they cannot be
    changed there, empty where they can. ``value`` is the name of the local value that it shows.
    """

    origin: Origin
    start: int = 0
    raw: str = ""
    fixed: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are set alike.

    ``href`` is an address outside the course, ``anchor`` the tag of a part of the document;
    ``language`` is the tag of another language than the course's.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    anchor: str = ""
    spot: Spot | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a line says that is no text of the course: whether an option is right or a step needed,
    the place of a step, what an item belongs to, a number, a pass mark.

    ``owner`` is the id of the question, ``part`` that of the option or item, ``value`` what the
    course says.
    """

    kind: Literal["right", "needed", "place", "pair", "number", "pass_mark", "attempts", "unset"]
    owner: str
    part: str = ""
    value: str = ""


Style = Literal["text", "label", "caption", "facts", "title", "subtitle", "code"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``tag`` is the id of the part that it begins, shown quietly behind it;
    ``fact`` is what it says that is no text."""

    runs: tuple[Run, ...]
    style: Style = "text"
    tag: str = ""
    fact: Fact | None = None

    @property
    def text(self) -> str:
        """Its words without the tag."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 9; ``anchor`` is the tag by which links find it."""

    level: int
    line: Line
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is nodes. ``start`` is its first number where it is ``ordered``. Where it
    is ``ticked``, each item starts with a box to tick instead of a list mark."""

    ordered: bool
    items: tuple[tuple[Node, ...], ...]
    start: int = 1
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``head`` is whether it heads its row."""

    nodes: tuple[Node, ...]
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row. ``widths`` are shares of the width, by column."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the course, by its path. Without ``alt`` it is decorative. ``percent`` of the
    width at most. ``places`` are the numbered places of a labelled image: how far each is from the
    left and the top, in percent."""

    path: str
    alt: str
    percent: int = 100
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """What stands together, with a line beside it; ``kind`` is the name of the block."""

    kind: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a sheet of its own."""


Node = Line | Heading | Listing | Table | Picture | Box | Rule | Break


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document. ``language`` is the course's tag; ``course``, its id, ``version`` and
    ``code`` say of which words it is made; ``tags`` are those of all parts, in order."""

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
    """Words that stand nowhere in the course, or that are changed elsewhere."""
    return Run(text, frozenset(marks))


def lines(nodes: Iterable[Node]) -> Iterator[Line]:
    """Every paragraph, in the order of the document."""
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
