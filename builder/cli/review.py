"""``scorm-builder review``: writes a review document, reads a returned one, or lists and closes the
remarks of reviewers."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.base.printing import quoted
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
    from builder.exporting.saved_remarks import Closed

_FILE = click.Path(path_type=Path, dir_okay=False)
_RETURNED_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_NUMBERS = re.compile(r"(?P<first>\d{1,6})(?:-(?P<last>\d{1,6}))?")
_ALL = "all"
_PLACEHOLDERS = ("REASON", "…", "...")
"""Placeholders for the reason, as messages show them, which are not accepted as a reason."""
_MAX_CODES = 5
"""Maximum number of remark codes that a message lists."""


@click.command(short_help="Write a document for a subject expert, or read it back.")
@click.argument("course", type=COURSE_FOLDER, required=False)
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
    type=_RETURNED_FILE,
    metavar="FILE.docx",
    help="Read a returned document: list its comments and its changes.",
)
@click.option(
    "--apply",
    "chosen",
    multiple=True,
    metavar="N",
    help="With --read: apply these changes to the course, by number, such as 1,4-6, or all.",
)
@click.option(
    "--language",
    default="",
    metavar="TAG",
    help="The document of a translation, such as pl: each text with its translation beside it.",
)
@click.option(
    "--whole", is_flag=True, help="Write all parts, also those that are approved as they are now."
)
@click.option("--remarks", "listed", is_flag=True, help="List the remarks saved in COURSE.")
@click.option(
    "--resolve",
    multiple=True,
    metavar="CODE",
    help="Close these remarks as done. --remarks lists their codes; you can shorten a code to its "
    "first letters.",
)
@click.option("--decline", multiple=True, metavar="CODE", help="Close these remarks as declined.")
@click.option("--reason", metavar="TEXT", help="With --decline: the reason.")
@JSON
@click.pass_obj
def review(
    today: date,
    course: Path | None,
    output: Path | None,
    back: Path | None,
    chosen: tuple[str, ...],
    language: str,
    whole: bool,
    listed: bool,
    resolve: tuple[str, ...],
    decline: tuple[str, ...],
    reason: str | None,
    as_json: bool,
) -> None:
    """Write everything that trainees can see in COURSE to a document for a subject expert.

    The document has every page, question and answer in order, the open points of a draft, and a
    statement to confirm. Experts write comments and tracked changes, in Word, LibreOffice or Google
    Docs. --read then lists where each belongs in the files of COURSE, and --apply applies changes
    that have exactly one place.

    Once some parts are approved, the document has only the others: those that are new, and those
    that have changed since. --whole writes all.

    With --language, the document has each text beside its translation, and changes in it go to the
    PO file of this language. --read recognizes such a document without --language.

    --read also saves the remarks in remarks.yaml. A release is refused until each of them is closed
    with --resolve or --decline.

    Exits with 0 if all was done, 1 if there are problems, 2 if the command is wrong.
    """
    if chosen and not back:
        raise Misused("--apply needs --read with the returned document.")
    closing = _closing(resolve, decline, reason)
    ways = [bool(output), bool(back), listed, bool(resolve), bool(decline)]
    if sum(ways) > 1:
        raise Misused("Give only one of --output, --read, --remarks, --resolve and --decline.")
    if whole and (back or listed or closing):
        raise Misused("--whole only works when a document is written.")
    if language and (listed or closing):
        raise Misused(
            "--language only works with documents: --remarks lists those of all languages."
        )
    folder = course or course_here()
    if listed or closing:
        _remarks(folder, today, closing, as_json)
    elif back:
        _read(folder, back, today, chosen, language, as_json)
    else:
        _write(folder, output, today, language, whole, as_json)


@dataclass(frozen=True, slots=True)
class _Closing:
    """The remarks to close, by their codes as the author typed them, and the state that they
    get."""

    typed: tuple[str, ...]
    state: Closed
    reason: str = ""


def _closing(
    resolve: tuple[str, ...], decline: tuple[str, ...], reason: str | None
) -> _Closing | None:
    words = " ".join((reason or "").split())
    if reason is not None and not decline:
        raise Misused("--reason only works with --decline.")
    if decline and (not words or words in _PLACEHOLDERS):
        raise Misused("Say why it is declined: add --reason and a sentence in quotation marks.")
    split = re.compile(r"[,\s]+")
    codes = tuple(one for text in resolve or decline for one in split.split(text) if one)
    if (resolve or decline) and not codes:
        raise Misused("Name a remark by its code, as --remarks lists it.")
    return _Closing(codes, "done" if resolve else "declined", words) if codes else None


def _remarks(folder: Path, today: date, closing: _Closing | None, as_json: bool) -> None:
    """List the remarks of a course, or close those in ``closing``."""
    from builder.cli.report import remarks as reporter
    from builder.exporting import reviewing

    remarks, problems = reviewing.remarks(folder, today)
    if remarks is None:
        say(
            reporter.refused_json(problems) if as_json else reporter.refused_text(problems, folder),
            wrong=True,
        )
        sys.exit(1)
    if closing is None:
        say(reporter.list_json(remarks) if as_json else reporter.list_text(remarks, folder))
        return
    ids = _find_remarks([remark.id for remark, _ in remarks], closing.typed, folder)
    problems = reviewing.close(folder, ids, closing.state, closing.reason)
    if problems:
        say(
            reporter.refused_json(problems) if as_json else reporter.refused_text(problems, folder),
            wrong=True,
        )
        sys.exit(1)
    now, _ = reviewing.remarks(folder, today)
    left = now if now is not None else remarks
    say(reporter.list_json(left) if as_json else reporter.closed_text(left, ids, folder))


def _find_remarks(known: Sequence[str], typed: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Find the remarks whose codes start as typed, each once; raises ``Misused`` if not exactly one
    remark matches. ``known`` are all codes."""
    found: dict[str, None] = {}
    for text in typed:
        plain = text.upper().replace("-", "")
        near = [one for one in known if one.replace("-", "").startswith(plain)]
        if plain and len(near) == 1:
            found[near[0]] = None
        elif near and plain:
            some = ", ".join(near[:_MAX_CODES])
            raise Misused(f"“{text}” matches several remarks: {some}. Write more of the code.")
        else:
            listing = f"To list the codes: scorm-builder review {quoted(str(folder))} --remarks"
            number = " Give its code, not its number in a list." if text.isdecimal() else ""
            raise Misused(f"The course has no remark “{text}”.{number}", listing)
    return tuple(found)


def _write(
    folder: Path, output: Path | None, today: date, language: str, whole: bool, as_json: bool
) -> None:
    from builder.cli.report import reviewed
    from builder.exporting import reviewing

    if output and output.suffix.lower() not in reviewing.REVIEWS:
        raise Misused(f"“{output}” must end with {' or '.join(reviewing.REVIEWS)}.")
    reject_course_file(output, folder)
    with language_of_course(language, folder), show_message("Making the review document …"):
        made = reviewing.review(folder, output, today, language, whole)
    if as_json:
        say(reviewed.made_as_json(made))
    else:
        say(reviewed.made(made, folder), wrong=not made.made)
    sys.exit(0 if made.made else 1)


def _read(
    folder: Path, back: Path, today: date, chosen: tuple[str, ...], language: str, as_json: bool
) -> None:
    from builder.cli.report import reviewed
    from builder.exporting import reviewing

    every = _ALL in chosen
    numbers = None if every or not chosen else tuple(_parse_numbers(chosen))
    with show_message(f"Reading {back.name} …"):
        result = reviewing.read_review(folder, back, today, numbers, every, language)
    if as_json:
        say(reviewed.as_json(result))
    else:
        say(reviewed.text(result, folder, back), wrong=bool(result.diagnostics))
    unkept = result.kept is not None and result.kept.problem is not None
    sys.exit(1 if result.diagnostics or unkept else 0)


def _parse_numbers(chosen: tuple[str, ...]) -> list[int]:
    numbers: list[int] = []
    for part in (part.strip() for text in chosen for part in text.split(",")):
        found = _NUMBERS.fullmatch(part)
        if not found:
            raise Misused(f"“{part}” is not a change number: write numbers such as 1,4-6, or all.")
        first = int(found["first"])
        last = int(found["last"] or first)
        if last - first > 10_000:
            raise Misused(f"“{part}” is too large a range of changes.")
        numbers.extend(range(first, last + 1))
    return numbers
