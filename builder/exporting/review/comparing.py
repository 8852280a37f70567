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
from builder.exporting.review.readings import OBJECT, Cell, Shown
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
SIGNED = {SHEET: 2, "values": 2}
"""The first column that people fill in, by table."""
_CODE = 12
"""Number of hexadecimal digits in the code of a line."""
_WHOLE = 10
"""Number of hexadecimal digits in the code of all words of a document."""
_COMPARED = 40_000
"""Maximum number of line pairs compared within one block."""
_ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-"})
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]")
"""Matches invisible characters, which programs insert between words or remove."""
_OPENS, _ENDS = (
    "".join(pair[side] for pair in (readings.STRUCK, readings.RAISED, readings.LOWERED))
    for side in (0, 1)
)
_INNER = re.compile(rf"([{_OPENS}])(\s+)")
_OUTER = re.compile(rf"(\s+)([{_ENDS}])")
_AGAIN = tuple(
    re.compile(f"{pair[1]}(\\s*){pair[0]}")
    for pair in (readings.STRUCK, readings.RAISED, readings.LOWERED)
)
_PAGE_NUMBER = re.compile(r"\s*\d*$")
_REASON = re.compile(r" \S+:\d+$")
"""Matches the end of a reason for the draft: a path and a line number."""


def plain(text: str) -> str:
    """Normalise what word processors change by themselves: spaces, hyphens, invisible characters,
    and the Unicode form of accents."""
    flat = _UNSEEN.sub("", unicodedata.normalize("NFC", text).translate(_ALIKE))
    flat = _OUTER.sub(r"\2\1", _INNER.sub(r"\2\1", flat))
    for again in _AGAIN:
        flat = again.sub(r"\1", flat)
    return " ".join(flat.split())


def code(text: str) -> str:
    """The hash by which a line that was sent out is recognised later."""
    return hashlib.sha256(text.encode()).hexdigest()[:_CODE]


@dataclass(frozen=True, slots=True)
class Sent:
    """A line of the current document.

    ``parts`` are the parts of the course that it belongs to. ``line`` is ``None`` for a picture.
    """

    text: str
    line: Line | None
    parts: frozenset[str]
    section: str
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Seen:
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
    difference. ``ours`` is true if only the course has changed since the document was made.
    """

    before: tuple[Sent, ...]
    after: tuple[Seen, ...]
    parts: frozenset[str]
    above: Sent | None = None
    ours: bool = False


class Owners:
    """Finds the parts of a course that the lines of its document belong to."""

    def __init__(self, course: Course | None = None, names: Iterable[str] = ()) -> None:
        self.names = frozenset(names)
        self.pages = {page.path: page.id for page in course.pages} if course else {}
        self.urls = [*course.references] if course else []
        self.now = (
            {one.current: url for url, one in course.references.items() if one.current}
            if course
            else {}
        )

    def kind(self, *kinds: str) -> frozenset[str]:
        """All parts of these kinds."""
        return frozenset(name for name in self.names if name.partition("/")[0] in kinds)

    def rules(self, page: str) -> frozenset[str]:
        """The parts with the same name as a page, such as the rules of its quiz."""
        own = (name for name in self.names if name.partition("/")[2] == page)
        return frozenset(one for one in own if not one.startswith(("question/", "value/")))

    def of(self, line: Line) -> Iterator[str]:
        """Yield the parts that the text of a line comes from, wherever the line is."""
        if line.fact and line.fact.kind in ("pass_mark", "attempts"):
            yield from self.kind("quiz")
        for run in line.runs:
            if run.href:
                yield f"address/{self.now.get(run.href, run.href)}"
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


def sent(nodes: Iterable[Node], owners: Owners | None = None) -> tuple[Sent, ...]:
    """List the lines of a document, except blank lines and the cells that people fill in."""
    sending = _Sending(owners or Owners())
    sending.nodes(nodes, None)
    return tuple(sending.made)


class _Sending:
    """Walks a document and collects its lines with their parts and sections."""

    def __init__(self, owners: Owners) -> None:
        self.owners = owners
        self.made: list[Sent] = []
        self.section = FRONT
        self.unit = frozenset({"course"})
        self.page = ""
        self.tables = 0

    def nodes(self, nodes: Iterable[Node], cell: Cell | None) -> None:
        for node in nodes:
            if isinstance(node, Line):
                self.line(node, cell)
            elif isinstance(node, Heading):
                self.enter(node.anchor)
                self.line(node.line, cell)
            elif isinstance(node, Listing):
                for item in node.items:
                    self.nodes(item, cell)
            elif isinstance(node, Table):
                self.table(node)
            elif isinstance(node, Picture):
                self.made.append(Sent(OBJECT, None, self.unit, self.section, cell))
            elif isinstance(node, Box):
                self.box(node, cell)

    def enter(self, tag: str) -> None:
        """Start the section or the page with this tag."""
        kind, _, name = tag.partition(":")
        if kind == "c":
            others = {"draft": DRAFT, "approval": SHEET, "title": FRONT}
            self.section, self.page = others.get(name, WORDS), ""
            self.unit = {
                "draft": frozenset[str](),
                "approval": frozenset({ALL}),
                "tracking": self.owners.kind("quiz") | {"course"},
                "values": self.owners.kind("value"),
                "addresses": self.owners.kind("address"),
            }.get(name, frozenset({"course"}))
        elif kind == "m":
            self.section, self.page, self.unit = WORDS, "", frozenset({"course"})
        elif kind == "p":
            self.section, self.page, self.unit = WORDS, name, frozenset({f"page/{name}"})

    def box(self, box: Box, cell: Cell | None) -> None:
        first = box.nodes[0] if box.nodes else None
        if box.kind != "question" or not isinstance(first, Line):
            self.nodes(box.nodes, cell)
            return
        # Whether a page asks a question at all is also a rule of the page.
        outer, asked = self.unit, frozenset({f"question/{first.tag.partition(':')[2]}"})
        self.unit = asked | outer | self.owners.rules(self.page)
        self.nodes(box.nodes[:1], cell)
        self.unit = asked
        self.nodes(box.nodes[1:], cell)
        self.unit = outer

    def line(self, line: Line, cell: Cell | None) -> None:
        if self.section in (FRONT, WORDS) and line.tag == "c:title":
            self.enter(line.tag)
        text = plain("".join(map(_run, line.runs)))
        if not text:
            return
        parts = self.unit | {one for one in self.owners.of(line) if one in self.owners.names}
        if self.page and not any(run.spot for run in line.runs):
            on_page = self.unit == {f"page/{self.page}"}
            parts |= self.owners.rules(self.page) if on_page else set()
        self.made.append(Sent(text, line, parts, self.section, cell))

    def table(self, table: Table) -> None:
        number, outer = self.tables, self.unit
        self.tables += 1
        signed = len(table.head)
        if self.section == SHEET:
            signed = SIGNED[SHEET]
        elif any(_tag(row).startswith("v:") for row in table.rows):
            signed = SIGNED["values"]
        for index, row in enumerate((table.head, *table.rows)):
            self.unit = self._row(row, outer) if index else outer
            for column, one in enumerate(row):
                if not index or column < signed:
                    self.nodes(one.nodes, (number, index, column))
        self.unit = outer

    def _row(self, row: Sequence[object], outer: frozenset[str]) -> frozenset[str]:
        kind, _, name = _tag(row).partition(":")
        if self.section == SHEET:
            return frozenset({_called(row)})
        if kind == "v":
            return frozenset({f"value/{name}"})
        if kind == "a":
            return frozenset(
                {f"address/{self.owners.urls[int(name) - 1]}"} if self.owners.urls else ()
            )
        return outer | ({f"record/{self.page}"} if kind == "r" else set())


def _first(row: Sequence[object]) -> Line | None:
    nodes = getattr(row[0], "nodes", ()) if row else ()
    return nodes[0] if nodes and isinstance(nodes[0], Line) else None


def _tag(row: Sequence[object]) -> str:
    first = _first(row)
    return first.tag if first else ""


def _called(row: Sequence[object]) -> str:
    first = _first(row)
    return first.runs[-1].text.strip() if first else ""


def _run(run: Run) -> str:
    script = next((one for one in ("sub", "sup", "note") if one in run.marks), "")
    script = "sup" if script == "note" else script
    return readings.marked(run.text, struck="del" in run.marks, script=script)


def codes(nodes: Iterable[Node]) -> frozenset[str]:
    """The codes of all lines and rows of a document, to recognise later what was sent out."""
    lines = sent(nodes)
    return frozenset(map(code, (*(one.text for one in lines), *rows(lines).values())))


def rows(lines: Iterable[Sent | Seen]) -> dict[tuple[int, int], str]:
    """The text of each table row, by the number of the table and of the row."""
    found: dict[tuple[int, int], list[str]] = {}
    for one in lines:
        if one.cell:
            found.setdefault(one.cell[:2], []).append(one.text)
    return {row: "\t".join(texts) for row, texts in found.items()}


def words_code(texts: Iterable[str]) -> str:
    """The code of all reviewed words."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_WHOLE]


Block = tuple[int, int, int, int]


class Comparison:
    """Compares a returned document with the current one.

    ``signed`` are the numbers of the paragraphs that people fill in.
    """

    def __init__(
        self, document: Document, owners: Owners, received: Received, signed: frozenset[int]
    ) -> None:
        self.owners = owners
        self.sent = sent(document.nodes, owners)
        self.texts = frozenset(one.text for one in self.sent)
        self.contents = {plain(document.contents), ""} | {
            plain(node.line.text) for node in document.nodes if isinstance(node, Heading)
        }
        self._tags = frozenset(document.tags)
        self._signed = signed
        accepted, rejected = self._seen(received.accepted), self._seen(received.rejected)
        self.came, self.complete = self._came(received, document, rejected)
        self.accepted = Reading(self, accepted)
        self.rejected = Reading(self, rejected)
        self.around = tuple(self._around(received.around, document, rejected))
        told = {part for one in self.sent for part in one.parts if one.section != SHEET}
        self._untold = owners.names - told

    def holding(self, part: str) -> tuple[Difference, ...]:
        """All differences that affect a part.

        A part that no line of the document belongs to is affected by every difference.
        """
        found: dict[str, Difference] = {}
        for one in (*self.accepted.differences, *self.rejected.differences, *self.around):
            if part in one.parts or ALL in one.parts or (part in self._untold and one.parts):
                texts = [line.text for line in one.before], [line.text for line in one.after]
                found.setdefault(str(texts), one)
        return tuple(found.values())

    def concerned(self, number: int | None) -> frozenset[str]:
        """The parts that the paragraph with this number belongs to; ``ALL`` if unknown."""
        readings_ = (self.accepted, self.rejected)
        found = (
            {part for one in readings_ for part in one.concerned.get(number, ())}
            if number is not None
            else ()
        )
        return frozenset(found or {ALL})

    def shows(self, part: str, numbers: Iterable[int]) -> bool:
        """Whether these paragraphs show an unchanged row of this part in both readings."""
        for reading in (self.accepted, self.rejected):
            lines = [reading.lines[number] for number in numbers if number in reading.lines]
            if not lines or any(part not in one.parts for one in lines):
                return False
        return True

    def _seen(self, shown: Iterable[Shown]) -> tuple[Seen, ...]:
        """The lines of a reading, without cells that people fill in and without the table of
        contents."""
        made: list[Seen] = []
        for one in shown:
            if one.numbers and self._signed.issuperset(one.numbers):
                continue
            text, tag = self._untagged(one.text)
            entry = one.contents and _PAGE_NUMBER.sub("", text) in self.contents
            if text and not entry:
                made.append(Seen(text, tag, one.numbers, one.cell))
        return tuple(made)

    def _untagged(self, text: str) -> tuple[str, str]:
        """Split a line into its text and its tag; unknown tags stay in the text."""
        tag = ""

        def known(found: re.Match[str]) -> str:
            nonlocal tag
            if found[1] in self._tags or found[1].startswith("f:"):
                tag = found[1]
                return ""
            return found[0]

        return plain(tags.TAG.sub(known, text)), tag

    def _came(
        self, received: Received, document: Document, rejected: Sequence[Seen]
    ) -> tuple[frozenset[str] | None, bool]:
        """The codes of the lines that were sent out, ``None`` if unknown; and whether they cover
        all sections, rather than the course alone."""
        if received.sent is not None:
            return received.sent, True
        if received.code == document.code:
            words = [one for one in self.sent if one.section == WORDS]
            listed = (*(one.text for one in words), *rows(words).values())
            return frozenset(map(code, listed)), False
        seen = tuple(_words(rejected))
        texts = [one.text for one in seen]
        if texts and words_code(texts) == received.code:
            return frozenset(map(code, (*texts, *rows(seen).values()))), False
        return None, False

    def _around(
        self, texts: Iterable[str], document: Document, rejected: Sequence[Seen]
    ) -> Iterator[Difference]:
        """Yield headers, footers and notes that the builder does not write."""
        titles = {plain(document.title)} | {one.text for one in rejected if one.tag == "c:title"}
        where = re.escape(plain(document.where))
        for name in ("n", "all"):
            where = where.replace(re.escape(f"{{{name}}}"), r"\d*")
        for text in dict.fromkeys(map(plain, texts)):
            known = any(re.fullmatch(rf"{re.escape(one)}\s*{where}", text) for one in titles)
            if not (known or text in titles or re.fullmatch(where, text)):
                yield Difference((), (Seen(text, "", (), None),), frozenset({ALL}))


def _words(seen: Iterable[Seen]) -> Iterator[Seen]:
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

    def __init__(self, comparison: Comparison, seen: tuple[Seen, ...]) -> None:
        self.comparison = comparison
        self.seen = seen
        self.sent = comparison.sent
        self.pairs: dict[int, int] = {}
        self._blocks = tuple(self._differing())
        self.lines = {
            number: self.sent[index]
            for index, other in self.pairs.items()
            for number in seen[other].numbers
        }

    def _differing(self) -> Iterator[Block]:
        self.pairs.update(self._pairs())
        at, to = 0, 0
        for i, j in (*self.pairs.items(), (len(self.sent), len(self.seen))):
            if at < i or to < j:
                yield at, i, to, j
            at, to = i + 1, j + 1

    def _pairs(self) -> list[tuple[int, int]]:
        """The index pairs of equal lines.

        Matches lines by text and tag first. Between those, matches lines that lost their tag by
        text alone. A tag that moved means that its part moved.
        """
        tags_ = [_own(one.line.tag) if one.line else "" for one in self.sent]
        ours = _keys([(one.text, one.cell) for one in self.sent], tags_)
        theirs = _keys(
            [(one.text, one.cell) for one in self.seen], [_own(one.tag) for one in self.seen]
        )
        found: list[tuple[int, int]] = []
        at, to = 0, 0
        for i, j in (*_matching(ours, theirs), (len(ours), len(theirs))):
            if at < i and to < j:
                bare = [key[:-1] for key in ours[at:i]], [key[:-1] for key in theirs[to:j]]
                found += [
                    (at + one, to + other)
                    for one, other in _matching(*bare)
                    if not _own(self.seen[to + other].tag)
                ]
            if i < len(ours):
                found.append((i, j))
            at, to = i + 1, j + 1
        return found

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, in the order of the document."""
        found = (self._difference(*block) for block in self._blocks)
        return tuple(one for one in found if one.before or one.after)

    @cached_property
    def concerned(self) -> Mapping[int, frozenset[str]]:
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

    def _difference(self, start: int, end: int, first: int, last: int) -> Difference:
        before, after = self.sent[start:end], self.seen[first:last]
        above = self.sent[start - 1] if start else None
        below = self.sent[end] if end < len(self.sent) else None
        section = before[0].section if before else above.section if above else FRONT
        if section == FRONT:
            # Some programs turn the table of contents into plain paragraphs.
            contents = self.comparison.contents
            after = tuple(one for one in after if _PAGE_NUMBER.sub("", one.text) not in contents)
        ours = self._ours(before, after, section)
        parts = frozenset(part for one in before for part in one.parts)
        if section == DRAFT:
            parts = frozenset() if ours else frozenset({ALL})
        elif section == FRONT and ours and not any(map(_written, before)):
            parts = frozenset()
        elif after and len(after) != len(before):
            parts |= self._neighbours(section, after, above, below)
        return Difference(before, after, parts, above, ours)

    def _ours(self, before: Sequence[Sent], after: Sequence[Seen], section: str) -> bool:
        """Whether the document still has the words that were sent out, so that only the course has
        changed."""
        came = self.comparison.came
        if section == DRAFT and not self.comparison.complete:
            return all(one.section == DRAFT for one in before) and all(
                _REASON.search(one.text) for one in after
            )
        # A line that the course still has elsewhere was copied by somebody.
        return came is not None and (
            all(code(one.text) in came and one.text not in self.comparison.texts for one in after)
            and not any(code(one.text) in came for one in before)
        )

    def _neighbours(
        self, section: str, after: Sequence[Seen], above: Sent | None, below: Sent | None
    ) -> frozenset[str]:
        """The parts that added lines may belong to."""
        sections = {one.section for one in (above, below) if one}
        if above is None or below is None or SHEET in sections or section == FRONT:
            return self._rows(after) or frozenset({ALL})
        return above.parts | below.parts

    def _rows(self, after: Sequence[Seen]) -> frozenset[str]:
        """The parts of the approval-sheet rows that these lines are in; empty if a line is outside
        of a row."""
        rows: dict[tuple[int, int], frozenset[str]] = {}
        for i, j in self.pairs.items():
            cell = self.seen[j].cell
            if self.sent[i].section == SHEET and cell:
                rows[cell[:2]] = self.sent[i].parts
        found: set[str] = set()
        for one in after:
            parts = rows.get(one.cell[:2]) if one.cell else None
            if not parts:
                return frozenset()
            found |= parts
        return frozenset(found)


def _written(one: Sent) -> bool:
    """Whether a line contains text of the course."""
    return one.line is None or any(run.spot for run in one.line.runs)


Key = tuple[Hashable, ...]


def _keys(lines: Sequence[tuple[str, Cell | None]], tags_: Sequence[str]) -> list[Key]:
    """The comparison key of each line: text, column, whether it starts a row, and tag."""
    keys: list[Key] = []
    before: tuple[int, int] | None = None
    for (text, cell), tag in zip(lines, tags_, strict=True):
        row = cell[:2] if cell else None
        keys.append((text, cell[2] if cell else -1, row is not None and row != before, tag))
        before = row
    return keys


def _own(tag: str) -> str:
    """The tag of a line; empty for the tag of the whole document, which differs in each version."""
    return "" if tag.startswith("f:") else tag


def _matching(ours: Sequence[Key], theirs: Sequence[Key]) -> list[tuple[int, int]]:
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
        anchors = _anchors(ours, theirs, (start, end, first, last))
        if anchors:
            for one, other in (*anchors, (end, last)):
                waiting.append((start, one, first, other))
                start, first = one, other
                if one < end:
                    found.append((one, other))
                    start, first = one + 1, other + 1
        elif (end - start) * (last - first) <= _COMPARED:
            matcher = SequenceMatcher(None, ours[start:end], theirs[first:last], False)
            for one, other, size in matcher.get_matching_blocks():
                found += [(start + one + at, first + other + at) for at in range(size)]
    return sorted(found)


def _anchors(ours: Sequence[Key], theirs: Sequence[Key], block: Block) -> list[tuple[int, int]]:
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
