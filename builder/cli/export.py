"""``scorm-builder export``: writes the questions as a bank, or the course as one page."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli import waiting
from builder.cli.arguments import FOLDER, course_here, reject_course_file
from builder.cli.speaking import Misused, say

if TYPE_CHECKING:
    from builder.exporting.export import Format

_FILE = click.Path(path_type=Path, dir_okay=False)
_FORMATS = ("gift", "moodle-xml", "xlsx", "html")


@click.command(short_help="Write the questions as a bank, or the course as one page.")
@click.argument("course", type=FOLDER, required=False)
@click.option(
    "--to",
    type=click.Choice(_FORMATS),
    required=True,
    help="A bank of the questions: gift, moodle-xml or xlsx; or html, the course as one page.",
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
    help="With html: right answers, feedback and explanations, or none.  [default: none]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def export(
    today: date,
    course: Path | None,
    to: Format,
    output: Path | None,
    answers: bool | None,
    as_json: bool,
) -> None:
    """Write the questions of COURSE as a bank for other programs, or COURSE as one page to read.

    COURSE is this folder, or its folder course, unless you name one. A bank comes back through
    import: what its format cannot say of a question is listed, with its line. The page needs no
    other file, prints well, and is no package: it tracks nothing.

    Exits with 0 when the file was written, 1 when it was not, 2 when the command is wrong.
    """
    from builder.cli.report import exported
    from builder.exporting import export as exporting

    folder = course or course_here()
    if answers is not None and to != "html":
        raise Misused(f"“--answers” and “--no-answers” are for html: {to} always has the answers.")
    endings = exporting.EXPORTS[to]
    if output and output.suffix.lower() not in endings:
        raise Misused(f"“{output}” has to end with {' or '.join(endings)}.")
    reject_course_file(output, folder)
    with waiting.show_message("Writing the course …"):
        made = exporting.export(exporting.Export(folder, to, output, bool(answers), today))
    if as_json:
        say(exported.as_json(made))
    else:
        say(exported.text(made, folder), wrong=not made.made)
    sys.exit(0 if made.made else 1)
