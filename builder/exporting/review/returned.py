"""A returned document, compared with the course as it is now: the differences of each part, and who
has filled in the name and the date at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.course.approvals import changes
from builder.exporting.review import visible_lines
from builder.exporting.review.comparing import Comparison, Difference
from builder.exporting.review.document_lines import PartFinder, normalise
from builder.exporting.review.returned_file import Paragraph, Received
from builder.exporting.review.tree import Document, Table, lines

_MAX_SIGNED_LENGTH = 60
"""Maximum number of characters of a name or a date; a longer text in their place is a remark."""
_MAX_QUOTED = 60
"""Maximum number of characters that a message quotes from the document."""
_MAX_DIFFERENCES = 2
"""Maximum number of differences that a message describes."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned document, compared with the review document of the course as it is now.

    ``signed`` is what somebody has written below “Name” and “Date”, empty if nothing, ``name`` the
    first of the two, and ``signed_paragraphs`` are their numbers, which are not compared. In the
    document of a translation, the ids of parts end with ``suffix``, such as ``@pl``.
    """

    received: Received
    comparison: Comparison
    signed: str = ""
    name: str = ""
    signed_paragraphs: frozenset[int] = frozenset()
    suffix: str = ""

    def differences(self, part: str) -> Iterator[str]:
        """Describe, as parts of a message, how the lines of the part with this id, without the
        language, differ from the course; yields nothing if all are equal."""
        sent = self.received.parts
        if not self.comparison.shows(part) or (sent and part + self.suffix not in sent):
            yield "the document does not show it"
            return
        found = self.comparison.affecting(part)
        yield from map(_describe_difference, found[:_MAX_DIFFERENCES])
        if len(found) > _MAX_DIFFERENCES:
            yield f"and {len(found) - _MAX_DIFFERENCES} more"


def compare_returned(received: Received, document: Document, part_finder: PartFinder) -> Returned:
    """Compare a returned document with ``document``, the review document of the course as it is
    now. ``part_finder`` finds the parts to which lines belong."""
    cells = _signed_cells(received, document)
    numbers = frozenset(number for number, _ in cells)
    signed = ", ".join(text for _, text in cells if text)
    comparison = Comparison(document, part_finder, received, numbers)
    name = cells[0][1] if cells else ""
    return Returned(received, comparison, signed, name, numbers, part_finder.suffix)


def _signed_cells(received: Received, document: Document) -> list[tuple[int, str]]:
    """The paragraphs below “Name” and “Date” at the end of the document, each with its text.

    Returns none if these cells contain anything but two short texts, the second with a digit, so
    that the rest is listed as remarks. ``document`` has this table as its last one.
    """
    last = [node for node in document.nodes if isinstance(node, Table)][-1:]
    heads = [
        normalise(line.text) for table in last for cell in table.head for line in lines(cell.nodes)
    ]
    rows = _last_table(received, heads)
    if set(rows) != {0, 1}:
        return []
    texts = {number: one.text for one in received.accepted for number in one.numbers[:1]}
    found = []
    for numbers in rows[1].values():
        paragraph = received.paragraphs[numbers[0]]
        text = " ".join(texts.get(numbers[0], "").split())
        deleted = paragraph.dropped or any(one.start < one.end for one in paragraph.changes)
        plain = visible_lines.is_plain(text) and len(text) <= _MAX_SIGNED_LENGTH
        if len(numbers) > 1 or deleted or not plain:
            return []
        found.append((numbers[0], text))
    day = found[-1][1]
    return found if not day or any(map(str.isdigit, day)) else []


def _last_table(received: Received, heads: list[str]) -> Mapping[int, Mapping[int, list[int]]]:
    """The paragraph numbers of the last table with these heads, by row and column."""
    tables: dict[int, dict[int, dict[int, list[int]]]] = {}
    for number, paragraph in enumerate(received.paragraphs):
        if paragraph.cell:
            table, row, column = paragraph.cell
            rows = tables.setdefault(table, {})
            rows.setdefault(row, {}).setdefault(column, []).append(number)
    alike = (rows for rows in tables.values() if _heads(received.paragraphs, rows) == heads)
    *_, found = ({}, *alike)
    return found


def _heads(
    paragraphs: tuple[Paragraph, ...], rows: Mapping[int, Mapping[int, list[int]]]
) -> list[str]:
    numbers = (number for listed in rows.get(0, {}).values() for number in listed)
    return [normalise(paragraphs[number].changed) for number in numbers]


def _describe_difference(one: Difference) -> str:
    before = " / ".join(visible_lines.format_line(line.text) for line in one.before)
    after = " / ".join(visible_lines.format_line(line.text) for line in one.after)
    if not before:
        return f"the document also says {quote(after)}"
    if not after:
        return f"the document does not say {quote(before)}"
    # For a long text, quote only the words that differ and the words around them.
    found = changes(before, after)
    if found and max(len(before), len(after)) > _MAX_QUOTED:
        before, after = found[0].old_words(), found[0].new_words()
    return f"the document says {quote(after)}, the course says {quote(before)}"


def quote(text: str) -> str:
    """Quote the start of a text from a document for a message."""
    flat = " ".join(text.split())
    return f"“{flat[:_MAX_QUOTED]}…”" if len(flat) > _MAX_QUOTED else f"“{flat}”"
