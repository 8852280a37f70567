"""Makes a folder of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from builder.base import temporary
from builder.base.immutable import immutable
from builder.course.model import Approval
from builder.results import inputs, naming, versions, workbook
from builder.results.evidence import (
    approvals,
    changes,
    gaps,
    manifest,
    pages,
    people,
    words,
)
from builder.results.evidence.people import Completion
from builder.results.packages import Package
from builder.results.reading.tables import ReportError

_OVERVIEW, _PEOPLE, _WORKBOOK = "index.html", "people.html", "people.xlsx"


@immutable
class Request:
    """What evidence is made from: paths of ``reports``, ``packages`` and files of ``approvals``.

    ``output`` is the folder to make. ``person`` is a name, an e-mail address or another cell about
    a person as the report has it, or empty for everybody. ``today`` is the day of the request.
    """

    reports: tuple[Path, ...]
    packages: tuple[Path, ...]
    approvals: tuple[Path, ...]
    output: Path
    person: str
    today: date


@dataclass(frozen=True, slots=True)
class Made:
    """Evidence that was made: ``seal`` is the SHA-256 of its manifest, ``missing`` are sentences
    about what it cannot show."""

    people: int
    completed: int
    overdue: int
    versions: tuple[str, ...]
    missing: tuple[str, ...]
    files: int
    seal: str


def make(request: Request) -> Made:
    """Make the folder of evidence, whole or not at all. Raises ``ReportError``."""
    output = request.output
    if output.exists():
        raise ReportError(
            f"“{output}” exists already. Name a folder that does not exist yet, so that evidence "
            "is never mixed or replaced."
        )
    given = inputs.read(request.packages, request.reports)
    named = [one for path in request.approvals for one in approvals.read(path)]
    outlines = [package.outline for package in given.packages]
    newest = outlines[-1]
    rows = people.completions(given.reports, outlines, newest.refresh_every)
    if request.person:
        rows = _only(rows, request.person)
    made = list(_versions(given.packages, named, rows))
    missing = [*given.notes, *gaps.describe(rows, made, given.reports, newest)]
    headings = max((report.people[1:] for report in given.reports), key=len)
    table = _table(rows, headings)
    files = _files(request, newest.title, made, table, missing)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with temporary.folder(output.parent) as folder:
            draft = folder / "evidence"
            draft.mkdir()
            for name, text in files.items():
                (draft / name).write_bytes(text.encode())
            tables = _sheets(table, made, missing)
            (draft / _WORKBOOK).write_bytes(workbook.content(tables, request.today))
            seal = manifest.write(draft, newest.id, request.today)
            # A folder that was made meanwhile is not replaced.
            draft.rename(output)
    except OSError as error:
        reason = temporary.reason(error)
        raise ReportError(f"The evidence was not made in “{output}”: {reason}.") from error
    complete = [row for row in rows if row.is_complete]
    return Made(
        people=len({(row.name, row.details) for row in rows}),
        completed=len({(row.name, row.details) for row in complete}),
        overdue=sum(people.is_overdue(row, request.today) for row in rows),
        versions=tuple(one.label for one in made),
        missing=tuple(missing),
        files=len(files) + 2,
        seal=seal,
    )


def _only(rows: Sequence[Completion], person: str) -> tuple[Completion, ...]:
    wanted = person.strip().casefold()
    found = [row for row in rows if wanted in {_folded(one) for one in (row.name, *row.details)}]
    count = len({(row.name, row.details) for row in found})
    if not count:
        raise ReportError(
            f"No row of the reports has “{person}” as a name or as another detail of a person. "
            "Write it exactly as the report has it."
        )
    if count > 1:
        raise ReportError(
            f"“{person}” fits {count} people. Use a detail that only one of them has, such as the "
            "e-mail address."
        )
    return tuple(found)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _versions(
    packages: Sequence[Package], named: Sequence[Approval], rows: Sequence[Completion]
) -> Iterator[pages.Version]:
    """Yield what the page of each version shows. ``named`` are the approvals in the given files."""
    before: changes.Content | None = None
    for package in packages:
        outline, label = package.outline, versions.label_of(package.outline)
        read = list(words.pages(package.path, outline))
        content = changes.Content(outline, {page.id: html for page, html in read})
        yield pages.Version(
            outline=outline,
            label=label,
            file=f"version-{re.sub(r'[^A-Za-z0-9.-]+', '-', label)}.html",
            package=package.file,
            people=sum(label in (row.first_seen, row.last_seen) for row in rows),
            completed=sum(row.completed_with == label for row in rows),
            days=sorted(row.completed for row in rows if row.completed_with == label),
            before=versions.label_of(before.outline) if before else "",
            changes=tuple(changes.describe(before, content)) if before else (),
            approved=tuple(approvals.of(outline, named)),
            words=[(page.title, html) for page, html in read],
        )
        before = content


def _files(
    request: Request,
    title: str,
    made: Sequence[pages.Version],
    table: Sequence[Sequence[str]],
    missing: Sequence[str],
) -> dict[str, str]:
    """The pages by their file names. ``table`` has every person and attempt."""
    notes = (
        "One row for each attempt. Dates of the LMS are as in its report, in the time zone of the "
        "person who downloaded it. “Completed on” is the day by the trainee's device."
    )
    if pages.SHOWN_COLUMN in table[0]:
        notes += (
            f" “{pages.SHOWN_COLUMN}” lists the pages that trainees need not read because they "
            "passed a test about them. They may have read them all the same."
        )
    found = {
        _PEOPLE: pages.people(title, table[0], table[1:], notes),
        **{one.file: pages.version(one) for one in made},
    }
    described = {
        _PEOPLE: "every person and attempt, to read and print",
        _WORKBOOK: "the same as an Excel workbook",
        **{one.file: f"version {one.label}: changes, approvals and words" for one in made},
    }
    paths = (*request.packages, *request.reports, *request.approvals)
    sources = [
        (name, manifest.sha256(path))
        for name, path in zip(naming.distinct(paths), paths, strict=True)
    ]
    day = request.today.isoformat()
    found[_OVERVIEW] = pages.overview(title, day, made, missing, described, sources)
    return found


def _table(rows: Sequence[Completion], headings: Sequence[str]) -> list[tuple[str, ...]]:
    """The headings and the rows of people; ``headings`` are those of the details."""
    width = max((len(row.details) for row in rows), default=0)
    more = [*headings[:width], *[""] * (width - len(headings))]
    has_shown = any(row.shown for row in rows)
    found = [("Name", *more, *pages.COLUMNS, *[pages.SHOWN_COLUMN] * has_shown)]
    for row in rows:
        details = (*row.details, *[""] * (width - len(row.details)))
        found.append((row.name, *details, *pages.cells_of(row), *[row.shown] * has_shown))
    return found


def _sheets(
    table: Sequence[Sequence[str]], made: Sequence[pages.Version], missing: Sequence[str]
) -> dict[str, Sequence[Sequence[str]]]:
    return {
        "People": table,
        "Versions": [
            pages.VERSION_COLUMNS,
            *map(pages.version_cells, made),
        ],
        "Approvals": [
            ("Version", *pages.APPROVAL_COLUMNS),
            *((one.label, *pages.approval_cells(row)) for one in made for row in one.approved),
        ],
        "Missing": [("What is missing",), *((words,) for words in missing)],
    }
