"""``scorm-builder review``: a document for a subject expert, and what comes back of it."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click

from builder.cli import waiting
from builder.cli.arguments import FOLDER, beside_course, course_here
from builder.cli.speaking import Misused, say

_FILE = click.Path(path_type=Path, dir_okay=False)
_BACK = click.Path(path_type=Path, exists=True, dir_okay=False)
_NUMBERS = re.compile(r"(?P<first>\d{1,6})(?:-(?P<last>\d{1,6}))?")
_EVERY = "all"


@click.command(short_help="Write a document for a subject expert, or read it back.")
@click.argument("course", type=FOLDER, required=False)
@click.option(
    "-o",
    "--output",
    type=_FILE,
    metavar="FILE",
    help="The document to write, .docx or .html.  [default: dist/ID-VERSION-review.docx]",
)
@click.option(
    "--read",
    "back",
    type=_BACK,
    metavar="FILE.docx",
    help="Read a document that came back: list its comments and its changed words.",
)
@click.option(
    "--apply",
    "chosen",
    multiple=True,
    metavar="N",
    help="With --read: put these changes into the course, by their numbers, such as 1,4-6; or all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def review(
    today: date,
    course: Path | None,
    output: Path | None,
    back: Path | None,
    chosen: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write all that trainees can meet in COURSE as one document for a subject expert.

    It has every page, question and answer in order, what makes the course a draft, and a sheet to
    approve it on. Experts write comments and change words with tracked changes, in Word,
    LibreOffice or Google Docs; --read then says where in the files of COURSE each belongs, and
    --apply puts changed words there where the place is sure.

    Exits with 0 when all was done, 1 when there are problems, 2 when the command is wrong.
    """
    if chosen and not back:
        raise Misused("--apply goes with --read: name the document that came back.")
    if output and back:
        raise Misused("--output is for a document to write: leave it out with --read.")
    folder = course or course_here()
    if back:
        _read(folder, back, today, chosen, as_json)
    else:
        _write(folder, output, today, as_json)


def _write(folder: Path, output: Path | None, today: date, as_json: bool) -> None:
    from builder import reviewing
    from builder.report import reviewed

    if output and output.suffix.lower() not in reviewing.REVIEWS:
        raise Misused(f"“{output}” has to end with {' or '.join(reviewing.REVIEWS)}.")
    beside_course(output, folder)
    with waiting.told("Making the review document …"):
        made = reviewing.review(folder, output, today)
    if as_json:
        say(reviewed.made_as_json(made))
    else:
        say(reviewed.made(made, folder), wrong=not made.made)
    sys.exit(0 if made.made else 1)


def _read(folder: Path, back: Path, today: date, chosen: tuple[str, ...], as_json: bool) -> None:
    from builder import reviewing
    from builder.report import reviewed

    every = _EVERY in chosen
    numbers = None if every or not chosen else tuple(_numbered(chosen))
    with waiting.told(f"Reading {back.name} …"):
        result = reviewing.read_review(folder, back, today, numbers, every)
    if as_json:
        say(reviewed.as_json(result))
    else:
        say(reviewed.text(result, folder, back), wrong=bool(result.diagnostics))
    sys.exit(1 if result.diagnostics else 0)


def _numbered(chosen: tuple[str, ...]) -> list[int]:
    numbers: list[int] = []
    for part in (part.strip() for text in chosen for part in text.split(",")):
        found = _NUMBERS.fullmatch(part)
        if not found:
            raise Misused(f"“{part}” is no number of a change: write 1,4-6, or all.")
        first = int(found["first"])
        last = int(found["last"] or first)
        if last - first > 10_000:
            raise Misused(f"“{part}” are more changes than any document has.")
        numbers.extend(range(first, last + 1))
    return numbers
