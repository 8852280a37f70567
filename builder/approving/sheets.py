"""Judges the approval sheet of a returned review document: which rows can be recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from builder.approving.lists import other_words, unknown_part
from builder.approving.names import NoDayError, dated, named, plausible
from builder.approving.writing import Entry
from builder.course.approvals import Standing, read_code
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_SHOWN = 60
"""Maximum number of characters that a message quotes."""


@dataclass(frozen=True, slots=True)
class Filled:
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

    row: Filled
    entry: Entry | None = None
    problem: Diagnostic | None = None


def judged(
    filled: Iterable[Filled], standings: Sequence[Standing], by: str, on: date | None, today: date
) -> tuple[Verdict, ...]:
    """Judge each row.

    ``by`` and ``on`` apply to rows without a name or a date; without any date, it is ``today``.
    """
    judging = _Judging({one.part.id: one for one in standings}, by, on, today)
    return tuple(judging.verdict(row) for row in filled)


@dataclass(frozen=True, slots=True)
class _Judging:
    standings: Mapping[str, Standing]
    by: str
    on: date | None
    today: date

    def verdict(self, row: Filled) -> Verdict:
        one = self.standings.get(row.part)
        if one is None:
            code = read_code(row.code)
            return Verdict(row, problem=unknown_part(row.at, row.part, code, self.standings))
        try:
            day = dated(row.day) if row.day else None
        except NoDayError as error:
            return self._wrong(row, f"“{row.day[:_SHOWN]}” {error}")
        code, name = read_code(row.code), named(row.name)
        if one.approval and _recorded(one, code, name, day):
            return Verdict(row)
        if one.doubt:
            return Verdict(row, problem=one.doubt)
        if code and code != one.part.code:
            return Verdict(row, problem=other_words(row.at, one, code, self.standings))
        if row.doubts or (row.name and not plausible(row.name)):
            return self._doubtful(row)
        if row.open_issues:
            words = {"part": row.part, "problem": "; ".join(row.open_issues)}
            return Verdict(row, problem=problem("sheet-held", row.at, **words))
        return self._signed(row, one, code, day)

    def _signed(self, row: Filled, one: Standing, code: str, day: date | None) -> Verdict:
        name, on = named(row.name) if row.name else self.by, day or self.on or self.today
        if not code:
            return self._wrong(row, "its code cannot be read")
        if not name:
            return self._wrong(row, "it has no name")
        if on > self.today:
            return self._wrong(row, f"{on.isoformat()} is still to come")
        return Verdict(row, Entry(one.part, name, on))

    def _doubtful(self, row: Filled) -> Verdict:
        doubts = row.doubts
        if row.name and not plausible(row.name):
            shown = row.name if len(row.name) <= _SHOWN else f"{row.name[:_SHOWN]}…"
            doubts = (f"“{shown}” does not look like the name of a person", *doubts)
        words = {"part": row.part, "problem": "; ".join(doubts)}
        return Verdict(row, problem=problem("sheet-doubt", row.at, **words))

    def _wrong(self, row: Filled, wrong: str) -> Verdict:
        return Verdict(row, problem=problem("sheet-row", row.at, part=row.part, problem=wrong))


def _recorded(one: Standing, code: str, name: str, day: date | None) -> bool:
    """Whether the course already has this approval, or a later one: a document is printed with the
    approvals of its day."""
    given = one.approval
    assert given
    same = (given.code, given.by) == (code, name) and day in (given.on, None)
    return same or (one.state == "approved" and day is not None and given.on > day)
