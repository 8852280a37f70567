"""``scorm-builder audit``: predicts how a SCORM package of any authoring tool behaves in LMSs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.base.printing import escape_controls
from builder.cli.terminal import COURSE, Misused, say, show_message, write_report

if TYPE_CHECKING:
    from builder.audit import Audited

_FORMATS = ("text", "json", "sarif", "html", "junit")


@click.command(short_help="Check how any SCORM package will behave in LMSs.")
@click.argument("package", type=COURSE, metavar="FILE.zip|FOLDER")
@click.option(
    "--lms",
    metavar="NAME,…",
    help="Report only findings for these LMSs, such as moodle,docebo.",
)
@click.option(
    "--against",
    type=COURSE,
    metavar="OLD.zip",
    help="Also report what happens to trainees who started OLD when this package replaces it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="html is a page to read in a browser; sarif and junit are for CI.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning")),
    default="error",
    show_default=True,
    help="Exit with 1 if a finding has at least this severity.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report to this file.",
)
def audit(
    package: Path,
    lms: str | None,
    against: Path | None,
    form: str,
    fail_on: str,
    output: Path | None,
) -> None:
    """Check how any SCORM package will behave in the LMSs that people use.

    FILE.zip or FOLDER is a SCORM package of any authoring tool. The command reads its files; it
    neither runs them nor sends anything. To walk through a package, use “preview”.

    Exits with 0 if no finding has the severity of --fail-on, 1 if one has, 2 if the command is
    wrong.
    """
    from builder import audit as auditing
    from builder.diagnostics.diagnostic import Severity

    systems = _systems(lms)
    if output is not None:
        _check_output(output, (package, *([against] if against else [])))
    with show_message("Reading the package …"):
        audited = auditing.audit(package, systems, against)
    _write_report(audited, form, output)
    sys.exit(1 if audited.fails_on(Severity(fail_on)) else 0)


def _systems(names: str | None) -> tuple[str, ...]:
    from builder.audit import SYSTEMS
    from builder.diagnostics.codes import did_you_mean

    if names is None:
        return tuple(SYSTEMS)
    asked = [name.strip().lower() for name in names.split(",") if name.strip()]
    for name in asked:
        if name not in SYSTEMS:
            near = did_you_mean(name, SYSTEMS)
            known = ", ".join(SYSTEMS)
            raise Misused(f"There is no LMS “{name}”.{near} Known LMSs: {known}.")
    if not asked:
        raise Misused("--lms names no LMS.")
    return tuple(asked)


def _write_report(audited: Audited, form: str, output: Path | None) -> None:
    from builder.cli.report.audit_formats import FORMATS
    from builder.cli.report.audit_text import summary_sentence

    text = FORMATS[form](audited)
    if output is None:
        say(text)
        return
    write_report(output, f"{click.unstyle(text)}\n".encode())
    say(f"{summary_sentence(audited)} The report is in {escape_controls(str(output))}.")


def _check_output(output: Path, packages: Iterable[Path]) -> None:
    """Raise ``Misused`` if the report must not be written to ``output``: a package, a file in a
    package's folder, or a pipe, which may have no reader."""
    place = Path(os.path.realpath(output))
    exists = os.access(output, os.F_OK)
    for package in packages:
        if exists and output.samefile(package):
            raise Misused(f"“{output}” is the package itself: give the report another name.")
        if package.is_dir() and place.is_relative_to(os.path.realpath(package)):
            raise Misused(
                f"“{output}” is inside the package's folder: write the report to a file outside it."
            )
    if exists and output.is_fifo():
        raise Misused(f"“{output}” is a pipe. Leave out -o to print the report.")
