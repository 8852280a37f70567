"""Compares a returned review document with the current course line by line, and finds the parts of
the course that each difference affects.

When in doubt, more parts are affected: a line without a match affects the parts around it, or all
parts if the parts around it are unknown. So no part counts as approved by mistake.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from builder.exporting.review.document_lines import (
    ALL,
    DRAFT,
    FRONT,
    STATEMENT,
    WORDS,
    CourseLine,
    PartFinder,
    ReturnedLine,
    document_lines,
    line_code,
    normalise,
    rows,
    words_code,
)
from builder.exporting.review.tree import TAG, Document, Heading
from builder.exporting.review.visible_lines import Cell, VisibleLine, with_details

if TYPE_CHECKING:
    from builder.exporting.review.returned_file import Received

_MAX_COMPARED_PAIRS = 40_000
"""Maximum number of line pairs that are compared between two matched lines."""
_EARLIER_PLACEHOLDER = "……"
"""Text of cells to fill in, which documents of earlier versions had without listing it as sent."""
_SECTION_TAGS = ("c:", "m:", "p:")
"""Starts of the tags of lines that begin a section, a module or a page."""
_PAGE_NUMBER = re.compile(r"\s*\d*$")
_DRAFT_REASON_END = re.compile(r" \S+:\d+$")
"""Matches the end of a reason for the draft: a path and a line number in the course."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Adjacent lines of the current document (``before``), and the lines of the returned document
    in their place (``after``). Either may be empty.

    ``parts`` are the ids of the affected parts of the course. ``above`` is the last unchanged line
    above the difference. ``only_course_changed`` is true if the document still has the words that
    were sent out, and only the course has changed. ``is_note`` is true if the difference is outside
    of the text of the course, so that it is a remark on the whole document.
    """

    before: tuple[CourseLine, ...]
    after: tuple[ReturnedLine, ...]
    parts: frozenset[str]
    above: CourseLine | None = None
    only_course_changed: bool = False
    is_note: bool = False


Block = tuple[int, int, int, int]


class Comparison:
    """Compares a returned document with the review document of the course as it is now.

    ``signed`` are the numbers of the paragraphs that people fill in, which are not compared.
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
        self.texts = frozenset(
            text for one in self.current_lines for text in (one.text, one.detailed)
        )
        self.contents = {normalise(document.contents), ""} | {
            normalise(node.line.text) for node in document.nodes if isinstance(node, Heading)
        }
        self._unlisted = {"", _EARLIER_PLACEHOLDER, *map(normalise, document.picture_notes)}
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
        self._shown_parts = frozenset(part for one in self.current_lines for part in one.parts)

    def shows(self, part: str) -> bool:
        """Whether a line of the document belongs to the part with this id."""
        return part in self._shown_parts

    @property
    def differs(self) -> bool:
        """Whether the document and the course differ anywhere."""
        readings = (self.accepted, self.rejected)
        return bool(
            self.outside_lines or any(one.differences or one.other_details for one in readings)
        )

    def affecting(self, part: str) -> tuple[Difference, ...]:
        """All differences that affect the lines of the part with this id."""
        found: dict[str, Difference] = {}
        readings = (self.accepted, self.rejected)
        listed = (one for reading in readings for one in reading.differences)
        details = (one for reading in readings for one in reading.other_details)
        for one in (*listed, *details):
            if not one.is_note and {part, ALL} & one.parts:
                texts = [line.text for line in one.before], [line.text for line in one.after]
                found.setdefault(str(texts), one)
        return tuple(found.values())

    def affected_parts(self, number: int | None) -> frozenset[str]:
        """The ids of the parts that the paragraph with this number belongs to; ``ALL`` if they are
        unknown."""
        readings_ = (self.accepted, self.rejected)
        found = (
            {part for one in readings_ for part in one.affected_parts.get(number, ())}
            if number is not None
            else ()
        )
        return frozenset(found or {ALL})

    def _read_lines(self, shown: Iterable[VisibleLine]) -> tuple[ReturnedLine, ...]:
        """The lines of the returned document, without the cells that people fill in and without the
        table of contents."""
        made: list[ReturnedLine] = []
        for one in shown:
            if one.numbers and self._filled_paragraphs.issuperset(one.numbers):
                continue
            text, tag = self._split_tag(one.text)
            entry = one.contents and _PAGE_NUMBER.sub("", text) in self.contents
            if text not in self._unlisted and not entry:
                details = tuple(map(normalise, one.details))
                made.append(ReturnedLine(text, tag, one.numbers, one.cell, details))
        return tuple(made)

    def _split_tag(self, text: str) -> tuple[str, str]:
        """Split a line into its text and its tag; a tag that the current document does not have
        stays in the text."""
        tag = ""

        def known(found: re.Match[str]) -> str:
            nonlocal tag
            if found[1] in self._tags or found[1].startswith("f:"):
                tag = found[1]
                return ""
            return found[0]

        return normalise(TAG.sub(known, text)), tag

    def _find_sent_codes(
        self, received: Received, document: Document, rejected: Sequence[ReturnedLine]
    ) -> tuple[frozenset[str] | None, bool]:
        """The codes (hashes) of the lines that were sent out, ``None`` if unknown; and whether they
        cover all sections of the document rather than only the text of the course."""
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
        """Yield a difference for each line of a header, footer or note that scorm-builder did not
        write."""
        titles = {normalise(document.title)} | {
            one.text for one in rejected if one.tag == "c:title"
        }
        where = re.escape(normalise(document.where))
        for name in ("n", "all"):
            where = where.replace(re.escape(f"{{{name}}}"), r"\d*")
        for text in dict.fromkeys(map(normalise, texts)):
            known = any(re.fullmatch(rf"{re.escape(one)}\s*{where}", text) for one in titles)
            if not (known or text in titles or re.fullmatch(where, text)):
                line = ReturnedLine(text, "", (), None)
                yield Difference((), (line,), frozenset({ALL}), is_note=True)


def _course_lines(seen: Iterable[ReturnedLine]) -> Iterator[ReturnedLine]:
    """Yield the lines with the text of the course itself: from the cover or the first module to the
    reasons for the draft."""
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
    """The lines of a returned document with its tracked changes either accepted or rejected,
    matched with the lines of the current document.

    ``pairs`` maps indexes of current lines to indexes of equal returned lines. ``lines`` are the
    unchanged current lines, by paragraph number.
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
        """Find the pairs of indexes of equal lines in both documents.

        Matches lines by text and tag first. Between those, matches lines that lost their tag by
        text alone. A tag that moved means that its section of the document moved.
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
        """All differences from the current document, in order."""
        found = (self._make_difference(*block) for block in self._blocks)
        return tuple(one for one in found if one.before or one.after)

    @cached_property
    def other_details(self) -> tuple[Difference, ...]:
        """A difference for each line that has the words of the current document and other details
        (see ``VisibleLine``)."""
        return tuple(
            Difference(
                (replace(ours, text=ours.detailed),),
                (replace(theirs, text=with_details(theirs.text, theirs.details)),),
                ours.parts if ours.section == WORDS else frozenset({ALL}),
                ours,
            )
            for index, other in self.pairs.items()
            if (ours := self.current_lines[index]).details
            != (theirs := self.returned_lines[other]).details
            and not self._has_only_course_changed(
                [replace(ours, text=ours.detailed)],
                [replace(theirs, text=with_details(theirs.text, theirs.details))],
                WORDS,
            )
        )

    @cached_property
    def affected_parts(self) -> Mapping[int, frozenset[str]]:
        """The ids of the parts that each paragraph belongs to, by the paragraph's number."""
        found = {
            number: one.parts if one.section == WORDS else frozenset({ALL})
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
        is_note = section in (DRAFT, STATEMENT)
        if is_note:
            parts = frozenset() if ours else frozenset({ALL})
        elif section == FRONT and ours and not any(map(_has_course_text, before)):
            parts = frozenset()
        elif after and len(after) != len(before):
            parts |= self._neighbouring_parts(section, start, below)
        return Difference(before, after, parts, above, ours, is_note)

    def _has_only_course_changed(
        self, before: Sequence[CourseLine], after: Sequence[ReturnedLine], section: str
    ) -> bool:
        """Whether the lines ``after`` of the returned document are still as they were sent out, so
        that only the course has changed here. ``before`` are the lines of the current document in
        their place, and ``section`` is the tag of the section."""
        came = self.comparison.sent_codes
        if section == DRAFT and not self.comparison.covers_all_sections:
            return all(one.section == DRAFT for one in before) and all(
                _DRAFT_REASON_END.search(one.text) for one in after
            )
        # A line that the course still has elsewhere is a copy that a reviewer made.
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
        start: int,
        below: CourseLine | None,
    ) -> frozenset[str]:
        """The ids of the parts that added lines may belong to, judging by the lines of the current
        document above them (before the index ``start``) and below them (``None`` where there is no
        line). ``section`` is the tag of the section."""
        if not start or below is None or section == FRONT:
            return frozenset({ALL})
        above = self.current_lines[start - 1].parts
        if not _starts_section(below):
            return above | below.parts
        # What stands above the heading of a page belongs to the page that ends there.
        before = reversed(self.current_lines[:start])
        return above | next((one.parts for one in before if _starts_section(one)), frozenset())


def _starts_section(one: CourseLine) -> bool:
    """Whether a line begins a section, a module or a page."""
    return bool(one.line and one.line.tag[:2] in _SECTION_TAGS)


def _has_course_text(one: CourseLine) -> bool:
    """Whether a line contains text of the author, or is a picture."""
    return one.line is None or any(run.spot for run in one.line.runs)


Key = tuple[Hashable, ...]


def _comparison_keys(lines: Sequence[tuple[str, Cell | None]], tags_: Sequence[str]) -> list[Key]:
    """The key by which each line is compared with lines of the other document: its text, its
    column, whether it starts a table row, and its tag."""
    keys: list[Key] = []
    before: tuple[int, int] | None = None
    for (text, cell), tag in zip(lines, tags_, strict=True):
        row = cell[:2] if cell else None
        keys.append((text, cell[2] if cell else -1, row is not None and row != before, tag))
        before = row
    return keys


def _part_tag(tag: str) -> str:
    """Return the tag of a line; empty for the tag of the whole document, which differs in each
    version."""
    return "" if tag.startswith("f:") else tag


def _match_equal(ours: Sequence[Key], theirs: Sequence[Key]) -> list[tuple[int, int]]:
    """Find equal lines in the current document (``ours``) and the returned document (``theirs``),
    in the order of both; returns pairs of their indexes."""
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
    """Find the longest sequence of lines, in the order of both documents, that occur exactly once
    in each document within the block; returns pairs of their indexes.

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
