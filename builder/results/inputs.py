"""Reads the packages and the reports that the command is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder.base.immutable import immutable
from builder.results import naming
from builder.results.model import Report
from builder.results.packages import Package, read_packages
from builder.results.reading import report


@immutable
class Inputs:
    """Packages from the oldest version to the newest, reports, and sentences about what is unusual
    about the packages."""

    packages: tuple[Package, ...]
    reports: tuple[Report, ...]
    notes: tuple[str, ...]


def read(packages: Sequence[Path], reports: Sequence[Path]) -> Inputs:
    """Read packages of one course, and reports about them. Raises ``ReportError``."""
    found, notes = read_packages(packages)
    known = {name for package in found for name in package.reported}
    titles = {package.outline.title for package in found}
    named = enumerate(zip(reports, naming.distinct(reports), strict=True))
    read_reports = (report.read(path, at, known, titles, name) for at, (path, name) in named)
    return Inputs(found, tuple(read_reports), notes)
