"""Reads what people wrote into a returned document to approve parts of the course: in the approval
sheet, and next to local values. Finds the reasons why a row may not count as an approval."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from builder.approving import FilledRow, is_signature
from builder.course.approvals import changes, read_code
from builder.diagnostics.diagnostic import Position
from builder.exporting.review import visible_lines
from builder.exporting.review.comparing import Comparison, Difference
from builder.exporting.review.document_lines import ALL, FIRST_FILLED_COLUMN, PartFinder, normalise
from builder.exporting.review.returned_file import Paragraph, Received
from builder.exporting.review.tree import Document, bookmark, lines

_PART, _CODE, _NAME, _DAY, _SIGNATURE = range(5)
"""Indexes of the columns of the approval sheet."""
_PART_ID = re.compile(r"(?:(?:course|interface)(?:@\S+)?|[a-z][a-z-]*/\S+)(?=\s|$)")
"""Matches the id of a part, which follows the part's title in the first cell of a row."""
_VALUE_TAG_PREFIX = "v:"
"""Prefix of the tags of rows with local values."""
_MAX_CELL_LENGTH = 2_000
"""Maximum number of characters that are read from a cell."""
_MAX_QUOTED = 60
"""Maximum number of characters that a message quotes from the document."""
_MAX_DIFFERENCES = 2
"""Maximum number of differences that a message describes."""
_PLACEHOLDER = "… ."
"""Characters of which the text of a cell consists that nobody has filled in, such as “……”."""
_NAME_AND_DATE = re.compile(r"(?P<name>[^,]*(?:,[^,\d]*)?),\s*(?P<day>[^,]*\d.*)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that people sign: a row of the approval sheet, or of a local value (``code`` is then
    empty).

    ``part`` is the id of its part, ``code`` the code of the words that it approves. ``columns`` are
    the numbers of its paragraphs by column.
    """

    part: str
    code: str
    columns: Mapping[int, tuple[int, ...]]

    @property
    def signed(self) -> tuple[int, ...]:
        """The numbers of the row's paragraphs that people fill in."""
        first = FIRST_FILLED_COLUMN["values"] if not self.code else _NAME
        return tuple(
            one for column, listed in self.columns.items() if column >= first for one in listed
        )

    @property
    def printed(self) -> tuple[int, ...]:
        """The numbers of the row's paragraphs that scorm-builder wrote."""
        return tuple(
            one for listed in self.columns.values() for one in listed if one not in self.signed
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled-in rows of an approval sheet.

    ``parts`` are the ids of the parts in all rows of the sheet; empty if the document has no sheet.
    """

    filled: tuple[FilledRow, ...]
    parts: frozenset[str]


@dataclass(frozen=True)
class Returned:
    """A returned document, compared with the review document of the course as it is now.

    In the document of a translation, the ids of parts end with ``suffix``, such as ``@pl``; those
    of the rows are without it.
    """

    received: Received
    rows: tuple[Row, ...]
    comparison: Comparison
    path: str = field(default="")
    suffix: str = ""

    @cached_property
    def signed(self) -> frozenset[int]:
        """The numbers of the paragraphs that people fill in, in all rows."""
        return frozenset(number for row in self.rows for number in row.signed)

    @cached_property
    def sheet(self) -> Sheet:
        """The rows of the approval sheet that somebody has filled in, and the ids of the parts in
        all its rows."""
        listed = tuple(self._filled_rows())
        parts = frozenset(row.part + self.suffix for row in self.rows if row.code)
        return Sheet(listed, parts)

    def affected_parts(self, number: int | None) -> frozenset[str]:
        """The ids of the parts of the course that the paragraph with this number belongs to;
        ``ALL`` if they are unknown."""
        for row in self.rows:
            if number in row.signed:
                return frozenset({row.part})
        return self.comparison.affected_parts(number)

    def _filled_rows(self) -> Iterator[FilledRow]:
        codes = {row.part: row.code for row in self.rows if row.code}
        row_parts = [row.part for row in self.rows if row.code]
        for row in self.rows:
            cells = {column: self._text(numbers) for column, numbers in row.columns.items()}
            doubts = tuple(self._doubts(row, cells, row_parts.count(row.part) > 1))
            name, day = cells.get(_NAME, ""), cells.get(_DAY, "")
            if not row.code:
                name, day = _split_name_and_date(name)
            written = any(
                cells.get(column) for column in cells if set(row.columns[column]) & {*row.signed}
            )
            written = bool(name) if not row.code else written
            if written or self._deleted_text(row):
                code = row.code or codes.get(row.part, "")
                open_issues = tuple(self._open_issues(row))
                part = row.part + self.suffix
                yield FilledRow(Position(self.path), part, code, name, day, doubts, open_issues)

    @cached_property
    def _texts(self) -> Mapping[int, str]:
        return {number: line.text for line in self.received.accepted for number in line.numbers[:1]}

    def _text(self, numbers: Iterable[int]) -> str:
        words = " ".join(self._texts.get(number, "") for number in numbers)
        flat = " ".join(words.split())[:_MAX_CELL_LENGTH]
        return "" if not flat.strip(_PLACEHOLDER) else flat

    def _doubts(self, row: Row, cells: Mapping[int, str], twice: bool) -> Iterator[str]:
        """Yield the reasons, found in the row itself, why the row may not be an approval. Each is
        part of a message.

        ``cells`` are the texts of the row by column; ``twice`` is whether another row has the same
        part.
        """
        if twice:
            yield "the document has more than one row for it"
        for words in self._deleted_text(row):
            yield f"{_quote(words)} was deleted from its row"
        for comment in self.received.comments:
            if not comment.done and comment.paragraph in {*row.signed, *row.printed}:
                yield f"a comment on it says {_quote(comment.text)}"
        for column, text in cells.items():
            if visible_lines.is_struck(text):
                yield f"{_quote(visible_lines.format_line(text))} is struck through"
            if row.code and column == _SIGNATURE:
                words = text.replace(visible_lines.OBJECT, "").strip()
                if words and not is_signature(words):
                    yield f"its signature says {_quote(words)}"
            elif text and column > (_SIGNATURE if row.code else FIRST_FILLED_COLUMN["values"]):
                yield f"{_quote(text)} is written next to it"

    def _deleted_text(self, row: Row) -> list[str]:
        """The texts that somebody has deleted from, or changed in, those cells of a row that people
        fill in."""
        found = []
        for number in row.signed:
            one = self.received.paragraphs[number]
            found += [one.words[change.start : change.end] for change in one.changes]
            found.append(one.dropped)
        return [words for words in found if words.strip(_PLACEHOLDER)]

    def _open_issues(self, row: Row) -> Iterator[str]:
        """Yield the differences and open comments, anywhere in the document, that affect the part
        of a row. Each is part of a message."""
        found = [_describe_difference(one) for one in self.comparison.affecting(row.part)]
        for comment in self.received.comments:
            own = comment.paragraph in {*row.signed, *row.printed}
            concerns = {ALL, row.part} & self.affected_parts(comment.paragraph)
            if not comment.done and not own and concerns:
                found.append(f"the comment {_quote(comment.text)} is open")
        if not found and not self.comparison.shows_row(row.part, row.printed):
            found.append("its row differs from the course")
        yield from found[:_MAX_DIFFERENCES]
        if len(found) > _MAX_DIFFERENCES:
            yield f"and {len(found) - _MAX_DIFFERENCES} more"


def compare_returned(
    received: Received, document: Document, part_finder: PartFinder, path: str
) -> Returned:
    """Compare a returned document with ``document``, the review document of the course as it is
    now. ``part_finder`` finds the parts to which lines belong, and ``path`` is the path of the
    returned file, for messages."""
    listed = [one for one in lines(document.nodes) if one.tag.startswith(_VALUE_TAG_PREFIX)]
    values = {bookmark(one.tag): one.tag for one in listed}
    if not any(_value_tag(one, values) for one in received.paragraphs):
        values |= {normalise(one.text): one.tag for one in listed}
    suffix = part_finder.suffix
    rows = tuple(
        replace(row, part=row.part.removesuffix(suffix))
        for row in _find_rows(received.paragraphs, values)
    )
    signed = frozenset(number for row in rows for number in row.signed)
    comparison = Comparison(document, part_finder, received, signed)
    return Returned(received, rows, comparison, path, suffix)


def _find_rows(paragraphs: Sequence[Paragraph], values: Mapping[str, str]) -> Iterator[Row]:
    """Yield every row that people sign.

    A table is an approval sheet if one of its rows has a part and a code. A local value is
    recognised by its tag, or else by its bookmark or its label; ``values`` maps bookmarks and
    labels to tags.
    """
    tables: dict[int, dict[int, dict[int, list[int]]]] = {}
    for number, paragraph in enumerate(paragraphs):
        if paragraph.cell:
            table, line, column = paragraph.cell
            cells = tables.setdefault(table, {}).setdefault(line, {})
            cells.setdefault(column, []).append(number)
    for table_rows in tables.values():
        listed = [_make_row(paragraphs, columns, values) for columns in table_rows.values()]
        signed = any(row and read_code(row.code) for row in listed)
        yield from (row for row in listed if row and (signed or not row.code))


def _make_row(
    paragraphs: Sequence[Paragraph], columns: Mapping[int, Sequence[int]], values: Mapping[str, str]
) -> Row | None:
    numbers = {column: tuple(listed) for column, listed in columns.items()}
    cells = {
        column: " ".join(" ".join(paragraphs[one].changed for one in listed).split())
        for column, listed in numbers.items()
    }
    first = (paragraphs[one] for one in numbers.get(_PART, ()))
    value = next(filter(None, (_value_tag(one, values) for one in first)), "")
    if value:
        return Row(f"value/{value.removeprefix(_VALUE_TAG_PREFIX)}", "", numbers)
    found = _PART_ID.findall(cells.get(_PART, ""))
    written = cells.get(_CODE, "")[:_MAX_CELL_LENGTH]
    return Row(str(found[-1]), read_code(written) or written or "–", numbers) if found else None


def _value_tag(paragraph: Paragraph, values: Mapping[str, str]) -> str:
    """The tag of the local value that a paragraph names; empty if it names none. ``values`` maps
    bookmarks and labels to tags."""
    if paragraph.tag.startswith(_VALUE_TAG_PREFIX):
        return paragraph.tag
    names = (*paragraph.bookmarks, normalise(paragraph.words))
    return next((values[name] for name in names if name in values), "")


def _split_name_and_date(written: str) -> tuple[str, str]:
    """Split the text with which somebody confirms a local value into a name and a date."""
    text = written.strip(_PLACEHOLDER)
    found = _NAME_AND_DATE.fullmatch(text)
    return (found["name"].strip(), found["day"].strip()) if found else (text, "")


def _describe_difference(one: Difference) -> str:
    before = " / ".join(visible_lines.format_line(line.text) for line in one.before)
    after = " / ".join(visible_lines.format_line(line.text) for line in one.after)
    if not before:
        return f"the document also says {_quote(after)}"
    if not after:
        return f"the document does not say {_quote(before)}"
    # For a long text, quote only the words that differ and the words around them.
    found = changes(before, after)
    if found and max(len(before), len(after)) > _MAX_QUOTED:
        before, after = found[0].old_words(), found[0].new_words()
    return f"the document says {_quote(after)}, the course says {_quote(before)}"


def _quote(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat[:_MAX_QUOTED]}…”" if len(flat) > _MAX_QUOTED else f"“{flat}”"
