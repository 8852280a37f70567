"""``scorm-builder diff``: explains what an edit means for trainees who have begun."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from builder.cli import waiting
from builder.cli.arguments import COURSE
from builder.cli.speaking import say


@click.command(short_help="Say what an edit means for trainees who have begun.")
@click.argument("old", type=COURSE)
@click.argument("new", type=COURSE)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def diff(today: date, old: Path, new: Path, as_json: bool) -> None:
    """Say what an edit means for trainees who have begun.

    OLD is the package that the LMS has, NEW the one that will take its place; either can also be a
    course folder. Exits with 0 when nothing is lost; with 1 when something is, or an edit looks
    like a mistake; with 2 when the command is wrong, or one of the two cannot be read. Lost means:
    something that a trainee may have done has to be done again, or does not count any more.
    """
    from builder.cli import report
    from builder.cli.report import comparison
    from builder.updating import commands

    with waiting.show_message("Comparing the courses …"):
        compared, problems = commands.diff(old, new, today)
    if compared is None:
        say(report.problems(problems), wrong=True)
        sys.exit(2)
    if as_json:
        say(comparison.as_json(compared))
    else:
        say(comparison.text(compared))
    sys.exit(0 if compared.safe else 1)
