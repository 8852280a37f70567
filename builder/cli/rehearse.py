"""``scorm-builder rehearse``: predicts what trainees who began with another package see."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from builder.cli import waiting
from builder.cli.arguments import COURSE, PACKAGE
from builder.cli.speaking import Misused, say


@click.command(short_help="Tell what trainees who have begun will see in a new package.")
@click.argument("old", type=COURSE)
@click.argument("new", type=COURSE)
@click.option(
    "--states",
    type=PACKAGE,
    metavar="FILE.csv",
    help="What an LMS has kept: a column suspend_data, or element and value.",
)
@click.option("--details", is_flag=True, help="Print what each trainee sees.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def rehearse(
    today: date, old: Path, new: Path, states: Path | None, details: bool, as_json: bool
) -> None:
    """Tell what trainees who began with OLD see in NEW, before it is uploaded.

    OLD is the package that the LMS has, NEW the one that will take its place; either can also be a
    course folder. Without --states there is one trainee for every stage of the
    way through OLD; with it, those of the LMS. Nobody's answers are printed.

    Exits with 0 when everybody keeps everything that they have done, 1 when somebody does not or a
    saved state cannot be read, 2 when the command is wrong.
    """
    from builder.cli import report
    from builder.cli.report import rehearsal
    from builder.updating import ExportError, commands

    try:
        with waiting.show_message("Rehearsing with every trainee …"):
            rehearsed, problems = commands.rehearse(old, new, states, today)
    except ExportError as error:
        raise Misused(str(error)) from error
    if rehearsed is None:
        say(report.problems(problems), wrong=True)
        sys.exit(2)
    if as_json:
        say(rehearsal.as_json(rehearsed))
    else:
        say(rehearsal.text(rehearsed, details))
    sys.exit(0 if rehearsed.whole else 1)
