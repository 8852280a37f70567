"""``scorm-builder build``: makes the package of a course."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from builder.cli import waiting
from builder.cli.arguments import FOLDER, PACKAGE, course_here
from builder.cli.speaking import Misused, say


@click.command(short_help="Make the package of a course.")
@click.argument("course", type=FOLDER, required=False)
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    default="dist",
    show_default=True,
    metavar="DIR",
    help="The folder that the package and its key are written to.",
)
@click.option(
    "--release",
    is_flag=True,
    help="Refuse to make a draft: list all that is unset, unapproved or overdue.",
)
@click.option("--strict", is_flag=True, help="Refuse warnings, other than those that make a draft.")
@click.option(
    "--since",
    type=PACKAGE,
    metavar="OLD.zip",
    help="Compare with the package that trainees have begun with: warn of all that they lose.",
)
@click.option("--verbose", is_flag=True, help="List every problem, also those that are alike.")
@click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    hidden=True,
    help="Ignored: there is no cache any more. Accepted for one release.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def build(
    today: date,
    course: Path | None,
    output: Path,
    release: bool,
    strict: bool,
    since: Path | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """Make the package of COURSE.

    COURSE is a folder with a course.yaml: by default this folder, or its folder “course”. Exits
    with 0 when the package was made, 1 when there are problems, 2 when the command is wrong.
    """
    from builder.cli import report
    from builder.package import pipeline
    from builder.updating import commands

    if output.suffix.lower() == ".zip" and not output.is_dir():
        raise Misused(
            f"“{output}” looks like the name of a package: -o takes the folder for it. The package "
            "is called by the id and the version of its course."
        )
    folder = course or course_here()
    request = pipeline.Request(
        course=folder,
        output=output,
        release=release,
        strict=strict,
        today=today,
        since=commands.since(since) if since else None,
    )
    with waiting.show_message("Building the package …"):
        result = pipeline.build(request)
    if as_json:
        say(report.as_json(result))
    else:
        say(report.text(result, folder, verbose), wrong=not result.made)
    sys.exit(0 if result.made else 1)
