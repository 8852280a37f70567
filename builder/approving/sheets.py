"""Judges the approval sheet of a returned review document: which rows can be recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from builder.approving.lists import code_mismatch, unknown_part
from builder.approving.names import NotADateError, clean_name, is_plausible_name, parse_date
from builder.approving.writing import Entry
from builder.course.approvals import ApprovalStatus, read_code
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_MAX_QUOTED = 60
"""Maximum number of characters that a message quotes."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row that somebody has filled in: its part, and the other cells as written. ``at`` is the
    document.

    ``doubts`` are problems of the row itself, ``open_issues`` differences and open comments under
    the part, each as text for a message.
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
    """The result for a row: the ``entry`` to record, or the ``problem`` that prevents it; neither
    if the course already has the approval."""

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
    """Judge each row.

    ``by`` and ``on`` apply to rows without a name or a date; without any date, it is ``today``.
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
    """Whether the course already has this approval, or a later one: a document is printed with the
    approvals of its day."""
    given = one.approval
    assert given
    same = (given.code, given.by) == (code, name) and day in (given.on, None)
    return same or (one.state == "approved" and day is not None and given.on > day)
