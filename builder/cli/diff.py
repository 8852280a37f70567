"""``scorm-builder diff``: explains what an edit of a course means for trainees who have started."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from builder.cli.terminal import COURSE, JSON, OUTCOME_QUESTIONS, say, show_message


@click.command(short_help="Show what an edit means for trainees who have started.")
@click.argument("old", type=COURSE)
@click.argument("new", type=COURSE)
@JSON
@click.pass_obj
def diff(today: date, old: Path, new: Path, as_json: bool) -> None:
    """Show what an edit means for trainees who have started.

    OLD is the package in the LMS, NEW the package that will replace it. Either can also be a course
    folder. Something is lost if a trainee who has done it must do it again, or if it no longer
    counts. If NEW is a folder, this also shows what a refresher (build --refresher) would ask of
    people who completed OLD.

    Exits with 0 if nothing is lost; 1 if something is lost, or an edit looks like a mistake; 2 if
    the command is wrong, or OLD or NEW cannot be read.
    """
    from builder.cli import report
    from builder.cli.report import comparison
    from builder.updating import commands

    with show_message("Comparing the courses …"):
        compared, problems = commands.diff(old, new, today, OUTCOME_QUESTIONS)
    if compared is None:
        say(report.problems(problems), wrong=True)
        sys.exit(2)
    if as_json:
        say(comparison.as_json(compared))
    else:
        say(comparison.text(compared))
    sys.exit(0 if compared.safe else 1)
