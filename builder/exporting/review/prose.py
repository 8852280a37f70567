"""Composes Markdown as nodes of the review document. Every word keeps its place in the source, so
that changes in a returned document can be applied there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from builder.course import interface, targets
from builder.course.markdown import Directive, End, Piece, Prose, Start, Texts, Words, flow
from builder.course.model import Course
from builder.course.sources import Step
from builder.exporting.review.tree import (
    Box,
    Cell,
    Heading,
    Line,
    Listing,
    Mark,
    Node,
    Origin,
    Picture,
    Rule,
    Run,
    Spot,
    Style,
    Table,
    plain,
)
from builder.package.render.templates import Templates

_MAX_LEVEL = 9
"""The highest heading level of a document."""
_CONTAINERS = frozenset(
    (
        *("bullet_list", "ordered_list", "list_item", "blockquote", "dl", "dt", "dd"),
        *("table", "tr", "th", "td", "notes", "note"),
    )
)
FIXED_VALUE = "it is the local value “{name}”: change it in course.yaml"
_IS_ALTERNATIVE = "it is the text of an image: change it between the square brackets"


@dataclass(frozen=True, slots=True)
class Source:
    """The Markdown text of a page or of a YAML value, with its place in the sources (see
    ``Origin``). Links are relative to the page at ``path``."""

    file: str
    name: str
    steps: tuple[Step, ...]
    texts: Texts
    path: str

    def origin(self, index: int = 0) -> Origin:
        """The place in the sources of the text with this index in the Markdown."""
        return Origin(self.file, self.name, self.steps, index)  # type: ignore[arg-type]


class TextComposer:
    """Composes the texts of one course as nodes of the review document.

    ``block`` is a function that composes a block of a page. Its arguments are the source, the
    block, and the level of a heading there.
    """

    def __init__(
        self,
        course: Course,
        templates: Templates,
        block: Callable[[Source, Directive, int], Iterable[Node]],
    ) -> None:
        self.course = course
        self.templates = templates
        self.say = templates.text
        self._block = block
        self._pages = {page.path: page for page in course.pages}
        language = interface.spoken(course.language)
        by_language = course.typography == "by-language"
        self._typography = language.typography if by_language else None

    def nodes(
        self, source: Source, blocks: Sequence[Prose | Directive], level: int
    ) -> tuple[Node, ...]:
        """Compose the blocks of a page, or of a question's material, which are at ``source``.

        ``level`` is the level of the headings of blocks and footnotes; Markdown headings keep their
        own.
        """
        building = _NodeBuilder(self, source, level)
        for block in blocks:
            if isinstance(block, Directive):
                building.add(self._block(source, block, level))
            else:
                for event in self._flow(source, block):
                    building.take(event)
        return building.done()

    def text(self, source: Source, prose: Prose) -> tuple[Run, ...]:
        """The runs of one paragraph, which is at ``source``, without its images."""
        pieces = (event for event in self._flow(source, prose) if isinstance(event, Words))
        return tuple(run for words in pieces for run in self.runs(source, words))

    def line(
        self, source: Source, prose: Prose, *before: Run, style: Style = "text", tag: str = ""
    ) -> tuple[Node, ...]:
        """Compose one paragraph, which is at ``source``: the runs ``before``, its words, then its
        images."""
        runs: list[Run] = [*before]
        found: list[Node] = []
        for event in self._flow(source, prose):
            if isinstance(event, Words):
                runs.extend(self.runs(source, event))
                found.extend(self.pictures(source, event.pieces))
        return (Line(tuple(runs), style, tag), *found) if runs or tag else tuple(found)

    def written(self, text: str, file: str, name: str, *steps: Step) -> Run:
        """Return a YAML text that is not Markdown as a run with its place in the sources. ``file``,
        ``name`` and ``steps`` are as in ``Origin``."""
        return Run(text, spot=Spot(Origin(file, name, steps), 0, text))  # type: ignore[arg-type]

    def picture(
        self, path: str, alt: str, percent: int = 100, spot: Spot | None = None
    ) -> Iterable[Node]:
        """Compose the image at ``path``, followed by its alternative text, ``alt``. ``percent`` is
        the width of the image in percent of the text's width, and ``spot`` the place of the
        alternative text in the sources."""
        yield Picture(path, alt, percent)
        if alt:
            label = plain(f"{self.say('review.picture')} ", "label")
            yield Line((label, Run(alt, spot=spot)), "facts")
        else:
            yield Line((plain(self.say("review.decorative"), "quiet"),), "facts")

    def undescribed_picture(self, path: str, percent: int, spot: Spot | None) -> Iterable[Node]:
        """Compose an image whose alternative text is still missing; screen readers announce it as
        such."""
        yield Picture(path, self.say("page.undescribed"), percent)
        yield Line((Run(self.say("review.undescribed"), frozenset({"unset"}), spot=spot),), "facts")

    def _flow(self, source: Source, prose: Prose) -> Iterable[Start | End | Words]:
        return flow(prose, source.texts, self.templates.values, self._typography)

    def pictures(self, source: Source, pieces: Iterable[Piece]) -> Iterable[Node]:
        """Compose the images in a paragraph."""
        for piece in pieces:
            if piece.kind == "picture":
                path = targets.read(piece.target, source.path).name
                spot = self._spot(source, piece, _IS_ALTERNATIVE)
                if piece.undescribed:
                    yield from self.undescribed_picture(path, piece.percent, spot)
                else:
                    yield from self.picture(path, piece.text, piece.percent, spot)

    def runs(self, source: Source, words: Words) -> Iterable[Run]:
        """Compose the words of a paragraph as runs, each link followed by its address."""
        for run in self._runs(source, words.pieces):
            yield replace(run, language=words.language) if words.language else run

    def _runs(self, source: Source, pieces: Sequence[Piece]) -> Iterable[Run]:
        for index, piece in enumerate(pieces):
            if piece.kind == "picture":
                continue
            href, anchor = self._link_target(piece.target, source.path)
            if piece.kind == "note":
                anchor = self.note(source, piece.text)
            yield Run(piece.text, self._marks(piece), href, anchor, self._spot(source, piece, ""))
            after = pieces[index + 1].target if index + 1 < len(pieces) else ""
            if after == piece.target:
                continue
            if href:
                alike = (one.text for one in pieces if one.target == piece.target)
                yield from self.address(href, "".join(alike))
            elif anchor and (heading := targets.read(piece.target, source.path).heading):
                # Name the heading or the glossary term that the link leads to.
                yield plain(f" (#{heading})", "quiet")

    def address(self, href: str, words: str) -> list[Run]:
        """The address of a link, to print after the link's text ``words``; empty if this text
        contains the address."""
        shown = href.removeprefix("mailto:").removeprefix("tel:")
        return [] if shown.rstrip("/") in words else [plain(f" ({shown})", "quiet")]

    def note(self, source: Source, number: str) -> str:
        """The tag that the number of a footnote links to; empty if the number is no link, as in
        Word."""
        return ""

    def _marks(self, piece: Piece) -> frozenset[Mark]:
        marks: set[Mark] = set(piece.styles)
        if piece.kind == "value" and self.course.variables[piece.raw].value is None:
            marks.add("unset")
        return frozenset(marks | ({"note"} if piece.kind == "note" else set()))

    def _spot(self, source: Source, piece: Piece, fixed: str) -> Spot | None:
        if piece.place is None:
            return None
        index, start = piece.place
        value = piece.raw if piece.kind == "value" else ""
        fixed = FIXED_VALUE.format(name=value) if value else fixed
        raw = piece.raw if piece.kind in ("words", "break") else ""
        return Spot(source.origin(index), start, raw, fixed, value)

    def _link_target(self, target: str, path: str) -> tuple[str, str]:
        """Split the target of a link in the file ``path`` into an address outside the course and
        the tag of a page. At least one of the two is empty."""
        if not target:
            return "", ""
        place = targets.read(target, path)
        if place.kind is targets.Kind.PAGE:
            page = self._pages.get(place.name)
            return "", f"p:{page.id}" if page else ""
        if place.kind is not targets.Kind.ADDRESS:
            return "", ""
        reference = self.course.references.get(place.name)
        return (reference and reference.current) or place.name, ""


@dataclass
class _Frame:
    """A list, table or other container that is still open, with the content read so far."""

    start: Start
    nodes: list[Node] = field(default_factory=list)
    items: list[tuple[Node, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)


class _NodeBuilder:
    """Builds nodes from the events of a Markdown text and from blocks, which may be in the middle
    of a list."""

    def __init__(self, texts: TextComposer, source: Source, level: int) -> None:
        self.texts = texts
        self.source = source
        self.level = level
        self.frames = [_Frame(Start(""))]
        self.heading: Start | None = None

    def add(self, nodes: Iterable[Node]) -> None:
        self.frames[-1].nodes.extend(nodes)

    def take(self, event: Start | End | Words) -> None:
        if isinstance(event, Words):
            self.add(self._compose_words(event))
        elif isinstance(event, Start):
            self._start(event)
        elif event.kind in _CONTAINERS and self.frames[-1].start.kind == event.kind:
            self._end(self.frames.pop())

    def done(self) -> tuple[Node, ...]:
        while len(self.frames) > 1:
            self._end(self.frames.pop())
        return tuple(self.frames[0].nodes)

    def _start(self, event: Start) -> None:
        if event.kind == "heading":
            self.heading = event
        elif event.kind == "hr":
            self.add([Rule()])
        elif event.kind in _CONTAINERS:
            self.frames.append(_Frame(event))

    def _compose_words(self, words: Words) -> Iterable[Node]:
        runs = tuple(self.texts.runs(self.source, words))
        if self.heading:
            # A heading keeps its own level within any block.
            level = min(self.heading.number + 1, _MAX_LEVEL)
            self.heading = None
            yield Heading(level, Line(runs))
        elif words.code:
            yield Line(runs, "code")
        elif runs:
            yield Line(runs, "label" if self.frames[-1].start.kind == "dt" else "text")
        yield from self.texts.pictures(self.source, words.pieces)

    def _end(self, frame: _Frame) -> None:
        kind, nodes, outer = frame.start.kind, tuple(frame.nodes), self.frames[-1]
        if kind == "note" and (tag := self.texts.note(self.source, str(frame.start.number))):
            outer.items.append(_with_tag(nodes, tag))
        elif kind in ("list_item", "note"):
            outer.items.append(nodes)
        elif kind in ("bullet_list", "ordered_list"):
            ordered = kind == "ordered_list"
            outer.nodes.append(Listing(ordered, tuple(frame.items), frame.start.number))
        elif kind == "notes":
            title = Line((plain(self.texts.say("page.notes")),))
            outer.nodes += [Heading(self.level, title), Listing(True, tuple(frame.items))]
        elif kind in ("th", "td"):
            outer.cells.append(Cell(nodes, frame.start.head))
        elif kind == "tr":
            outer.rows.append(tuple(frame.cells))
        elif kind == "table" and frame.rows:
            outer.nodes.extend(_table(frame))
        elif kind in ("blockquote", "dd"):
            outer.nodes.append(Box("quotation" if kind == "blockquote" else "definition", nodes))
        else:
            outer.nodes.extend(nodes)


def _with_tag(nodes: tuple[Node, ...], tag: str) -> tuple[Node, ...]:
    """Return the nodes with this tag on the first one."""
    first, *others = nodes or (Line(()),)
    return (replace(first, tag=tag) if isinstance(first, Line) else first, *others)


def _table(frame: _Frame) -> Iterable[Node]:
    head, *rows = frame.rows
    sizes = [max(_size(row[column]) for row in frame.rows) for column in range(len(head))]
    yield Table(head, tuple(rows), tuple(min(max(size, 8), 60) for size in sizes))


def _size(cell: Cell) -> int:
    return sum(len(node.text) for node in cell.nodes if isinstance(node, Line))


def inline_source(file: str, name: str, steps: tuple[Step, ...], prose: Prose, path: str) -> Source:
    """The source of one paragraph of Markdown in a YAML value. ``file``, ``name`` and ``steps`` are
    as in ``Origin``; links are relative to the page at ``path``."""
    return Source(file, name, steps, Texts(prose), path)
