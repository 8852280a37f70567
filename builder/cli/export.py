"""``scorm-builder export``: writes the questions of a course as a question bank, or the course as
one web page."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.terminal import (
    COURSE_FOLDER,
    JSON,
    Misused,
    course_here,
    language_of_course,
    reject_course_file,
    say,
    show_message,
)

if TYPE_CHECKING:
    from builder.exporting.export import Format

_FILE = click.Path(path_type=Path, dir_okay=False)
_FORMATS = ("gift", "moodle-xml", "xlsx", "html")


@click.command(short_help="Write a question bank, or the course as one web page.")
@click.argument("course", type=COURSE_FOLDER, required=False)
@click.option(
    "--to",
    type=click.Choice(_FORMATS),
    required=True,
    help="gift, moodle-xml or xlsx for a question bank, or html for the course as one web page.",
)
@click.option(
    "-o",
    "--output",
    type=_FILE,
    metavar="FILE",
    help="The file to write.  [default: dist/ID-VERSION with the ending of the format]",
)
@click.option(
    "--answers/--no-answers",
    default=None,
    help="With html: whether the page has right answers, feedback and explanations.  [default: "
    "none]",
)
@click.option(
    "--language",
    default="",
    metavar="TAG",
    help="Export a translation, such as pl.  [default: the source language]",
)
@JSON
@click.pass_obj
def export(
    today: date,
    course: Path | None,
    to: Format,
    output: Path | None,
    answers: bool | None,
    language: str,
    as_json: bool,
) -> None:
    """Write the questions of COURSE as a question bank, or COURSE as one web page to read.

    COURSE is the current folder or its folder “course”, unless you name another. A bank can be
    imported again. Anything in a question that its format does not support is listed with its line.
    The page needs no other file and can be printed. It is not a package: it tracks nothing.

    Exits with 0 if the file was written, 1 if it was not, 2 if the command is wrong.
    """
    from builder.cli.report import exported
    from builder.exporting import export as exporting

    folder = course or course_here()
    if answers is not None and to != "html":
        raise Misused(
            f"“--answers” and “--no-answers” only work with html: {to} always has the answers."
        )
    endings = exporting.EXPORTS[to]
    if output and output.suffix.lower() not in endings:
        raise Misused(f"“{output}” must end with {' or '.join(endings)}.")
    reject_course_file(output, folder)
    request = exporting.Export(folder, to, output, bool(answers), today, language)
    with language_of_course(language, folder), show_message("Writing the course …"):
        made = exporting.export(request)
    if as_json:
        say(exported.as_json(made))
    else:
        say(exported.text(made, folder), wrong=not made.made)
    sys.exit(0 if made.made else 1)
