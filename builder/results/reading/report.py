"""Reads one report of any known kind."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from pathlib import Path

from builder.results import versions
from builder.results.model import Report
from builder.results.reading import columns, moodle, tables
from builder.results.reading.tables import ReportError

_SAMPLE = 4_000
"""Number of rows from which the columns are recognised."""


def read(
    path: Path,
    index: int,
    known: Collection[str],
    titles: Collection[str] = (),
    name: str = "",
) -> Report:
    """Read the report at ``path``, the one with this ``index`` of several. ``known`` are the ids of
    the answers that the given packages can report, ``titles`` the titles of the packages. ``name``
    is what the report is called, by default the name of the file. Raises ``ReportError``."""
    report = _read(path, name or path.name, index, known, titles)
    cache: versions.Cache = {}
    for attempt in report.attempts:
        attempt.shown = versions.shown_pages(attempt.answers)
        attempt.answers, attempt.seen = versions.split(attempt.answers, cache)
    return report


def _read(
    path: Path, name: str, index: int, known: Collection[str], titles: Collection[str]
) -> Report:
    found = tables.rows(path, name)
    heading = next(found, (0, []))[1]
    if len(heading) < 2:
        raise ReportError(f"“{name}” is not a table. Name the report as downloaded from the LMS.")
    padded = not tables.is_sheet(path)
    if columns.is_ours(heading):
        return columns.read(name, index, heading, found, padded)
    moodle.reject_missing_heading(name, heading, known)
    sample = list(islice(found, _SAMPLE))
    return moodle.read(name, index, heading, sample, found, known, titles, padded)
