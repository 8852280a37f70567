"""``scorm-builder import``: a course of what was written elsewhere."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from builder.cli import waiting
from builder.cli.arguments import FOLDER, PACKAGE
from builder.cli.speaking import Misused, say
from builder.slugs import slug

PAGES = ("heading-1", "heading-2", "auto")


@click.command("import")
@click.argument("file", type=PACKAGE)
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    metavar="COURSE",
    help="The folder of the new course.  [default: made of the file's name]",
)
@click.option(
    "--into",
    type=FOLDER,
    metavar="COURSE",
    help="Import again: bring what has changed in FILE into the course that was made of it.",
)
@click.option(
    "--pages",
    type=click.Choice(PAGES),
    help="Which headings begin a page.  [default: auto; with --into as it was]",
)
@click.option("--dry-run", is_flag=True, help="Show the pages that would come, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def import_(
    today: date,
    file: Path,
    output: Path | None,
    into: Path | None,
    pages: Any,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a course of FILE, a Word document, or bring its changes into one.

    Headings make pages; questions, records, contacts and further reading become what they are in a
    course. The report counts what came in and what came out, and lists the rest. What is made
    builds at once, as a draft; what it lists is for a person to decide. Nothing is overwritten: a
    new course takes a new or an empty folder, and with --into your own edits stay.

    Exits with 0 when the course was made; 1 when it was not, when it lacks words of FILE, or when
    both you and FILE have changed something; 2 when the command is wrong.
    """
    from builder import importing, report
    from builder.report import imported as reporter

    if output and into:
        raise Misused("“-o” makes a new course, “--into” changes one: leave one of the two out.")
    folder = into or output or Path(slug(file.stem) or "course")
    request = importing.Request(file, folder, pages, today, bool(into), dry_run)
    try:
        with waiting.told(f"Importing {file.name} …"):
            made, problems = importing.run(request)
    except importing.RefusedError as error:
        raise Misused(str(error)) from error
    if made is None:
        say(report.problems(problems), wrong=True)
        sys.exit(1)
    say(reporter.as_json(made, problems) if as_json else reporter.text(made, problems))
    sys.exit(0 if reporter.whole(made) else 1)
