"""The lines of a review document, and how they are recognised when it comes back: the parts of the
course that they belong to, their codes, and the paragraphs of the returned file that show them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from builder.course.model import Course
from builder.course.questions.base import comparable
from builder.exporting.review import tree, visible_lines
from builder.exporting.review.tree import (
    Box,
    Document,
    Heading,
    Line,
    Listing,
    Node,
    Origin,
    Picture,
    Run,
    Table,
    bookmark,
    lines,
)
from builder.exporting.review.visible_lines import OBJECT, Cell

if TYPE_CHECKING:
    from builder.exporting.review.returned_file import Paragraph

ALL = "*"
"""Stands for every part of the course in a set of part ids."""
FRONT, WORDS, DRAFT, STATEMENT = "front", "words", "draft", "approval"
"""Sections of the document: the first sheet, the text of the course, the reasons for the draft, and
the statement that a reviewer confirms."""
_LINE_CODE_DIGITS = 12
"""Number of hexadecimal digits in the code of a line."""
_WORDS_CODE_DIGITS = 10
"""Number of hexadecimal digits in the code of all reviewed words of a document."""
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]")
"""Matches invisible characters, which word processors insert or remove by themselves."""
_OPENING, _CLOSING = (
    "".join(
        pair[side] for pair in (visible_lines.STRUCK, visible_lines.RAISED, visible_lines.LOWERED)
    )
    for side in (0, 1)
)
_SPACE_AFTER_OPENING = re.compile(rf"([{_OPENING}])(\s+)")
_SPACE_BEFORE_CLOSING = re.compile(rf"(\s+)([{_CLOSING}])")
_ADJACENT_MARKS = tuple(
    re.compile(f"{pair[1]}(\\s*){pair[0]}")
    for pair in (visible_lines.STRUCK, visible_lines.RAISED, visible_lines.LOWERED)
)
_MIN_SIMILARITY = 0.6
"""Similarity (0 to 1) from which one text counts as the changed form of another."""
_MAX_COMPARED_PAIRS = 4_000
"""Maximum number of pairs of texts that are compared character by character between two matched
paragraphs."""
_MAX_TEXT_LENGTH = 2_000
"""Maximum number of characters that are compared at the beginning of a text."""
_VARIANTS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "\u2010": "-", "\u2011": "-"}
)
"""Characters that some programs substitute for others, and what replaces them for comparison."""


def normalise(text: str) -> str:
    """Undo what word processors change by themselves: spaces, hyphens, invisible characters, and
    the Unicode form of accents."""
    flat = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_HYPHENS))
    flat = _SPACE_BEFORE_CLOSING.sub(r"\2\1", _SPACE_AFTER_OPENING.sub(r"\2\1", flat))
    for again in _ADJACENT_MARKS:
        flat = again.sub(r"\1", flat)
    return " ".join(flat.split())


def line_code(text: str) -> str:
    """The code (a hash) by which a line that was sent out is recognised when the document comes
    back."""
    return hashlib.sha256(text.encode()).hexdigest()[:_LINE_CODE_DIGITS]


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A line of the review document of the course as it is now.

    ``parts`` are the ids of the parts that it belongs to, ``section`` is the section that contains
    it, ``cell`` its table cell. ``line`` is ``None`` for a picture. ``details`` is what it has
    besides its text, as in ``VisibleLine``.
    """

    text: str
    line: Line | None
    parts: frozenset[str]
    section: str
    cell: Cell | None
    details: tuple[str, ...] = ()

    @property
    def detailed(self) -> str:
        """The text of the line with its details."""
        return visible_lines.with_details(self.text, self.details)


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A line of the returned document.

    ``numbers`` are the numbers of its paragraphs in the file; ``cell`` is its table cell;
    ``details`` is what it has besides its text.
    """

    text: str
    tag: str
    numbers: tuple[int, ...]
    cell: Cell | None
    details: tuple[str, ...] = ()


class PartFinder:
    """Finds the parts of a course that the lines of its review document belong to.

    ``names`` are the ids of all parts. In a translation, the ids of parts end with ``suffix``, such
    as ``@pl``; here, and in all results, they are without it.
    """

    def __init__(
        self, course: Course | None = None, names: Iterable[str] = (), suffix: str = ""
    ) -> None:
        self.suffix = suffix
        self.names = frozenset(name.removesuffix(suffix) for name in names)
        self.items = (
            {item.id: page.id for page in course.pages for item in page.record} if course else {}
        )
        self.captions: dict[str, list[str]] = {}
        for page in course.pages if course else ():
            for path in page.media():
                self.captions.setdefault(path, []).append(page.id)
        self.pages = {page.path: page.id for page in course.pages} if course else {}
        self.urls = [*course.references] if course else []
        self.current_urls = (
            {one.current: url for url, one in course.references.items() if one.current}
            if course
            else {}
        )

    def of_kind(self, *kinds: str) -> frozenset[str]:
        """The ids of all parts of these kinds, such as ``quiz``."""
        return frozenset(name for name in self.names if re.split("[/@]", name)[0] in kinds)

    def of_page(self, page: str) -> str:
        """The id of the part with the text of the page with this id."""
        scenario = f"scenario/{page}"
        return scenario if scenario in self.names else f"page/{page}"

    def rule_parts(self, page: str) -> frozenset[str]:
        """The ids of the parts that belong to the page with this id: the page itself, its record,
        and the rules of its quiz."""
        own = (name for name in self.names if name.partition("/")[2] == page)
        return frozenset(one for one in own if not one.startswith(("question/", "value/")))

    def of_tag(self, tag: str) -> frozenset[str]:
        """The ids of the parts that a remark at this tag of the document may concern; ``ALL`` if
        they are unknown."""
        kind, _, name = tag.partition(":")
        name = name.partition("/")[0]
        own = {"q": f"question/{name}", "v": f"value/{name}"}.get(kind)
        found = {own} & self.names if own else self.rule_parts(name) if kind == "p" else set()
        if kind == "r" and name in self.items:
            found = self.rule_parts(self.items[name])
        return frozenset(found or {ALL})

    def of_line(self, line: Line) -> Iterator[str]:
        """Yield the ids of the parts that the texts of a line come from, wherever the line is in
        the document."""
        if line.fact and line.fact.kind in ("pass_mark", "attempts"):
            yield from self.of_kind("quiz")
        for run in line.runs:
            if run.href:
                yield f"address/{self.current_urls.get(run.href, run.href)}"
            if run.anchor.startswith("q:"):
                yield f"question/{run.anchor[2:]}"
            if run.spot:
                yield from self.of_origin(run.spot.origin)
                if run.spot.value:
                    yield f"value/{run.spot.value}"

    def of_origin(self, origin: Origin) -> Iterator[str]:
        """Yield the ids of the parts that contain the text at ``origin``."""
        first = origin.steps[0] if origin.steps else ""
        if origin.file == "translation":
            yield from self._message(str(first))
        elif origin.file == "question":
            yield f"question/{origin.name}"
        elif origin.file in ("front", "body"):
            kind = "record" if first in ("record", "signature") else "page"
            page = self.pages.get(origin.name, "")
            yield f"record/{page}" if kind == "record" else self.of_page(page)
        elif first == "variables":
            yield f"value/{origin.steps[1]}"
        elif first == "references":
            index = origin.steps[1]
            known = isinstance(index, int) and index < len(self.urls)
            yield f"address/{self.urls[index]}" if known else "course"  # type: ignore[index]
        else:
            yield "course"

    def _message(self, part: str) -> Iterator[str]:
        """Yield the ids of the parts that contain a message; ``part`` is that of the message."""
        kind, _, name = part.partition("/")
        name, _, key = name.partition("/")
        if kind == "record":
            yield f"record/{self.items.get(name, '')}"
        elif part in self.captions:
            yield from (self.of_page(page) for page in self.captions[part])
        elif kind == "page" and key == "signature":
            yield f"record/{name}"
        elif kind == "page":
            yield self.of_page(name)
        elif kind in ("question", "value"):
            yield f"{kind}/{name}"
        elif part == "course/organisation":
            yield from self.of_kind("address")
        else:
            yield "course"


def document_lines(
    nodes: Iterable[Node], part_finder: PartFinder | None = None
) -> tuple[CourseLine, ...]:
    """List the lines of a document, except blank lines.
    ``part_finder`` finds the parts of the course to which each line belongs."""
    collector = LineCollector(part_finder or PartFinder())
    collector.add_nodes(nodes, None)
    return tuple(collector.lines)


class LineCollector:
    """Walks through a document and collects its lines, each with its parts and section.

    ``unit`` are the parts that contain the current node, and ``page`` is the id of the current
    page. ``depth`` is the number of lists that contain the node, and ``item`` the detail of a list
    item whose first line has not come yet.
    """

    def __init__(self, part_finder: PartFinder) -> None:
        self.part_finder = part_finder
        self.lines: list[CourseLine] = []
        self.section = FRONT
        self.unit = frozenset({"course"})
        self.page = ""
        self.tables = 0
        self.depth = 0
        self.item = ""

    def add_nodes(self, nodes: Iterable[Node], cell: Cell | None) -> None:
        for node in nodes:
            if isinstance(node, Line):
                self.add_line(node, cell)
            elif isinstance(node, Heading):
                self.start_section(node.anchor)
                self.add_line(node.line, cell)
            elif isinstance(node, Listing):
                self.add_list(node, cell)
            elif isinstance(node, Table):
                self.add_table(node)
            elif isinstance(node, Picture):
                details = (normalise(visible_lines.picture_detail(node.alt)),) if node.alt else ()
                self.lines.append(CourseLine(OBJECT, None, self.unit, self.section, cell, details))
            elif isinstance(node, Box):
                self.add_box(node, cell)

    def start_section(self, tag: str) -> None:
        """Start the section, module or page with this tag."""
        kind, _, name = tag.partition(":")
        if kind == "c":
            others = {"draft": DRAFT, STATEMENT: STATEMENT, "title": FRONT}
            self.section, self.page = others.get(name, WORDS), ""
            self.unit = {
                "draft": frozenset[str](),
                STATEMENT: frozenset[str](),
                "tracking": self.part_finder.of_kind("quiz") | {"course"},
                "values": self.part_finder.of_kind("value"),
                "addresses": self.part_finder.of_kind("address"),
                "interface": self.part_finder.of_kind("interface"),
            }.get(name, frozenset({"course"}))
        elif kind == "m":
            self.section, self.page, self.unit = WORDS, "", frozenset({"course"})
        elif kind == "p":
            # A scene has the tag of its page before its own.
            page = name.partition("/")[0]
            unit = frozenset({self.part_finder.of_page(page)})
            self.section, self.page, self.unit = WORDS, page, unit

    def add_list(self, listing: Listing, cell: Cell | None) -> None:
        self.depth += 1
        for item in listing.items:
            first = next((index for index, one in enumerate(item) if isinstance(one, Line)), -1)
            for index, node in enumerate(item):
                numbered = listing.ordered
                detail = visible_lines.item_detail(self.depth, numbered=numbered)
                self.item = detail if index == first else ""
                self.add_nodes([node], cell)
        self.item = ""
        self.depth -= 1

    def add_box(self, box: Box, cell: Cell | None) -> None:
        first = box.nodes[0] if box.nodes else None
        if box.kind != "question" or not isinstance(first, Line):
            self.add_nodes(box.nodes, cell)
            return
        # The first line also belongs to the page, which decides whether to ask the question.
        outer, asked = self.unit, frozenset({f"question/{first.tag.partition(':')[2]}"})
        self.unit = asked | outer | self.part_finder.rule_parts(self.page)
        self.add_nodes(box.nodes[:1], cell)
        self.unit = asked
        self.add_nodes(box.nodes[1:], cell)
        self.unit = outer

    def add_line(self, line: Line, cell: Cell | None) -> None:
        if self.section in (FRONT, WORDS) and line.tag == "c:title":
            self.start_section(line.tag)
        text = normalise("".join(map(_run_text, line.runs)))
        if not text:
            return
        parts = self.unit | {
            one for one in self.part_finder.of_line(line) if one in self.part_finder.names
        }
        if self.page and not any(run.spot for run in line.runs):
            on_page = self.unit == {self.part_finder.of_page(self.page)}
            parts |= self.part_finder.rule_parts(self.page) if on_page else set()
        hrefs = (run.href for run in line.runs if run.href and run.text)
        targets = (normalise(visible_lines.link_detail(one)) for one in hrefs)
        details = (*filter(None, [self.item]), *(one for one, _ in groupby(targets)))
        self.lines.append(CourseLine(text, line, parts, self.section, cell, details))

    def add_table(self, table: Table) -> None:
        number, outer, depth = self.tables, self.unit, self.depth
        self.tables += 1
        self.depth = 0
        for index, row in enumerate((table.head, *table.rows)):
            self.unit = self._parts_of_row(row, outer) if index else outer
            for column, one in enumerate(row):
                self.add_nodes(one.nodes, (number, index, column))
        self.unit, self.depth = outer, depth

    def _parts_of_row(self, row: Sequence[object], outer: frozenset[str]) -> frozenset[str]:
        kind, _, name = _row_tag(row).partition(":")
        if translated := self._translated_parts(row):
            return translated
        if kind == "v":
            return frozenset({f"value/{name}"})
        if kind == "a":
            return frozenset(
                {f"address/{self.part_finder.urls[int(name) - 1]}"} if self.part_finder.urls else ()
            )
        return outer | ({f"record/{self.page}"} if kind == "r" else set())

    def _translated_parts(self, row: Sequence[object]) -> frozenset[str]:
        """The ids of the parts to which a row with a message and its translation belongs; empty for
        other rows."""
        cells = (cell for cell in row if isinstance(cell, tree.Cell))
        runs = (run for cell in cells for line in lines(cell.nodes) for run in line.runs)
        spots = [run.spot.origin for run in runs if run.spot]
        return frozenset(
            part
            for origin in spots
            if origin.file == "translation"
            for part in self.part_finder.of_origin(origin)
        )


def _first_line(row: Sequence[object]) -> Line | None:
    nodes = getattr(row[0], "nodes", ()) if row else ()
    return nodes[0] if nodes and isinstance(nodes[0], Line) else None


def _row_tag(row: Sequence[object]) -> str:
    first = _first_line(row)
    return first.tag if first else ""


def _run_text(run: Run) -> str:
    script = next((one for one in ("sub", "sup", "note") if one in run.marks), "")
    script = "sup" if script == "note" else script
    return visible_lines.mark_formatting(run.text, struck="del" in run.marks, script=script)


def line_codes(nodes: Iterable[Node]) -> frozenset[str]:
    """The codes of all lines and table rows of a document, by which the lines and rows are
    recognised when the document is returned."""
    lines = document_lines(nodes)
    texts = (*(one.text for one in lines), *(one.detailed for one in lines))
    return frozenset(map(line_code, (*texts, *rows(lines).values())))


def rows(lines: Iterable[CourseLine | ReturnedLine]) -> dict[tuple[int, int], str]:
    """The text of each table row, by the number of the table and the number of the row."""
    found: dict[tuple[int, int], list[str]] = {}
    for one in lines:
        if one.cell:
            found.setdefault(one.cell[:2], []).append(one.text)
    return {row: "\t".join(texts) for row, texts in found.items()}


def words_code(texts: Iterable[str]) -> str:
    """The code (a hash) of all reviewed words of a document."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_WORDS_CODE_DIGITS]


def replace_variants(text: str) -> str:
    """Replace characters that some programs substitute for others. The length of the text stays the
    same."""
    return text.translate(_VARIANTS)


def match_paragraphs(paragraphs: Sequence[Paragraph], document: Document) -> Mapping[int, Line]:
    """Find the line of the current document that each paragraph of a returned file shows; returns
    the lines by the number of the paragraph."""
    listed = list(lines(document.nodes))
    tagged = {bookmark(line.tag): line.tag for line in listed if line.tag}
    units = _group_by_unit([(line.tag, index) for index, line in enumerate(listed)])
    received = _group_by_unit(
        [(_paragraph_tag(paragraph, tagged), index) for index, paragraph in enumerate(paragraphs)]
    )
    found: dict[int, Line] = {}
    for name, numbers in received.items():
        if name in units:
            ours = [listed[index] for index in units[name]]
            theirs = [(number, paragraphs[number]) for number in numbers]
            found.update(_match_unit(theirs, ours))
    found.update(_match_moved(paragraphs, listed, found))
    return found


def _paragraph_tag(paragraph: Paragraph, tagged: Mapping[str, str]) -> str:
    if paragraph.tag:
        return paragraph.tag
    return next((tagged[name] for name in paragraph.bookmarks if name in tagged), "")


def _group_by_unit(listed: Sequence[tuple[str, int]]) -> dict[str, list[int]]:
    """Group paragraph or line numbers by the page or section that contains them; the keys are tags.

    ``listed`` are pairs of a tag, which may be empty, and a number.
    """
    units: dict[str, list[int]] = {"": []}
    name = ""
    for tag, number in listed:
        if tag.partition(":")[0] in ("p", "m", "c", "f") and "/" not in tag:
            name = tag
        units.setdefault(name, []).append(number)
    return units


def _match_unit(
    theirs: Sequence[tuple[int, Paragraph]], ours: Sequence[Line]
) -> Iterator[tuple[int, Line]]:
    one = [_comparison_key(paragraph.words, paragraph.tag) for _, paragraph in theirs]
    other = [_comparison_key(line.text, line.tag) for line in ours]
    for kind, start, end, first, last in SequenceMatcher(None, one, other, False).get_opcodes():
        if kind == "equal":
            for (number, _), line in zip(theirs[start:end], ours[first:last], strict=True):
                yield number, line
        elif kind == "replace":
            yield from _match_similar(theirs[start:end], ours[first:last])


def _comparison_key(words: str, tag: str) -> tuple[str, str]:
    return replace_variants(words).strip(), tag


def _match_similar(
    theirs: Sequence[tuple[int, Paragraph]], ours: Sequence[Line]
) -> Iterator[tuple[int, Line]]:
    """Pair each paragraph of the returned document (``theirs``, after its number) with the most
    similar line of the current document (``ours``); each line is used once."""
    left = dict(enumerate(ours))
    if len(theirs) * len(left) > _MAX_COMPARED_PAIRS:
        return
    for number, paragraph in theirs:
        best = max(
            ((_similarity(paragraph, line), index) for index, line in left.items()),
            default=(0.0, 0),
        )
        if best[0] >= _MIN_SIMILARITY:
            yield number, left.pop(best[1])


def _similarity(paragraph: Paragraph, line: Line) -> float:
    """The similarity of a paragraph and a line, with or without the paragraph's tracked changes,
    since the course may already contain these changes."""
    if paragraph.tag and paragraph.tag == line.tag:
        return 2.0
    if paragraph.tag and line.tag:
        return 0.0
    changed = _ratio(paragraph.changed, line.text) if paragraph.changes else 0.0
    return max(_ratio(paragraph.words, line.text), changed)


def _ratio(one: str, other: str) -> float:
    one, other = comparable(one), comparable(other)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    judge = SequenceMatcher(None, one[:_MAX_TEXT_LENGTH], other[:_MAX_TEXT_LENGTH], False)
    return judge.ratio() if judge.quick_ratio() >= _MIN_SIMILARITY else 0.0


def _match_moved(
    paragraphs: Sequence[Paragraph], listed: Sequence[Line], found: Mapping[int, Line]
) -> Iterator[tuple[int, Line]]:
    """Pair each paragraph that moved with its line: the only line among ``listed`` that has the
    paragraph's tag or words and is not yet paired. ``found`` are the lines that are already paired,
    by the number of the paragraph."""
    taken = {id(line) for line in found.values()}
    free = [line for line in listed if id(line) not in taken]
    by_tag = {line.tag: line for line in free if line.tag}
    by_words: dict[str, list[Line]] = {}
    for line in free:
        by_words.setdefault(replace_variants(line.text).strip(), []).append(line)
    for number, paragraph in enumerate(paragraphs):
        if number in found or not paragraph.words.strip():
            continue
        alike = [
            line
            for words in dict.fromkeys((paragraph.words, paragraph.changed))
            for line in by_words.get(replace_variants(words).strip(), ())
        ]
        if paragraph.tag in by_tag:
            yield number, by_tag[paragraph.tag]
        elif len(alike) == 1:
            yield number, alike[0]
