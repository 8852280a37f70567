"""``scorm-builder results``: says from an LMS's reports which questions need work."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from builder.base import temporary
from builder.base.printing import escape_controls
from builder.cli.terminal import (
    FOLDER,
    PACKAGE,
    Misused,
    reject_course_file,
    say,
    show_message,
)

_FILE = click.Path(path_type=Path, dir_okay=False)


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
    help="The course folder, for the lines of questions.  [default: the course here, if it is the "
    "same]",
)
@click.option(
    "-o",
    "--output",
    type=_FILE,
    metavar="FILE.html",
    help="Write the report as a page to read in a browser, and to print.",
)
@click.option("--csv", "table", type=_FILE, metavar="FILE.csv", help="Write the figures as CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
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
) -> None:
    """Say from an LMS's reports which questions need work.

    REPORT is Moodle's interactions report, as text, ODS or Excel, with the boxes “Summary of
    question”, “Summary of responses”, “Summary of right answer” and “Summary of result” ticked; or
    a CSV file with the columns in docs/results.md. Give several to join groups, sites or months.

    No name, e-mail address or id of a person is in the output, and groups of fewer than five people
    are pooled. Nothing is sent anywhere.

    Exits with 0 if the reports were read, 2 if one was not or the command is wrong.
    """
    from builder.cli.report import results_formats, results_page, results_text
    from builder.results import analysis
    from builder.results.reading.tables import ReportError

    folder = _course(course)
    _check_outputs({"-o": output, "--csv": table}, (*reports, *packages), folder)
    request = analysis.Request(reports, packages, folder, texts, names, today)
    with show_message("Reading the reports …"):
        try:
            found = analysis.analyse(request)
        except ReportError as error:
            raise Misused(str(error)) from error
    if table is not None:
        _write(table, results_formats.as_csv(found))
    if output is not None:
        _write(output, results_page.as_page(found).encode())
    if as_json:
        say(results_formats.as_json(found))
    else:
        say(results_text.text(found))
    for path in filter(None, (output, table)):
        say(f"Wrote {escape_controls(str(path))}.", wrong=as_json)


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
    """Raise ``Misused`` if a file to write has the wrong ending, or is a file that is read."""
    endings = {"-o": (".html", ".htm"), "--csv": (".csv",)}
    for option, path in outputs.items():
        if path is None:
            continue
        if path.suffix.lower() not in endings[option]:
            raise Misused(f"“{path}” must end with {endings[option][0]}.")
        if any(path.exists() and path.samefile(one) for one in inputs):
            raise Misused(f"“{path}” is a file that is read. Give the report another name.")
        if course is not None:
            reject_course_file(path, course)


def _write(path: Path, content: bytes) -> None:
    try:
        if path.exists() and not path.is_file():
            raise Misused(f"“{os.fspath(path)}” is not a regular file. Write to another place.")
        temporary.write_atomically(path, lambda new: new.write_bytes(content))
    except OSError as error:
        reason = temporary.REASONS.get(error.errno or 0, error.strerror or "it cannot be written")
        raise Misused(f"The report cannot be written to “{path}”: {reason}.") from error
