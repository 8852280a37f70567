"""Makes and checks a folder of evidence."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from builder import updating
from builder.base import temporary
from builder.base.immutable import immutable
from builder.base.printing import escape_controls
from builder.course.approvals import describe_changes
from builder.course.model import Approval
from builder.package.outline import Outline, Question
from builder.results import versions
from builder.results.evidence import approvals, pages, people, words, workbook
from builder.results.evidence.approvals import NO_NAME, NOT_GIVEN
from builder.results.evidence.people import NOT_REPORTED, NOT_STARTED, Completion
from builder.results.model import Report
from builder.results.packages import Package, read_packages
from builder.results.reading import report as reading
from builder.results.reading.tables import ReportError
from builder.updating import Change, Comparison

MANIFEST = "manifest.json"
_FORMAT = 1
_OVERVIEW, _PEOPLE, _WORKBOOK = "index.html", "people.html", "people.xlsx"
_MOST_LISTED = 10
"""Maximum number of names or parts that a sentence about a gap lists."""
_NOTES = {
    "retitled": "it has a new title",
    "reworded": "its words changed",
    "moved": "it has another place",
    "options-reordered": "its options are in another order",
    "options-added": "it has more options",
    "options-removed": "it has fewer options",
    "accepts-more": "more answers are right",
    "key": "its right answer changed",
    "scoring": "it is scored in a new way",
    "limit-raised": "it has room for longer answers",
    "limit-lowered": "it has room for shorter answers only",
}
_KINDS = {"page": "The page", "question": "The question", "record": "The record item"}
_FATES = {"new": "is new", "gone": "was removed", "redo": "has to be done again"}


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


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: sentences about each file that differs; empty if none does."""

    files: int
    problems: tuple[str, ...]
    seal: str


def make(request: Request) -> Made:
    """Make the folder of evidence, whole or not at all. Raises ``ReportError``."""
    output = request.output
    if output.exists():
        raise ReportError(
            f"“{output}” exists already. Name a folder that does not exist yet, so that evidence "
            "is never mixed or replaced."
        )
    packages, notes = read_packages(request.packages)
    given = [one for path in request.approvals for one in approvals.read(path)]
    known = {name for package in packages for name in package.asked}
    reports = [reading.read(path, at, known) for at, path in enumerate(request.reports)]
    outlines = [package.outline for package in packages]
    rows = people.completions(reports, outlines, outlines[-1].refresh_every)
    if request.person:
        rows = _only(rows, request.person)
    made = list(_versions(request.packages, packages, given, rows))
    missing = [*notes, *_missing(rows, made, reports, outlines[-1])]
    title = outlines[-1].title
    headings = max((report.people[1:] for report in reports), key=len)
    table = _table(rows, headings)
    files = _files(request, title, made, table, missing)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with temporary.folder(output.parent) as folder:
            draft = folder / "evidence"
            draft.mkdir()
            for name, text in files.items():
                (draft / name).write_bytes(text.encode())
            workbook.write(draft / _WORKBOOK, _sheets(table, made, missing), request.today)
            seal = _write_manifest(draft, request, outlines[-1])
            # A folder that was made meanwhile is not replaced.
            draft.rename(output)
    except OSError as error:
        reason = temporary.REASONS.get(error.errno or 0, error.strerror or "it cannot be written")
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
    paths: Sequence[Path],
    packages: Sequence[Package],
    given: Sequence[Approval],
    rows: Sequence[Completion],
) -> Iterator[pages.Version]:
    places: dict[str, Path] = {}
    for path in paths:
        outline, _ = updating.read(path)
        if outline:
            places.setdefault(outline.digest, path)
    before: tuple[Outline, list[tuple[str, str]]] | None = None
    for package in packages:
        outline, label = package.outline, versions.label_of(package.outline)
        text = [(page.title, html) for page, html in words.pages(places[outline.digest], outline)]
        yield pages.Version(
            outline=outline,
            label=label,
            file=f"version-{re.sub(r'[^A-Za-z0-9.-]+', '-', label)}.html",
            package=package.file,
            people=sum(label in (row.first_seen, row.last_seen) for row in rows),
            completed=sum(row.completed_with == label for row in rows),
            days=sorted(row.completed for row in rows if row.completed_with == label),
            before=versions.label_of(before[0]) if before else "",
            changes=tuple(_changes(before, (outline, text))) if before else (),
            approved=tuple(approvals.of(outline, given)),
            words=text,
        )
        before = outline, text


def _changes(
    old: tuple[Outline, Sequence[tuple[str, str]]], new: tuple[Outline, Sequence[tuple[str, str]]]
) -> Iterator[str]:
    """Yield a sentence for each change of a page, a question, the record or a setting."""
    comparison = updating.compare(old[0], new[0])
    texts = [
        dict(zip((page.id for page in outline.pages), pairs, strict=True))
        for outline, pairs in (old, new)
    ]
    for change in comparison.changes:
        parts = [_FATES[change.fate]] if change.fate in _FATES else []
        parts += [_NOTES[note] for note in change.notes]
        parts += [f"its id was “{change.was}”"] if change.was else []
        if parts:
            said = _difference(change, comparison, *texts)
            yield f"{_KINDS[change.kind]} “{change.title}”: {'; '.join(parts)}.{said}"
    for setting in comparison.settings:
        where = f"“{setting.page}”, " if setting.page else ""
        yield f"{where}{setting.name}: {setting.old} → {setting.new}. {setting.meaning}"


def _difference(
    change: Change,
    comparison: Comparison,
    old_pages: dict[str, tuple[str, str]],
    new_pages: dict[str, tuple[str, str]],
) -> str:
    """The words that differ; empty if none do, or if something is new or gone."""
    former = change.was or change.id
    if change.fate in ("new", "gone"):
        return ""
    if change.kind == "page" and former in old_pages and change.id in new_pages:
        pair = [_text(html) for _, html in (old_pages[former], new_pages[change.id])]
    elif change.kind == "question":
        pair = [
            _question_text(outline, name)
            for outline, name in ((comparison.old, former), (comparison.new, change.id))
        ]
    else:
        return ""
    return f" {describe_changes(*pair)}." if pair[0] != pair[1] else ""


def _question_text(outline: Outline, name: str) -> str:
    found: Question | None = next((one for one in outline.questions if one.id == name), None)
    if found is None:
        return ""
    return "\n".join([found.prompt, *found.texts.values()])


class _Text(HTMLParser):
    """Collects the text of a page of ``words``, without its questions, which have their own
    sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.depth = 0
        """Number of open ``div`` from that of a question on."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self.depth or ("class", "question") in attrs):
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "div" and self.depth > 0

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(data)


def _text(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return " ".join(" ".join(parser.parts).split())


def _missing(
    rows: Sequence[Completion],
    made: Sequence[pages.Version],
    reports: Sequence[Report],
    newest: Outline,
) -> Iterator[str]:
    """Yield sentences about what this evidence cannot show."""
    yield (
        "Who is not in a report is not here: the report has only the people who were enrolled and "
        "selected when it was downloaded."
    )
    waiting = [row.name for row in rows if row.result == NOT_STARTED]
    if waiting:
        yield f"Not started: {_listed(waiting)}."
    unknown = [row.name for row in rows if row.result == NOT_REPORTED]
    if unknown:
        yield (
            f"The report does not say which version these people had, and whether they completed "
            f"it: {_listed(unknown)}. Their attempts are from a package that did not report it. A "
            "score at or above the pass mark does not prove that everything was read."
        )
    half = [row.name for row in rows if row.result in ("incomplete", "failed")]
    if half:
        yield f"Not completed, or failed: {_listed(half)}."
    mixed = [row.name for row in rows if row.first_seen != row.last_seen]
    if mixed:
        yield f"Began with one version and ended with another: {_listed(mixed)}."
    labels = {one.label for one in made}
    strange = Counter(label for label in people.seen_labels(reports) if label not in labels)
    for label, count in sorted(strange.items()):
        yield (
            f"Version {label} was seen in {count} attempts, and no package with these words was "
            "given: name it with --package."
        )
    for one in made:
        yield from _missing_approvals(one)
        if not one.outline.wording:
            yield f"Version {one.label}: the package has no codes of its words."
    if not newest.refresh_every:
        yield "The course does not say how long a completion counts (refresh_every)."


def _missing_approvals(one: pages.Version) -> Iterator[str]:
    lacking = [row.part for row in one.approved if row.by == NOT_GIVEN]
    if lacking:
        yield f"Version {one.label}: nobody approved {_listed(lacking)}."
    nameless = [row.part for row in one.approved if row.by == NO_NAME]
    if nameless:
        yield (
            f"Version {one.label}: approved without a name in the package: {_listed(nameless)}. "
            "Name the approvals.yaml of that version with --approvals."
        )


def _listed(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    shown = ", ".join(distinct[:_MOST_LISTED])
    more = len(distinct) - _MOST_LISTED
    return f"{shown} and {more} more" if more > 0 else shown


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
    found = {
        _PEOPLE: pages.people(title, table[0], table[1:], notes),
        **{one.file: pages.version(one) for one in made},
    }
    described = {
        _PEOPLE: "every person and attempt, to read and print",
        _WORKBOOK: "the same as an Excel workbook",
        **{one.file: f"version {one.label}: changes, approvals and words" for one in made},
    }
    sources = [
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in (*request.packages, *request.reports, *request.approvals)
    ]
    day = request.today.isoformat()
    found[_OVERVIEW] = pages.overview(title, day, made, missing, described, sources)
    return found


def _table(rows: Sequence[Completion], headings: Sequence[str]) -> list[tuple[str, ...]]:
    """The headings and the rows of people; ``headings`` are those of the details."""
    width = max((len(row.details) for row in rows), default=0)
    more = [*headings[:width], *[""] * (width - len(headings))]
    found = [("Name", *more, *pages.COLUMNS)]
    for row in rows:
        details = (*row.details, *[""] * (width - len(row.details)))
        found.append((row.name, *details, *pages.cells_of(row)))
    return found


def _sheets(
    table: Sequence[Sequence[str]], made: Sequence[pages.Version], missing: Sequence[str]
) -> dict[str, Sequence[Sequence[str]]]:
    return {
        "People": table,
        "Versions": [
            ("Version", "Package", "Seen by", "Completed by", "Digest of the package"),
            *(
                (one.label, one.package, str(one.people), str(one.completed), one.outline.digest)
                for one in made
            ),
        ],
        "Approvals": [
            ("Version", "Part", "Words", "Code", "Approved by", "On"),
            *(
                (one.label, row.part, row.title, row.code, row.by, row.on)
                for one in made
                for row in one.approved
            ),
        ],
        "Missing": [("What is missing",), *((words,) for words in missing)],
    }


def _write_manifest(folder: Path, request: Request, outline: Outline) -> str:
    """Write the manifest of the files in the folder; returns its SHA-256."""
    files = {path.name: _sha256(path) for path in sorted(folder.iterdir())}
    content = {
        "format": _FORMAT,
        "evidence": "scorm-builder results",
        "course": outline.id,
        "made_on": request.today.isoformat(),
        "files": files,
    }
    path = folder / MANIFEST
    path.write_bytes(f"{json.dumps(content, indent=1, sort_keys=True)}\n".encode())
    return _sha256(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder: Path) -> Checked:
    """Compare the files of evidence with its manifest. Raises ``ReportError``."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_bytes())
        listed = content["files"]
        if content["format"] != _FORMAT or not _are_digests(listed):
            raise ValueError
        seal = _sha256(path)
        present = {one.name: one for one in folder.iterdir() if one.name != MANIFEST}
        problems = tuple(_differences(listed, present))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise ReportError(f"“{folder}” cannot be checked: {MANIFEST}: {reason}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(
            f"“{path}” is not a manifest of evidence, or it was changed. Name a folder that "
            "“scorm-builder results --evidence” made."
        ) from error
    return Checked(len(listed), problems, seal)


def _are_digests(listed: object) -> bool:
    return isinstance(listed, dict) and all(
        isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) for value in listed.values()
    )


def _differences(listed: dict[str, str], present: dict[str, Path]) -> Iterator[str]:
    for name, digest in sorted(listed.items()):
        shown = f"“{escape_controls(name)}”"
        if name not in present:
            yield f"{shown} is missing."
        elif present[name].is_symlink() or not present[name].is_file():
            yield f"{shown} is not a file any more."
        elif _sha256(present[name]) != digest:
            yield f"{shown} was changed."
    yield from _added(present.keys() - listed.keys())


def _added(names: Iterable[str]) -> Iterator[str]:
    for name in sorted(names):
        yield f"“{escape_controls(name)}” was added."
