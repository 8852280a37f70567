"""``scorm-builder rehearse``: what trainees see who began with another package."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli.arguments import PACKAGE
from builder.cli.speaking import Misused, say


@click.command()
@click.argument("old", type=PACKAGE)
@click.argument("new", type=PACKAGE)
@click.option(
    "--states",
    type=PACKAGE,
    metavar="FILE.csv",
    help="What an LMS has kept: a column suspend_data, or element and value.",
)
@click.option("--details", is_flag=True, help="Print what each trainee sees.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def rehearse(old: Path, new: Path, states: Path | None, details: bool, as_json: bool) -> None:
    """Tell what trainees who began with OLD see in NEW, before it is uploaded.

    OLD and NEW are packages (zips). Without --states there is one trainee for every stage of the
    way through OLD; with it, those of the LMS. Nobody's answers are printed.

    Exits with 0 when everybody keeps everything that they have done, 1 when somebody does not or a
    saved state cannot be read, 2 when the command is wrong.
    """
    from builder import pipeline, report

    rehearsal, problems = pipeline.rehearse(old, new, states)
    if rehearsal is None:
        raise Misused(*problems)
    if as_json:
        say(report.rehearsal.as_json(rehearsal))
    else:
        say(report.rehearsal.text(rehearsal, details))
    sys.exit(0 if rehearsal.whole else 1)
