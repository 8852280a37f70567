"""Reads a CSV file with our own columns and one row per answer, for LMSs other than Moodle
(docs/results.md#other-lmss)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.results.model import Answer, Attempt, Details, Report
from builder.results.reading import cells
from builder.results.reading.tables import Number, ReportError, Row

_NEEDED = ("learner", "interaction")
_ONE_OF = ("result", "response")
_OTHERS = ("right answer", "attempt", "started", "ended", "seconds")


def is_ours(heading: Row) -> bool:
    """Whether the columns of a table are ours: it has a column of interactions or of learners."""
    names = {text.strip().lower() for text in heading}
    return "interaction" in names or {"learner", "result"} <= names


def read(
    name: str, index: int, heading: Row, rows: Iterable[tuple[int, Row]], padded: bool
) -> Report:
    """Read a report named ``name``, the one with this ``index`` of several. ``padded`` is whether
    each row must have as many cells as the heading, as in text. Raises ``ReportError``."""
    places: dict[str, int] = {}
    for at, text in enumerate(heading):
        places.setdefault(text.strip().lower(), at)
    _require_columns(name, places)
    report = Report(
        name, (), [], has_responses="response" in places, has_results="result" in places
    )
    attempts: dict[tuple[str, str], tuple[Attempt, list[Answer]]] = {}
    for number, row in rows:

        def cell(column: str, row: Row = row) -> str:
            at = places.get(column)
            return row[at] if at is not None and at < len(row) else ""

        if any(row[len(heading) :]) or (padded and len(row) < len(heading)):
            raise ReportError(
                f"“{name}”, line {number:,}: the row has {len(row):,} cells, and the headings are "
                f"{len(heading):,}. Put a cell that has a comma or a semicolon between quotation "
                'marks, such as "a,c".'
            )
        if not cell("learner").strip():
            raise ReportError(f"“{name}”, line {number:,}: the cell “learner” is empty.")
        if not cells.is_result(cell("result")):
            raise ReportError(
                f"“{name}”, line {number:,}: “{cell('result')[:40]}” is not a result. Write "
                "correct, wrong, neutral, or a share such as 0.5."
            )
        key = (cell("learner"), cell("attempt"))
        if key not in attempts:
            attempts[key] = (_attempt(name, index, number, cell("attempt"), cell("learner")), [])
        attempt, answers = attempts[key]
        times = attempt.details
        attempt.month = attempt.month or cells.month(cell("started"))
        attempt.details = Details(times.started or cell("started"), cell("ended") or times.last)
        if cell("interaction").strip():
            answers.append(
                Answer(
                    interaction=cell("interaction").strip(),
                    response=cell("response"),
                    pattern=cell("right answer"),
                    result=cells.result(cell("result")),
                    seconds=cells.seconds(cell("seconds")),
                    doubtful=isinstance(cell("response"), Number),
                )
            )
    if not attempts:
        raise ReportError(
            f"“{name}” has headings and no rows. Write one row for each answer below them."
        )
    for attempt, answers in attempts.values():
        attempt.answers = tuple(answers)
        times = attempt.details
        attempt.minutes = cells.minutes_between(times.started, times.last)
        report.attempts.append(attempt)
    return report


def _require_columns(name: str, places: Mapping[str, int]) -> None:
    """Raise ``ReportError`` if columns without which nothing can be counted are missing."""
    missing = [f"“{one}”" for one in _NEEDED if one not in places]
    if not any(one in places for one in _ONE_OF):
        missing.append(" or ".join(f"“{one}”" for one in _ONE_OF))
    if missing:
        raise ReportError(
            f"“{name}” lacks the column {' and '.join(missing)}. It needs the columns "
            f"{', '.join(_NEEDED)}, and {' or '.join(_ONE_OF)}, or both. It can have "
            f"{', '.join(_OTHERS)}."
        )


def _attempt(name: str, index: int, row: int, number: str, learner: str) -> Attempt:
    if number and not number.isdecimal():
        raise ReportError(f"“{name}”, line {row:,}: “{number[:40]}” is not a number of an attempt.")
    return Attempt((learner,), index, row, int(number or "1"), "", None, ())
