"""``scorm-builder results``: says from an LMS's reports which questions need work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.base.printing import escape_controls
from builder.cli.terminal import (
    FOLDER,
    JSON,
    PACKAGE,
    Misused,
    reject_course_file,
    say,
    show_message,
    write_report,
)

if TYPE_CHECKING:
    from builder.results.analysis import Results


def _check_evidence(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    """Check a folder of evidence instead of reading reports."""
    if folder is None:
        return
    from builder.cli.report import evidence
    from builder.results.evidence import manifest
    from builder.results.reading.tables import ReportError

    try:
        checked = manifest.check(folder)
    except ReportError as error:
        raise Misused(str(error)) from error
    say(evidence.checked_text(checked))
    context.exit(1 if checked.problems else 0)


@click.command(short_help="Say from an LMS's reports which questions need work.")
@click.argument("reports", type=PACKAGE, nargs=-1, required=True, metavar="REPORT…")
@click.option(
    "--package",
    "packages",
    type=PACKAGE,
    multiple=True,
    required=True,
    metavar="FILE.zip",
    help="The package in the LMS; repeat it for each version and language that trainees had.",
)
@click.option(
    "--course",
    type=FOLDER,
    metavar="FOLDER",
    help="The course folder, to report the line of each question.  [default: the current folder, "
    "if it has the course of the packages]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="FILE.html: write the report as a page to read in a browser, and to print. FILE.xlsx: "
    "write the figures as an Excel workbook. FILE.json: write everything for the preview and for "
    "scripts. With --evidence: the folder to make.",
)
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Write the figures as CSV.",
)
@JSON
@click.option(
    "--texts",
    is_flag=True,
    help="Also show what trainees typed. It can contain names and confidential details.",
)
@click.option(
    "--names",
    is_flag=True,
    help="Also name the people whose rows do not count, such as those who are half-way.",
)
@click.option(
    "--evidence",
    is_flag=True,
    help="Make evidence for an inspection in a new folder: the words of each version, who approved "
    "them, who completed which version. It names people.",
)
@click.option(
    "--approvals",
    type=PACKAGE,
    multiple=True,
    metavar="FILE",
    help="With --evidence: an approvals.yaml with the names; repeat it for each version.",
)
@click.option(
    "--person",
    metavar="NAME",
    help="With --evidence: only this person, by name, e-mail address or ID as in the report.",
)
@click.option(
    "--check",
    type=FOLDER,
    metavar="FOLDER",
    is_eager=True,
    expose_value=False,
    callback=_check_evidence,
    help="Check whether evidence in a folder was changed, and do nothing else.",
)
@click.pass_obj
def results(
    today: date,
    reports: tuple[Path, ...],
    packages: tuple[Path, ...],
    course: Path | None,
    output: Path | None,
    table: Path | None,
    as_json: bool,
    texts: bool,
    names: bool,
    evidence: bool,
    approvals: tuple[Path, ...],
    person: str | None,
) -> None:
    """Say from an LMS's reports which questions need work.

    REPORT is Moodle's interactions report, as text, ODS or Excel, with the boxes “Summary of
    question”, “Summary of responses”, “Summary of right answer” and “Summary of result” ticked; or
    a CSV file with the columns in docs/results.md. Give several to join groups, sites or months.

    No name, e-mail address or id of a person is in the output, and groups of fewer than five people
    are pooled. Only --evidence and --names are about people. Nothing is sent anywhere.

    Exits with 0 if the reports were read, 1 if --check finds a change, 2 if a report was not read
    or the command is wrong.
    """
    from builder.cli.report import results_formats, results_text
    from builder.results import analysis
    from builder.results.reading.tables import ReportError

    folder = _course(course)
    if evidence:
        others = {"--csv": table, "--json": as_json, "--texts": texts, "--names": names}
        target = _evidence_folder(output, folder, others)
        _make_evidence(today, reports, packages, approvals, target, person or "")
        return
    if approvals or person:
        raise Misused("--approvals and --person belong to --evidence: add it, with -o FOLDER.")
    _check_outputs({"-o": output, "--csv": table}, (*reports, *packages), folder)
    request = analysis.Request(reports, packages, folder, texts, names, today)
    with show_message("Reading the reports …"):
        try:
            found = analysis.analyse(request)
        except ReportError as error:
            raise Misused(str(error)) from error
    files = _files(found, today, output, table)
    for path, content in files.items():
        write_report(path, content)
    say(results_formats.as_json(found) if as_json else results_text.text(found))
    for path in files:
        say(f"Wrote {escape_controls(str(path))}.", wrong=as_json)


def _files(
    found: Results, today: date, output: Path | None, table: Path | None
) -> dict[Path, bytes]:
    """The content of each file to write; the end of a name says in which format."""
    from builder.cli.report import results_formats, results_page
    from builder.results import workbook

    files: dict[Path, bytes] = {}
    if output is not None:
        match output.suffix.lower():
            case ".json":
                files[output] = f"{results_formats.as_json(found)}\n".encode()
            case ".xlsx":
                files[output] = workbook.content(results_formats.as_sheets(found), today)
            case _:
                files[output] = results_page.as_page(found).encode()
    if table is not None:
        files[table] = results_formats.as_csv(found)
    return files


def _evidence_folder(
    output: Path | None, course: Path | None, options: Mapping[str, object]
) -> Path:
    """The folder to make. Raises ``Misused`` if none is named, if it would replace a file of the
    course, or if another output is requested: evidence names people, so it is never combined with
    other output."""
    if given := [name for name, value in options.items() if value]:
        raise Misused(
            f"{' and '.join(given)} cannot be used with --evidence, because evidence names people. "
            "Run the command twice."
        )
    if output is None:
        raise Misused("--evidence needs a folder to make: add -o evidence")
    if course is not None:
        reject_course_file(output, course)
    return output


def _make_evidence(
    today: date,
    reports: tuple[Path, ...],
    packages: tuple[Path, ...],
    approvals: tuple[Path, ...],
    output: Path,
    person: str,
) -> None:
    from builder.cli.report import evidence
    from builder.results.evidence import pack
    from builder.results.reading.tables import ReportError

    with show_message("Making the evidence …"):
        try:
            made = pack.make(pack.Request(reports, packages, approvals, output, person, today))
        except ReportError as error:
            raise Misused(str(error)) from error
    say(evidence.made_text(made, output))


def _course(named: Path | None) -> Path | None:
    """The folder of the course: the one named, or the current folder or its folder ``course``."""
    if named is not None:
        if not (named / "course.yaml").is_file():
            raise Misused(f"“{named}” is not a course: it has no file course.yaml.")
        return named
    found = (one for one in (Path(), Path("course")) if (one / "course.yaml").is_file())
    return next(found, None)


def _check_outputs(
    outputs: dict[str, Path | None], inputs: tuple[Path, ...], course: Path | None
) -> None:
    """Raise ``Misused`` if a file to write has the wrong ending, is no regular file, or is a file
    that is read or part of the course."""
    endings = {"-o": (".html", ".json", ".xlsx", ".htm"), "--csv": (".csv",)}
    for option, path in outputs.items():
        if path is None:
            continue
        if path.suffix.lower() not in endings[option]:
            raise Misused(f"“{path}” must end with {' or '.join(endings[option][:3])}.")
        if path.exists() and not path.is_file():
            raise Misused(f"“{path}” is not a regular file. Write to another place.")
        if any(path.exists() and path.samefile(one) for one in inputs):
            raise Misused(f"“{path}” is a file that is read. Give the report another name.")
        if course is not None:
            reject_course_file(path, course)
