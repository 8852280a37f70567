"""Compares a returned review document with the current course line by line, and finds the parts of
the course that each difference affects.

Fails closed: a line without a match affects the parts around it, or all parts if there are none
around it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from builder.course.model import Course
from builder.exporting.review import readings, tags
from builder.exporting.review.readings import OBJECT, Cell, VisibleLine
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
)

if TYPE_CHECKING:
    from builder.exporting.review.received import Received

ALL = "*"
"""Wildcard for every part of the course."""
FRONT, WORDS, DRAFT, SHEET = "front", "words", "draft", "approval"
"""Sections of the document: first sheet, course, reasons for the draft, and approval sheet."""
FIRST_FILLED_COLUMN = {SHEET: 2, "values": 2}
"""The first column that people fill in, by table."""
_LINE_CODE_DIGITS = 12
"""Number of hexadecimal digits in the code of a line."""
_WORDS_CODE_DIGITS = 10
"""Number of hexadecimal digits in the code of all words of a document."""
_MAX_COMPARED_PAIRS = 40_000
"""Maximum number of line pairs compared within one block."""
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]")
"""Matches invisible characters, which programs insert between words or remove."""
_OPENING, _CLOSING = (
    "".join(pair[side] for pair in (readings.STRUCK, readings.RAISED, readings.LOWERED))
    for side in (0, 1)
)
_SPACE_AFTER_OPENING = re.compile(rf"([{_OPENING}])(\s+)")
_SPACE_BEFORE_CLOSING = re.compile(rf"(\s+)([{_CLOSING}])")
_ADJACENT_MARKS = tuple(
    re.compile(f"{pair[1]}(\\s*){pair[0]}")
    for pair in (readings.STRUCK, readings.RAISED, readings.LOWERED)
)
_PAGE_NUMBER = re.compile(r"\s*\d*$")
_DRAFT_REASON_END = re.compile(r" \S+:\d+$")
"""Matches the end of a reason for the draft: a path and a line number."""


def normalise(text: str) -> str:
    """Normalise what word processors change by themselves: spaces, hyphens, invisible characters,
    and the Unicode form of accents."""
    flat = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_HYPHENS))
    flat = _SPACE_BEFORE_CLOSING.sub(r"\2\1", _SPACE_AFTER_OPENING.sub(r"\2\1", flat))
    for again in _ADJACENT_MARKS:
        flat = again.sub(r"\1", flat)
    return " ".join(flat.split())


def line_code(text: str) -> str:
    """The hash by which a line that was sent out is recognised later."""
    return hashlib.sha256(text.encode()).hexdigest()[:_LINE_CODE_DIGITS]


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A line of the current document.

    ``parts`` are the parts of the course that it belongs to. ``line`` is ``None`` for a picture.
    """

    text: str
    line: Line | None
    parts: frozenset[str]
    section: str
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A line of the returned document."""

    text: str
    tag: str
    numbers: tuple[int, ...]
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines of the course, and the lines of the returned document in their place; either may be
    empty.

    ``parts`` are the affected parts of the course. ``above`` is the last unchanged line before the
    difference. ``only_course_changed`` is true if the document still has the words that were sent
    out, and the course has others.
    """

    before: tuple[CourseLine, ...]
    after: tuple[ReturnedLine, ...]
    parts: frozenset[str]
    above: CourseLine | None = None
    only_course_changed: bool = False


class PartFinder:
    """Finds the parts of a course that the lines of its document belong to."""

    def __init__(self, course: Course | None = None, names: Iterable[str] = ()) -> None:
        self.names = frozenset(names)
        self.pages = {page.path: page.id for page in course.pages} if course else {}
        self.urls = [*course.references] if course else []
        self.current_urls = (
            {one.current: url for url, one in course.references.items() if one.current}
            if course
            else {}
        )

    def of_kind(self, *kinds: str) -> frozenset[str]:
        """All parts of these kinds."""
        return frozenset(name for name in self.names if name.partition("/")[0] in kinds)

    def rule_parts(self, page: str) -> frozenset[str]:
        """The parts with the same name as a page, such as the rules of its quiz."""
        own = (name for name in self.names if name.partition("/")[2] == page)
        return frozenset(one for one in own if not one.startswith(("question/", "value/")))

    def of_line(self, line: Line) -> Iterator[str]:
        """Yield the parts that the text of a line comes from, wherever the line is."""
        if line.fact and line.fact.kind in ("pass_mark", "attempts"):
            yield from self.of_kind("quiz")
        for run in line.runs:
            if run.href:
                yield f"address/{self.current_urls.get(run.href, run.href)}"
            if run.anchor.startswith("q:"):
                yield f"question/{run.anchor[2:]}"
            if run.spot:
                yield self._origin(run.spot.origin)
                if run.spot.value:
                    yield f"value/{run.spot.value}"

    def _origin(self, origin: Origin) -> str:
        first = origin.steps[0] if origin.steps else ""
        if origin.file == "question":
            return f"question/{origin.name}"
        if origin.file in ("front", "body"):
            kind = "record" if first in ("record", "signature") else "page"
            return f"{kind}/{self.pages.get(origin.name, '')}"
        if first == "variables":
            return f"value/{origin.steps[1]}"
        if first == "references":
            index = origin.steps[1]
            known = isinstance(index, int) and index < len(self.urls)
            return f"address/{self.urls[index]}" if known else "course"  # type: ignore[index]
        return "course"


def document_lines(
    nodes: Iterable[Node], part_finder: PartFinder | None = None
) -> tuple[CourseLine, ...]:
    """List the lines of a document, except blank lines and the cells that people fill in."""
    collector = _LineCollector(part_finder or PartFinder())
    collector.add_nodes(nodes, None)
    return tuple(collector.lines)


class _LineCollector:
    """Walks a document and collects its lines with their parts and sections."""

    def __init__(self, part_finder: PartFinder) -> None:
        self.part_finder = part_finder
        self.lines: list[CourseLine] = []
        self.section = FRONT
        self.unit = frozenset({"course"})
        self.page = ""
        self.tables = 0

    def add_nodes(self, nodes: Iterable[Node], cell: Cell | None) -> None:
        for node in nodes:
            if isinstance(node, Line):
                self.add_line(node, cell)
            elif isinstance(node, Heading):
                self.start_section(node.anchor)
                self.add_line(node.line, cell)
            elif isinstance(node, Listing):
                for item in node.items:
                    self.add_nodes(item, cell)
            elif isinstance(node, Table):
                self.add_table(node)
            elif isinstance(node, Picture):
                self.lines.append(CourseLine(OBJECT, None, self.unit, self.section, cell))
            elif isinstance(node, Box):
                self.add_box(node, cell)

    def start_section(self, tag: str) -> None:
        """Start the section or the page with this tag."""
        kind, _, name = tag.partition(":")
        if kind == "c":
            others = {"draft": DRAFT, "approval": SHEET, "title": FRONT}
            self.section, self.page = others.get(name, WORDS), ""
            self.unit = {
                "draft": frozenset[str](),
                "approval": frozenset({ALL}),
                "tracking": self.part_finder.of_kind("quiz") | {"course"},
                "values": self.part_finder.of_kind("value"),
                "addresses": self.part_finder.of_kind("address"),
            }.get(name, frozenset({"course"}))
        elif kind == "m":
            self.section, self.page, self.unit = WORDS, "", frozenset({"course"})
        elif kind == "p":
            self.section, self.page, self.unit = WORDS, name, frozenset({f"page/{name}"})

    def add_box(self, box: Box, cell: Cell | None) -> None:
        first = box.nodes[0] if box.nodes else None
        if box.kind != "question" or not isinstance(first, Line):
            self.add_nodes(box.nodes, cell)
            return
        # Whether a page asks a question at all is also a rule of the page.
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
            on_page = self.unit == {f"page/{self.page}"}
            parts |= self.part_finder.rule_parts(self.page) if on_page else set()
        self.lines.append(CourseLine(text, line, parts, self.section, cell))

    def add_table(self, table: Table) -> None:
        number, outer = self.tables, self.unit
        self.tables += 1
        signed = len(table.head)
        if self.section == SHEET:
            signed = FIRST_FILLED_COLUMN[SHEET]
        elif any(_row_tag(row).startswith("v:") for row in table.rows):
            signed = FIRST_FILLED_COLUMN["values"]
        for index, row in enumerate((table.head, *table.rows)):
            self.unit = self._parts_of_row(row, outer) if index else outer
            for column, one in enumerate(row):
                if not index or column < signed:
                    self.add_nodes(one.nodes, (number, index, column))
        self.unit = outer

    def _parts_of_row(self, row: Sequence[object], outer: frozenset[str]) -> frozenset[str]:
        kind, _, name = _row_tag(row).partition(":")
        if self.section == SHEET:
            return frozenset({_row_part_id(row)})
        if kind == "v":
            return frozenset({f"value/{name}"})
        if kind == "a":
            return frozenset(
                {f"address/{self.part_finder.urls[int(name) - 1]}"} if self.part_finder.urls else ()
            )
        return outer | ({f"record/{self.page}"} if kind == "r" else set())


def _first_line(row: Sequence[object]) -> Line | None:
    nodes = getattr(row[0], "nodes", ()) if row else ()
    return nodes[0] if nodes and isinstance(nodes[0], Line) else None


def _row_tag(row: Sequence[object]) -> str:
    first = _first_line(row)
    return first.tag if first else ""


def _row_part_id(row: Sequence[object]) -> str:
    first = _first_line(row)
    return first.runs[-1].text.strip() if first else ""


def _run_text(run: Run) -> str:
    script = next((one for one in ("sub", "sup", "note") if one in run.marks), "")
    script = "sup" if script == "note" else script
    return readings.mark_formatting(run.text, struck="del" in run.marks, script=script)


def line_codes(nodes: Iterable[Node]) -> frozenset[str]:
    """The codes of all lines and rows of a document, to recognise later what was sent out."""
    lines = document_lines(nodes)
    return frozenset(map(line_code, (*(one.text for one in lines), *rows(lines).values())))


def rows(lines: Iterable[CourseLine | ReturnedLine]) -> dict[tuple[int, int], str]:
    """The text of each table row, by the number of the table and of the row."""
    found: dict[tuple[int, int], list[str]] = {}
    for one in lines:
        if one.cell:
            found.setdefault(one.cell[:2], []).append(one.text)
    return {row: "\t".join(texts) for row, texts in found.items()}


def words_code(texts: Iterable[str]) -> str:
    """The code of all reviewed words."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_WORDS_CODE_DIGITS]


Block = tuple[int, int, int, int]


class Comparison:
    """Compares a returned document with the current one.

    ``signed`` are the numbers of the paragraphs that people fill in.
    """

    def __init__(
        self,
        document: Document,
        part_finder: PartFinder,
        received: Received,
        signed: frozenset[int],
    ) -> None:
        self.part_finder = part_finder
        self.current_lines = document_lines(document.nodes, part_finder)
        self.texts = frozenset(one.text for one in self.current_lines)
        self.contents = {normalise(document.contents), ""} | {
            normalise(node.line.text) for node in document.nodes if isinstance(node, Heading)
        }
        self._tags = frozenset(document.tags)
        self._filled_paragraphs = signed
        accepted, rejected = (
            self._read_lines(received.accepted),
            self._read_lines(received.rejected),
        )
        self.sent_codes, self.covers_all_sections = self._find_sent_codes(
            received, document, rejected
        )
        self.accepted = Reading(self, accepted)
        self.rejected = Reading(self, rejected)
        self.outside_lines = tuple(
            self._find_unknown_outside_lines(received.outside_lines, document, rejected)
        )
        shown_parts = {
            part for one in self.current_lines for part in one.parts if one.section != SHEET
        }
        self._unshown_parts = part_finder.names - shown_parts

    def affecting(self, part: str) -> tuple[Difference, ...]:
        """All differences that affect a part.

        A part that no line of the document belongs to is affected by every difference.
        """
        found: dict[str, Difference] = {}
        for one in (*self.accepted.differences, *self.rejected.differences, *self.outside_lines):
            if part in one.parts or ALL in one.parts or (part in self._unshown_parts and one.parts):
                texts = [line.text for line in one.before], [line.text for line in one.after]
                found.setdefault(str(texts), one)
        return tuple(found.values())

    def affected_parts(self, number: int | None) -> frozenset[str]:
        """The parts that the paragraph with this number belongs to; ``ALL`` if unknown."""
        readings_ = (self.accepted, self.rejected)
        found = (
            {part for one in readings_ for part in one.affected_parts.get(number, ())}
            if number is not None
            else ()
        )
        return frozenset(found or {ALL})

    def shows_row(self, part: str, numbers: Iterable[int]) -> bool:
        """Whether these paragraphs show an unchanged row of this part in both readings."""
        for reading in (self.accepted, self.rejected):
            lines = [reading.lines[number] for number in numbers if number in reading.lines]
            if not lines or any(part not in one.parts for one in lines):
                return False
        return True

    def _read_lines(self, shown: Iterable[VisibleLine]) -> tuple[ReturnedLine, ...]:
        """The lines of a reading, without cells that people fill in and without the table of
        contents."""
        made: list[ReturnedLine] = []
        for one in shown:
            if one.numbers and self._filled_paragraphs.issuperset(one.numbers):
                continue
            text, tag = self._split_tag(one.text)
            entry = one.contents and _PAGE_NUMBER.sub("", text) in self.contents
            if text and not entry:
                made.append(ReturnedLine(text, tag, one.numbers, one.cell))
        return tuple(made)

    def _split_tag(self, text: str) -> tuple[str, str]:
        """Split a line into its text and its tag; unknown tags stay in the text."""
        tag = ""

        def known(found: re.Match[str]) -> str:
            nonlocal tag
            if found[1] in self._tags or found[1].startswith("f:"):
                tag = found[1]
                return ""
            return found[0]

        return normalise(tags.TAG.sub(known, text)), tag

    def _find_sent_codes(
        self, received: Received, document: Document, rejected: Sequence[ReturnedLine]
    ) -> tuple[frozenset[str] | None, bool]:
        """The codes of the lines that were sent out, ``None`` if unknown; and whether they cover
        all sections, rather than the course alone."""
        if received.sent_codes is not None:
            return received.sent_codes, True
        if received.code == document.code:
            words = [one for one in self.current_lines if one.section == WORDS]
            listed = (*(one.text for one in words), *rows(words).values())
            return frozenset(map(line_code, listed)), False
        seen = tuple(_course_lines(rejected))
        texts = [one.text for one in seen]
        if texts and words_code(texts) == received.code:
            return frozenset(map(line_code, (*texts, *rows(seen).values()))), False
        return None, False

    def _find_unknown_outside_lines(
        self, texts: Iterable[str], document: Document, rejected: Sequence[ReturnedLine]
    ) -> Iterator[Difference]:
        """Yield headers, footers and notes that the builder does not write."""
        titles = {normalise(document.title)} | {
            one.text for one in rejected if one.tag == "c:title"
        }
        where = re.escape(normalise(document.where))
        for name in ("n", "all"):
            where = where.replace(re.escape(f"{{{name}}}"), r"\d*")
        for text in dict.fromkeys(map(normalise, texts)):
            known = any(re.fullmatch(rf"{re.escape(one)}\s*{where}", text) for one in titles)
            if not (known or text in titles or re.fullmatch(where, text)):
                yield Difference((), (ReturnedLine(text, "", (), None),), frozenset({ALL}))


def _course_lines(seen: Iterable[ReturnedLine]) -> Iterator[ReturnedLine]:
    """Yield the lines of the course itself, which are between certain tags."""
    within = False
    for one in seen:
        kind, _, name = one.tag.partition(":")
        if kind == "m" or name == "cover" or (kind == "c" and name.startswith("pages-")):
            within = True
        if one.tag == f"c:{DRAFT}":
            return
        if within:
            yield one


class Reading:
    """One reading of a returned document (with tracked changes accepted or rejected) matched with
    the current lines.

    ``lines`` are the unchanged current lines, by paragraph number.
    """

    def __init__(self, comparison: Comparison, seen: tuple[ReturnedLine, ...]) -> None:
        self.comparison = comparison
        self.returned_lines = seen
        self.current_lines = comparison.current_lines
        self.pairs: dict[int, int] = {}
        self._blocks = tuple(self._find_blocks())
        self.lines = {
            number: self.current_lines[index]
            for index, other in self.pairs.items()
            for number in seen[other].numbers
        }

    def _find_blocks(self) -> Iterator[Block]:
        self.pairs.update(self._match_lines())
        at, to = 0, 0
        for i, j in (*self.pairs.items(), (len(self.current_lines), len(self.returned_lines))):
            if at < i or to < j:
                yield at, i, to, j
            at, to = i + 1, j + 1

    def _match_lines(self) -> list[tuple[int, int]]:
        """The index pairs of equal lines.

        Matches lines by text and tag first. Between those, matches lines that lost their tag by
        text alone. A tag that moved means that its part moved.
        """
        tags_ = [_part_tag(one.line.tag) if one.line else "" for one in self.current_lines]
        ours = _comparison_keys([(one.text, one.cell) for one in self.current_lines], tags_)
        theirs = _comparison_keys(
            [(one.text, one.cell) for one in self.returned_lines],
            [_part_tag(one.tag) for one in self.returned_lines],
        )
        found: list[tuple[int, int]] = []
        at, to = 0, 0
        for i, j in (*_match_equal(ours, theirs), (len(ours), len(theirs))):
            if at < i and to < j:
                untagged = [key[:-1] for key in ours[at:i]], [key[:-1] for key in theirs[to:j]]
                found += [
                    (at + one, to + other)
                    for one, other in _match_equal(*untagged)
                    if not _part_tag(self.returned_lines[to + other].tag)
                ]
            if i < len(ours):
                found.append((i, j))
            at, to = i + 1, j + 1
        return found

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, in the order of the document."""
        found = (self._make_difference(*block) for block in self._blocks)
        return tuple(one for one in found if one.before or one.after)

    @cached_property
    def affected_parts(self) -> Mapping[int, frozenset[str]]:
        """The affected parts of each paragraph, by its number."""
        found = {
            number: one.parts if one.section in (WORDS, SHEET) else frozenset({ALL})
            for number, one in self.lines.items()
        }
        for difference in self.differences:
            for line in difference.after:
                for number in line.numbers:
                    found[number] = difference.parts or frozenset({ALL})
        return found

    def _make_difference(self, start: int, end: int, first: int, last: int) -> Difference:
        before, after = self.current_lines[start:end], self.returned_lines[first:last]
        above = self.current_lines[start - 1] if start else None
        below = self.current_lines[end] if end < len(self.current_lines) else None
        section = before[0].section if before else above.section if above else FRONT
        if section == FRONT:
            # Some programs turn the table of contents into plain paragraphs.
            contents = self.comparison.contents
            after = tuple(one for one in after if _PAGE_NUMBER.sub("", one.text) not in contents)
        ours = self._has_only_course_changed(before, after, section)
        parts = frozenset(part for one in before for part in one.parts)
        if section == DRAFT:
            parts = frozenset() if ours else frozenset({ALL})
        elif section == FRONT and ours and not any(map(_has_course_text, before)):
            parts = frozenset()
        elif after and len(after) != len(before):
            parts |= self._neighbouring_parts(section, after, above, below)
        return Difference(before, after, parts, above, ours)

    def _has_only_course_changed(
        self, before: Sequence[CourseLine], after: Sequence[ReturnedLine], section: str
    ) -> bool:
        """Whether the document still has the words that were sent out, so that only the course has
        changed."""
        came = self.comparison.sent_codes
        if section == DRAFT and not self.comparison.covers_all_sections:
            return all(one.section == DRAFT for one in before) and all(
                _DRAFT_REASON_END.search(one.text) for one in after
            )
        # A line that the course still has elsewhere was copied by somebody.
        return came is not None and (
            all(
                line_code(one.text) in came and one.text not in self.comparison.texts
                for one in after
            )
            and not any(line_code(one.text) in came for one in before)
        )

    def _neighbouring_parts(
        self,
        section: str,
        after: Sequence[ReturnedLine],
        above: CourseLine | None,
        below: CourseLine | None,
    ) -> frozenset[str]:
        """The parts that added lines may belong to."""
        sections = {one.section for one in (above, below) if one}
        if above is None or below is None or SHEET in sections or section == FRONT:
            return self._row_parts(after) or frozenset({ALL})
        return above.parts | below.parts

    def _row_parts(self, after: Sequence[ReturnedLine]) -> frozenset[str]:
        """The parts of the approval-sheet rows that these lines are in; empty if a line is outside
        of a row."""
        rows: dict[tuple[int, int], frozenset[str]] = {}
        for i, j in self.pairs.items():
            cell = self.returned_lines[j].cell
            if self.current_lines[i].section == SHEET and cell:
                rows[cell[:2]] = self.current_lines[i].parts
        found: set[str] = set()
        for one in after:
            parts = rows.get(one.cell[:2]) if one.cell else None
            if not parts:
                return frozenset()
            found |= parts
        return frozenset(found)


def _has_course_text(one: CourseLine) -> bool:
    """Whether a line contains text of the course."""
    return one.line is None or any(run.spot for run in one.line.runs)


Key = tuple[Hashable, ...]


def _comparison_keys(lines: Sequence[tuple[str, Cell | None]], tags_: Sequence[str]) -> list[Key]:
    """The comparison key of each line: text, column, whether it starts a row, and tag."""
    keys: list[Key] = []
    before: tuple[int, int] | None = None
    for (text, cell), tag in zip(lines, tags_, strict=True):
        row = cell[:2] if cell else None
        keys.append((text, cell[2] if cell else -1, row is not None and row != before, tag))
        before = row
    return keys


def _part_tag(tag: str) -> str:
    """The tag of a line; empty for the tag of the whole document, which differs in each version."""
    return "" if tag.startswith("f:") else tag


def _match_equal(ours: Sequence[Key], theirs: Sequence[Key]) -> list[tuple[int, int]]:
    """The index pairs of equal lines, in the order of both documents."""
    found: list[tuple[int, int]] = []
    waiting: list[Block] = [(0, len(ours), 0, len(theirs))]
    while waiting:
        start, end, first, last = waiting.pop()
        while start < end and first < last and ours[start] == theirs[first]:
            found.append((start, first))
            start, first = start + 1, first + 1
        while start < end and first < last and ours[end - 1] == theirs[last - 1]:
            end, last = end - 1, last - 1
            found.append((end, last))
        if start == end or first == last:
            continue
        anchors = _unique_lines(ours, theirs, (start, end, first, last))
        if anchors:
            for one, other in (*anchors, (end, last)):
                waiting.append((start, one, first, other))
                start, first = one, other
                if one < end:
                    found.append((one, other))
                    start, first = one + 1, other + 1
        elif (end - start) * (last - first) <= _MAX_COMPARED_PAIRS:
            matcher = SequenceMatcher(None, ours[start:end], theirs[first:last], False)
            for one, other, size in matcher.get_matching_blocks():
                found += [(start + one + at, first + other + at) for at in range(size)]
    return sorted(found)


def _unique_lines(
    ours: Sequence[Key], theirs: Sequence[Key], block: Block
) -> list[tuple[int, int]]:
    """The longest increasing sequence of lines that occur exactly once in both documents.

    Uses only lines with a tag if there are any.
    """
    start, end, first, last = block
    one, other = Counter(ours[start:end]), Counter(theirs[first:last])
    places = {theirs[at]: at for at in range(first, last) if other[theirs[at]] == 1}
    pairs = [
        (at, places[ours[at]])
        for at in range(start, end)
        if one[ours[at]] == 1 and ours[at] in places
    ]
    pairs = [pair for pair in pairs if ours[pair[0]][-1]] or pairs
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        rows[at : at + 1] = [index]
        before.append(rows[at - 1] if at else -1)
    longest: list[tuple[int, int]] = []
    index = rows[-1] if rows else -1
    while index >= 0:
        longest.append(pairs[index])
        index = before[index]
    return longest[::-1]
