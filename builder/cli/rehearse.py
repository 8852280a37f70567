"""``scorm-builder rehearse``: predicts what trainees who started one package see in another."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from builder.cli.terminal import COURSE, JSON, PACKAGE, Misused, say, show_message


@click.command(short_help="Show what trainees who have started will see in a new package.")
@click.argument("old", type=COURSE)
@click.argument("new", type=COURSE)
@click.option(
    "--states",
    type=PACKAGE,
    metavar="FILE.csv",
    help="An export of saved states from the LMS, with a column suspend_data, or with element and "
    "value.",
)
@click.option("--details", is_flag=True, help="Print what each trainee sees.")
@JSON
@click.pass_obj
def rehearse(
    today: date, old: Path, new: Path, states: Path | None, details: bool, as_json: bool
) -> None:
    """Show what trainees who started OLD will see in NEW, before it is uploaded.

    OLD is the package in the LMS, NEW the package that will replace it. Either can also be a course
    folder. With --states, the trainees are those of the export; without it, one trainee is
    generated for each stage of progress through OLD, and one who has failed. Answers are not
    printed.

    Exits with 0 if everybody keeps everything that they did, 1 if somebody does not or a saved
    state cannot be read, 2 if the command is wrong.
    """
    from builder.cli import report
    from builder.cli.report import rehearsal
    from builder.updating import ExportError, commands

    try:
        with show_message("Rehearsing with every trainee …"):
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
