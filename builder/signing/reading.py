"""What there is to approve in a course, and what a list says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder import approvals, approving, load, validate
from builder.approving import Entry, Standing
from builder.codes import Known, problem
from builder.diagnostics import Diagnostic, Severity, tidy
from builder.sources import Sources

_LARGEST = 4_000_000
"""Bytes of a list of approvals."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to approve in the folder ``course``, as it was read."""

    course: Path
    sources: Sources
    standings: tuple[Standing, ...]


def read(course: Path, today: date) -> tuple[Reading | None, tuple[Diagnostic, ...]]:
    """How it stands with every part of a course; or ``None``, and the errors that it has."""
    sources, unreadable = load.load(course)
    if sources is None:
        return None, _errors(course, unreadable)
    judged = validate.validate(sources, today)
    if judged.course is None:
        return None, _errors(course, (*unreadable, *judged.diagnostics))
    parts = approvals.parts(judged.course)
    return Reading(
        course, sources, approving.standings(parts, judged.approvals, judged.required)
    ), ()


def _errors(course: Path, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tidy(
        replace(one, position=replace(one.position, path=str(course / one.position.path)))
        for one in found
        if one.severity is Severity.ERROR
    )


def signed(
    reading: Reading, sheet: Path, by: str, on: date
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """Who approved what by a list of parts and codes, and what keeps the list from being taken.

    ``by`` and ``on`` are of lines that do not say it themselves. Raises ``OSError`` and
    ``ValueError`` where the list cannot be read.
    """
    rows, problems = approving.rows(_text(sheet), str(sheet))
    parts = {one.part.id: one.part for one in reading.standings}
    known = Known(parts)
    entries: dict[str, Entry] = {}
    wrong = list(problems)
    for row in (row for row in rows if row.by != ""):
        part, name = parts.get(row.part), row.by or by
        if part is None:
            near = known.did_you_mean(row.part)
            wrong.append(problem("sheet-part", row.at, part=row.part, did_you_mean=near))
        elif part.code != row.code:
            words = {"part": part.id, "written": row.code, "today": part.code or "none"}
            wrong.append(problem("sheet-code", row.at, **words))
        elif not name:
            wrong.append(problem("sheet-line", row.at, problem="it does not say who approves"))
        else:
            entries[part.id] = Entry(part, name, row.on or on)
    return tuple(entries.values()), tidy(wrong)


def _text(sheet: Path) -> str:
    with sheet.open("rb") as stream:
        raw = stream.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ValueError("it is larger than 4 MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8: save it again as “CSV UTF-8”") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
