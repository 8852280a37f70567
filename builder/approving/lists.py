"""Reads a signed list of approvals, and judges the approval sheet of a returned review document.

A part is a page, question or other text of a course that people approve, such as ``page/intro``.
Its code, such as ``7KQ2-M9XR``, is a checksum of its words: an approval with an old code no longer
counts.

A list is plain lines, each with a part and its code, or a table (CSV) with “part” and “code” in its
header row. If the table has a column of names, nobody has signed the lines without a name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder.approving.names import NotADateError, clean_name, is_plausible_name, parse_date
from builder.approving.reading import Reading
from builder.approving.writing import Entry
from builder.course.approvals import ApprovalStatus, read_code
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position, tidy

_COLUMN_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("part", "id"), "part"),
    **dict.fromkeys(("code", "words code"), "code"),
    **dict.fromkeys(("name", "by", "approved by", "approved_by"), "by"),
    **dict.fromkeys(("date", "on", "approved on", "approved_on"), "on"),
}
_LINE = re.compile(r"(?P<part>\S+?)[\s,;]+(?P<code>[^\s,;]+)")
_MAX_LINE_LENGTH = 100_000
"""Maximum number of characters of a line that are searched for column headings."""
_MAX_QUOTED = 60
"""Maximum number of characters that a message quotes from a list."""
_MAX_LISTED = 5
"""Maximum number of parts that a message lists."""
_MAX_BYTES = 4_000_000
"""Maximum number of bytes of a signed list."""
_OLD_OFFICE_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""The first bytes of a Word or Excel file from before Office 2007."""
_WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a signed list: the id of a part and the code of the words that were approved.

    ``by`` is who signed: ``None`` if the list has no names, and empty if nobody has signed the
    line. ``on`` is ``None`` if the line has no date.
    """

    at: Position
    part: str
    code: str
    by: str | None = None
    on: date | None = None


def read_signed_list(
    reading: Reading, sheet: Path, by: str, on: date
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """Read the approvals in the list ``sheet``; also returns the problems that prevent recording
    some.

    ``by`` and ``on`` apply to lines without a name or a date. Skips lines that nobody has signed.
    Raises ``OSError`` and ``ValueError`` if the list cannot be read.
    """
    found, problems = rows(_read_text(sheet), str(sheet))
    statuses = {one.part.id: one for one in reading.statuses}
    judged_rows = [
        _judge_row(replace(row, by=row.by or by, on=row.on or on), statuses, reading.today)
        for row in found
        if row.by != ""
    ]
    entries = {one.part.id: one for one in judged_rows if isinstance(one, Entry)}
    wrong = [one for one in judged_rows if isinstance(one, Diagnostic)]
    return tuple(entries.values()), tidy((*problems, *wrong))


def _judge_row(row: Row, statuses: Mapping[str, ApprovalStatus], today: date) -> Entry | Diagnostic:
    one = statuses.get(row.part)
    if one is None:
        return unknown_part(row.at, row.part, row.code, statuses)
    if one.doubt:
        return one.doubt
    if one.part.code != row.code:
        return code_mismatch(row.at, one, row.code, statuses)
    if not row.by:
        return problem("sheet-line", row.at, problem="it does not say who approves")
    day = row.on or today
    if day > today:
        return problem("sheet-line", row.at, problem=f"{day.isoformat()} is in the future")
    return Entry(one.part, row.by, day)


def _read_text(sheet: Path) -> str:
    if not sheet.is_file():
        raise ValueError("it is a folder, a device or a pipe")
    with sheet.open("rb") as stream:
        raw = stream.read(_MAX_BYTES + 1)
    if len(raw) > _MAX_BYTES:
        raise ValueError("it is larger than 4 MB")
    if raw.startswith(_OLD_OFFICE_SIGNATURE):
        raise ValueError(
            "it is from an older version of Office: save it as .docx, or a table as CSV UTF-8"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8: save it again as “CSV UTF-8”") from None
    if _WEB_PAGE.match(text):
        raise ValueError("it is a web page: use a list of parts and codes, or a Word document")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def rows(text: str, path: str) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """Parse the text of a signed list, line by line; also returns the problems of lines that cannot
    be parsed. ``path`` is the file that the problems name."""
    read = list(_parse_rows(text, path))
    return (
        tuple(row for row in read if isinstance(row, Row)),
        tuple(row for row in read if isinstance(row, Diagnostic)),
    )


def _parse_rows(text: str, path: str) -> Iterator[Row | Diagnostic]:
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for delimiter in ("\t", ";", ","):
        heads = [
            _COLUMN_NAMES.get(" ".join(cell.split()).lower())
            for cell in _cells(lines[first], delimiter)
        ]
        if {"part", "code"} <= set(heads):
            yield from _parse_table(
                "\n".join(lines[first:]), heads, delimiter, Position(path, first + 1)
            )
            return
    for number, line in enumerate(lines, start=1):
        content = line.strip()
        if content and not content.startswith("#"):
            yield _parse_line(content, Position(path, number))


def _parse_line(line: str, at: Position) -> Row | Diagnostic:
    found = _LINE.fullmatch(line)
    code = read_code(found["code"]) if found else ""
    if not found or not code:
        return problem("sheet-line", at, problem="it does not consist of a part and its code")
    return Row(at, found["part"], code)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line[:_MAX_LINE_LENGTH]], delimiter=delimiter), [])


def _parse_table(
    text: str, heads: list[str | None], delimiter: str, head: Position
) -> Iterator[Row | Diagnostic]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    next(reader)
    row_start = reader.line_num
    while True:
        at = Position(head.path, head.line + row_start)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield problem("sheet-line", at, problem=f"it is not a row of a table ({error})")
            return
        if cells is None:
            return
        row_start = reader.line_num
        fields = {name: cell.strip() for name, cell in zip(heads, cells, strict=False) if name}
        if any(fields.values()):
            yield _parse_row(fields, "by" in heads, at)


def _parse_row(cells: Mapping[str, str], names: bool, at: Position) -> Row | Diagnostic:
    written = " ".join(cells.get("by", "").split()) if names else None
    code, day = read_code(cells.get("code", "")), cells.get("on", "")
    by = clean_name(written) if written and is_plausible_name(written) else written and ""
    if not cells.get("part") or not (code or by == ""):
        return problem("sheet-line", at, problem="it does not consist of a part and its code")
    if written and not by:
        return problem(
            "sheet-line", at, problem=f"“{written[:_MAX_QUOTED]}” is not the name of a person"
        )
    on = None
    if day and by != "":
        try:
            on = date.fromisoformat(day)
        except ValueError:
            wrong = f"“{day[:_MAX_QUOTED]}” is not a day such as 2026-01-31"
            return problem("sheet-line", at, problem=wrong)
    return Row(at, cells["part"], code, by, on)


def unknown_part(
    at: Position, part: str, code: str, statuses: Mapping[str, ApprovalStatus]
) -> Diagnostic:
    """The problem of a line, at ``at``, with the ``part`` and the ``code``, if the course does not
    have the part. ``statuses`` are the parts of the course by id.

    Suggests the part that has the line's code now; else a part with a similar name; else parts of
    the same kind.
    """
    known = Known(statuses)
    has = _part_with_code(code, statuses)
    alike = has == known.near(part)
    near = known.did_you_mean(part) if alike or not has else _code_hint(code, has)
    return problem("sheet-part", at, part=part, did_you_mean=near or _similar_parts(part, statuses))


def code_mismatch(
    at: Position, one: ApprovalStatus, code: str, statuses: Mapping[str, ApprovalStatus]
) -> Diagnostic:
    """The problem of a line, at ``at``, whose ``code`` is not that of the current words of the part
    ``one``, because it is outdated or mistyped. ``statuses`` are the parts of the course by id.
    Names the part's current code, and the part that the written code belongs to."""
    words = {"part": one.part.id, "written": code, "today": one.part.code or "none"}
    return problem(
        "sheet-code", at, **words, did_you_mean=_code_hint(code, _part_with_code(code, statuses))
    )


def _part_with_code(code: str, statuses: Mapping[str, ApprovalStatus]) -> str:
    """The id of the only part in ``statuses`` whose words have this code; empty if no part has it,
    or several do."""
    found = [name for name, one in statuses.items() if code and one.part.code == code]
    return found[0] if len(found) == 1 else ""


def _code_hint(code: str, part: str) -> str:
    return f" {code} is that of “{part}”." if part else ""


def _similar_parts(part: str, statuses: Mapping[str, ApprovalStatus]) -> str:
    kind = part.partition("/")[0]
    alike = [name for name in statuses if name.partition("/")[0] == kind] or [*statuses]
    more = len(alike) - _MAX_LISTED
    listed = [*alike[:_MAX_LISTED], *([f"{more} more"] if more > 0 else [])]
    return f" The course has: {', '.join(listed)}." if listed else ""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of the approval sheet that somebody has filled in: the id of its part, and the other
    cells as written. ``at`` is the document.

    ``doubts`` are the problems of the row itself, and ``open_issues`` the differences and open
    comments in the document's text of the part. Each is part of a message.
    """

    at: Position
    part: str
    code: str
    name: str
    day: str
    doubts: tuple[str, ...] = ()
    open_issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of judging a row of the approval sheet: the ``entry`` to record, or the
    ``problem`` that prevents recording it. Has neither if the course already has the approval."""

    row: FilledRow
    entry: Entry | None = None
    problem: Diagnostic | None = None


def judge_rows(
    filled: Iterable[FilledRow],
    statuses: Sequence[ApprovalStatus],
    by: str,
    on: date | None,
    today: date,
) -> tuple[Verdict, ...]:
    """Decide for each row of an approval sheet whether it can be recorded as an approval.

    ``by`` and ``on`` apply to rows without a name or a date; without any date, an approval is dated
    ``today``.
    """
    judge = _RowJudge({one.part.id: one for one in statuses}, by, on, today)
    return tuple(judge.verdict(row) for row in filled)


@dataclass(frozen=True, slots=True)
class _RowJudge:
    statuses: Mapping[str, ApprovalStatus]
    by: str
    on: date | None
    today: date

    def verdict(self, row: FilledRow) -> Verdict:
        one = self.statuses.get(row.part)
        if one is None:
            code = read_code(row.code)
            return Verdict(row, problem=unknown_part(row.at, row.part, code, self.statuses))
        try:
            day = parse_date(row.day) if row.day else None
        except NotADateError as error:
            return self._row_error(row, f"“{row.day[:_MAX_QUOTED]}” {error}")
        code, name = read_code(row.code), clean_name(row.name)
        if one.approval and _is_recorded(one, code, name, day):
            return Verdict(row)
        if one.doubt:
            return Verdict(row, problem=one.doubt)
        if code and code != one.part.code:
            return Verdict(row, problem=code_mismatch(row.at, one, code, self.statuses))
        if row.doubts or (row.name and not is_plausible_name(row.name)):
            return self._doubt_verdict(row)
        if row.open_issues:
            words = {"part": row.part, "problem": "; ".join(row.open_issues)}
            return Verdict(row, problem=problem("sheet-held", row.at, **words))
        return self._check_signature(row, one, code, day)

    def _check_signature(
        self, row: FilledRow, one: ApprovalStatus, code: str, day: date | None
    ) -> Verdict:
        name, on = clean_name(row.name) if row.name else self.by, day or self.on or self.today
        if not code:
            return self._row_error(row, "its code cannot be read")
        if not name:
            return self._row_error(row, "it has no name")
        if on > self.today:
            return self._row_error(row, f"{on.isoformat()} is in the future")
        return Verdict(row, Entry(one.part, name, on))

    def _doubt_verdict(self, row: FilledRow) -> Verdict:
        doubts = row.doubts
        if row.name and not is_plausible_name(row.name):
            shown = row.name if len(row.name) <= _MAX_QUOTED else f"{row.name[:_MAX_QUOTED]}…"
            doubts = (f"“{shown}” does not look like the name of a person", *doubts)
        words = {"part": row.part, "problem": "; ".join(doubts)}
        return Verdict(row, problem=problem("sheet-doubt", row.at, **words))

    def _row_error(self, row: FilledRow, wrong: str) -> Verdict:
        return Verdict(row, problem=problem("sheet-row", row.at, part=row.part, problem=wrong))


def _is_recorded(one: ApprovalStatus, code: str, name: str, day: date | None) -> bool:
    """Whether ``one``, the present approval of a part, is the approval in a row of the approval
    sheet, or a later one. ``code``, ``name`` and ``day`` are those in the row; without a day, any
    day fits.

    A document is printed with the approvals of its day, which are returned with it.
    """
    given = one.approval
    assert given
    same = (given.code, given.by) == (code, name) and day in (given.on, None)
    return same or (one.state == "approved" and day is not None and given.on > day)
