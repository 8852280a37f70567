"""Says for each person and attempt which version was completed, with which result, and when the
course is due again."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from builder.package.outline import Outline
from builder.results import overlap, versions
from builder.results.model import Attempt, Report, Seen, Shown
from builder.results.reading import cells

NOT_REPORTED = "not in the report"
NOT_STARTED = "not started"
UNVERSIONED = "{}; the version was not reported"
"""A result that the LMS reports, and the player does not."""
MARK_REACHED = "pass mark reached; the result was not reported"


@dataclass(frozen=True, slots=True)
class Completion:
    """One attempt of one person, in words.

    ``name`` is the first cell of the row and ``details`` are the other cells about the person.
    ``attempt``, ``started``, ``last`` and ``score`` are as the LMS has them. ``first_seen``,
    ``last_seen`` and ``completed_with`` are versions with the codes of their words. ``completed``
    and ``due`` are days, ``due`` only of the completion that counts last. ``record`` says whether
    the record is filled in, ``shown`` which pages a test-out has shown.
    """

    name: str
    details: tuple[str, ...]
    attempt: str
    started: str
    last: str
    first_seen: str
    last_seen: str
    completed_with: str
    result: str
    completed: str
    score: str
    record: str
    shown: str = ""
    due: str = ""

    @property
    def is_complete(self) -> bool:
        return self.result in _COMPLETE


_FINAL = ("passed", "completed")
_COMPLETE = (*_FINAL, *(UNVERSIONED.format(status) for status in _FINAL))


def completions(
    reports: Sequence[Report], outlines: Sequence[Outline], refresh_every: str
) -> tuple[Completion, ...]:
    """Every attempt in the reports, by person; a person who has not started has one row.

    ``outlines`` are the packages. ``refresh_every`` is how long a completion counts; may be
    empty.
    """
    attempts = [one for report in reports for one in report.attempts]
    repeated = overlap.repeated(attempts) if len(reports) > 1 else ()
    kept = [one for one in attempts if id(one) not in repeated]
    since = overlap.started_elsewhere(kept)
    rows = [(one, _completion(one, outlines)) for one in kept if id(one) not in since]
    rows.sort(key=lambda row: (row[1].name.casefold(), row[0].person, row[0].number or 0))
    latest: dict[tuple[str, ...], str] = {}
    for attempt, row in rows:
        if row.is_complete:
            latest[attempt.person] = max(latest.get(attempt.person, ""), row.completed)
    return tuple(_with_due(row, latest.get(one.person, ""), refresh_every) for one, row in rows)


def _completion(attempt: Attempt, outlines: Sequence[Outline]) -> Completion:
    name, *details = (cells.unescape(one) for one in attempt.person)
    if attempt.number is None:
        return Completion(name, tuple(details), "", "", "", "", "", "", NOT_STARTED, "", "", "")
    seen = attempt.seen
    final = next((one for one in reversed(seen) if one.status), None)
    # A visit after a failed attempt may be of another version.
    result = _result(final, attempt, outlines)
    completed = final is not None and final.status in _FINAL
    return Completion(
        name=name,
        details=tuple(details),
        attempt=str(attempt.number),
        started=attempt.details.started,
        last=attempt.details.last,
        first_seen=seen[0].label if seen else NOT_REPORTED,
        last_seen=seen[-1].label if seen else NOT_REPORTED,
        completed_with=final.label if final and completed else "" if seen else NOT_REPORTED,
        result=result,
        completed=final.day if final and completed else "",
        score=attempt.details.score,
        record=_record(final if completed else None, result in _COMPLETE, seen, outlines),
        shown="; ".join(_describe_shown(one, outlines) for one in attempt.shown),
    )


def _result(final: Seen | None, attempt: Attempt, outlines: Sequence[Outline]) -> str:
    """The result that the player reported or, if an LMS lost that report, what the report proves.

    The cell of the course has a score or, without one, the status. A course with a mastery score
    sends a score only with a final status (facts/moodle.md#finish-status-mastery); in others the
    score proves no more than itself.
    """
    if final and final.status in _FINAL:
        return final.status
    cell = attempt.details.score.casefold()
    if cell in _FINAL:
        return UNVERSIONED.format(cell)
    score = cells.number(cell.partition("/")[0]) or 0
    courses = [one.tracking for one in outlines]
    marks = [one.pass_mark if one.mastery is None else one.mastery for one in courses]
    reached = score > 0 and all(score >= mark for mark in marks)
    if reached and all(one.mastery is not None for one in courses):
        return UNVERSIONED.format("passed")
    if final:
        return final.status
    if not attempt.seen:
        return NOT_REPORTED
    return MARK_REACHED if reached else "incomplete"


def _record(
    final: Seen | None, complete: bool, seen: Sequence[Seen], outlines: Sequence[Outline]
) -> str:
    """Whether the record is filled in: a course is only completed with its records."""
    if not seen:
        return NOT_REPORTED
    outline = versions.outline_of(final or seen[-1], outlines)
    if outline is None:
        return "version not among the packages"
    if not any(page.kind == "record" for page in outline.pages):
        return "no record in this version"
    return "filled in" if complete else "not known to be filled in"


def _describe_shown(shown: Shown, outlines: Sequence[Outline]) -> str:
    """The module and the titles of pages that a test-out has shown, as the newest package with
    these pages has them."""
    titles = {page.id: page.title for outline in outlines for page in outline.pages}
    listed = [f"“{titles.get(page, page)}”" for page in shown.pages]
    if shown.more:
        listed.append(f"{shown.more} more")
    modules = [module for outline in reversed(outlines) for module in outline.modules]
    title = next((one.title for one in modules if {*one.pages} & {*shown.pages}), "")
    return f"{title}: {', '.join(listed)}" if title else ", ".join(listed)


def _with_due(row: Completion, latest: str, refresh_every: str) -> Completion:
    if not refresh_every or not row.completed or row.completed != latest:
        return row
    return replace(row, due=add(date.fromisoformat(latest), refresh_every).isoformat())


def add(day: date, interval: str) -> date:
    """The day an interval such as ``12 months`` after another. Months and years end on the last
    day of a shorter month."""
    number, unit = interval.split()
    count = int(number)
    if unit.startswith(("day", "week")):
        return day + timedelta(days=count * (7 if unit.startswith("week") else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit.startswith("year") else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def is_overdue(row: Completion, today: date) -> bool:
    """Whether the course was due again before today."""
    return bool(row.due) and row.due < today.isoformat()


def seen_labels(reports: Sequence[Report]) -> Iterator[str]:
    """Yield each version that an attempt reported, once for each attempt."""
    for report in reports:
        for one in report.attempts:
            yield from {seen.label for seen in one.seen}
