"""``scorm-builder approve``: records who has approved which texts of a course."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from builder.base.printing import escape_controls, quoted
from builder.cli.terminal import (
    JSON,
    PACKAGE,
    Misused,
    course_folder,
    course_here,
    say,
    show_message,
)

if TYPE_CHECKING:
    from builder.approving import Entry, Reading, Verdict
    from builder.course.approvals import ApprovalStatus
    from builder.diagnostics.diagnostic import Diagnostic

_WORD_FILE = (b"PK\x03\x04", ".docx")
"""First bytes and extension of a Word document."""


def _course_and_parts(
    context: click.Context, _: click.Parameter, named: tuple[str, ...]
) -> tuple[Path, tuple[str, ...]]:
    """Split the arguments into the course folder and the ids of parts, such as
    ``question/first-thing``.

    The first argument is the course, unless it looks like the id of a part and is not a course
    folder.
    """
    from builder.course.approvals import is_part

    if named and (Path(named[0], "course.yaml").exists() or not is_part(named[0])):
        return course_folder(Path(named[0])), named[1:]
    return course_here(), named


@click.command(short_help="Record who approved which text.")
@click.argument("course", nargs=-1, metavar="[COURSE] [PART]...", callback=_course_and_parts)
@click.option("--by", metavar="NAME", help="The person who has read the text and approves it.")
@click.option(
    "--on", "day", metavar="DATE", help="The date of the approval, such as 2026-01-31.  [today]"
)
@click.option("--all", "everything", is_flag=True, help="Select every part that has text.")
@click.option(
    "--file",
    "sheet",
    type=PACKAGE,
    metavar="FILE",
    help="Record the approvals in a signed list: a review document (.docx) with its approval sheet "
    "filled in, a text file with a part and its code on each line, or a table (CSV).",
)
@JSON
@click.pass_obj
def approve(
    today: date,
    course: tuple[Path, tuple[str, ...]],
    by: str | None,
    day: str | None,
    everything: bool,
    sheet: Path | None,
    as_json: bool,
) -> None:
    """Record in approvals.yaml who approved which text of COURSE.

    COURSE is a folder with a course.yaml. By default it is the current folder or its folder
    “course”.

    A PART is a page, a question, a record, a quiz with its rules, a local value or an address, such
    as question/first-thing. “questions” means all questions, “page/a*” all pages that start with a.
    Without a PART, all parts are listed with the codes of their text. Without --by, the text of a
    PART is shown, --all lists the parts by page, and nothing is recorded. If a text changes, its
    approval no longer counts.

    Exits with 0 if it is done, 1 if the course or the list is wrong, 2 if the command is wrong.
    """
    folder, parts = course
    _check_options(folder, parts, by, everything, sheet)
    name, on = _name(by), _day(day, today)
    from builder import approving

    with show_message("Reading the course …"):
        reading, problems = approving.read(folder, today)
    if reading is None:
        _report_problems(problems, as_json)
    elif sheet and _is_word(sheet):
        _record_sheet(
            reading, sheet, _read_sheet(reading, sheet, name, on if day else None, as_json), as_json
        )
    elif sheet:
        entries, problems = _read_list(reading, sheet, name, on)
        if problems:
            _report_problems(problems, as_json)
        _write(reading, entries, as_json)
    elif name:
        chosen = _chosen_parts(reading, parts, everything, name)
        undecided = tuple(one.doubt for one in chosen if one.doubt)
        if undecided:
            _report_problems(undecided, as_json)
        _write(reading, _entries(chosen, name, on), as_json, wordless=chosen, all_of=everything)
    else:
        _show(reading, parts, everything, as_json)


def _check_options(
    course: Path,
    parts: Sequence[str],
    by: str | None,
    everything: bool,
    sheet: Path | None,
) -> None:
    ways = [word for word, is_given in (("--all", everything), ("--file", sheet)) if is_given]
    ways += ["PART"] if parts else []
    if len(ways) > 1:
        raise Misused(f"Give one of {' and '.join(ways)}, not both.")
    if by is not None and not ways:
        folder = quoted(str(course))
        listing = f"To list all parts: scorm-builder approve {folder}"
        raise Misused("Say what is approved: name parts, or add --all or --file.", listing)


def _name(by: str | None) -> str:
    from builder import approving

    name = approving.clean_name(by or "")
    if by is not None and not name:
        raise Misused("--by needs the name of a person.")
    return name


def _day(written: str | None, today: date) -> date:
    if written is None:
        return today
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Misused(f"“{written}” is not a date. Write it like this: 2026-01-31.") from None
    if day > today:
        raise Misused(
            f"{day.isoformat()} is in the future: nobody can have approved anything then."
        )
    return day


def _chosen_parts(
    reading: Reading, names: Sequence[str], everything: bool, by: str = ""
) -> tuple[ApprovalStatus, ...]:
    from builder.course import approvals

    if everything:
        return reading.statuses
    try:
        return approvals.select_parts(reading.statuses, names)
    except approvals.UnknownPartError as error:
        cut_off = tuple(_rest_of_name(reading, names, error.name)) if by else ()
        whole = " ".join((by, *cut_off))
        advice = f'Put a name with a space in quotation marks: --by "{whole}"'
        raise Misused(str(error), *([advice] if cut_off else ())) from None


def _rest_of_name(reading: Reading, names: Sequence[str], unknown: str) -> Iterator[str]:
    """Yield those of the arguments ``names``, from ``unknown`` (the first that names no part) on,
    that may be the rest of a name written without quotation marks, as in ``--by Ann Lee``."""
    from builder.course.approvals import KINDS

    known = {*KINDS, *(one.part.id for one in reading.statuses)}
    rest = names[names.index(unknown) :]
    return takewhile(lambda name: name not in known and not {"/", "*"} & {*name}, rest)


def _entries(standings: Sequence[ApprovalStatus], name: str, on: date) -> tuple[Entry, ...]:
    from builder.approving import Entry

    entries = tuple(Entry(one.part, name, on) for one in standings if one.part.words)
    if not entries:
        ids = ", ".join(one.part.id for one in standings)
        raise Misused(f"There is no text to approve yet: {ids}.")
    return entries


def _is_word(sheet: Path) -> bool:
    # Do not read a pipe, which would block.
    if not sheet.is_file():
        return False
    try:
        with sheet.open("rb") as stream:
            begins = stream.read(len(_WORD_FILE[0]))
    except OSError:
        return False
    return begins == _WORD_FILE[0] or sheet.suffix.lower() == _WORD_FILE[1]


def _read_sheet(
    reading: Reading, file: Path, name: str, on: date | None, as_json: bool
) -> tuple[Verdict, ...]:
    """Read the approval sheet in a returned review document, and decide for each filled-in row
    whether it can be recorded.

    ``name`` and ``on`` apply to rows without a name or a date.
    """
    from builder import approving
    from builder.exporting import reviewing

    sheet, problems = reviewing.read_sheet(file, reading)
    if sheet is None:
        _report_problems(problems, as_json)
    if not sheet.parts:
        raise Misused(f"“{file}” has no approval sheet, such as “scorm-builder review” makes.")
    if not sheet.filled:
        raise Misused(f"Nobody has filled in a row of the approval sheet in “{file}”.")
    return approving.judge_rows(sheet.filled, reading.statuses, name, on, reading.today)


def _record_sheet(reading: Reading, file: Path, verdicts: Sequence[Verdict], as_json: bool) -> None:
    """Record the valid rows of an approval sheet, and report the other rows.

    It is common that some rows are not valid: their text has changed since the document was made,
    often because of other remarks in the same review.
    """
    from builder.cli import report
    from builder.cli.report import approving as reporter

    entries = tuple({one.entry.part.id: one.entry for one in verdicts if one.entry}.values())
    left = tuple(dict.fromkeys(one.problem for one in verdicts if one.problem))
    if not entries and left:
        _report_problems(left, as_json)
    if not entries:
        say(
            reporter.approved_json((), None)
            if as_json
            else reporter.already_approved_text(len(verdicts), file)
        )
        return
    _write(reading, entries, as_json, left)
    if left and not as_json:
        say(report.problems(left), wrong=True)
    sys.exit(1 if left else 0)


def _read_list(
    reading: Reading, sheet: Path, name: str, on: date
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    from builder import approving

    try:
        entries, problems = approving.read_signed_list(reading, sheet, name, on)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Misused(f"“{sheet}” cannot be read: {reason}.") from None
    if not (entries or problems):
        raise Misused(f"“{sheet}” approves nothing.")
    return entries, problems


def _report_problems(problems: Sequence[Diagnostic], as_json: bool) -> NoReturn:
    from builder.cli import report
    from builder.cli.report import approving as reporter

    if as_json:
        say(reporter.refused_json(problems))
    else:
        say(report.problems(problems), wrong=True)
    sys.exit(1)


def _show(reading: Reading, names: Sequence[str], everything: bool, as_json: bool) -> None:
    from builder.cli.report import approving as reporter

    standings = reading.statuses
    if names:
        standings = _chosen_parts(reading, names, False)
    if as_json:
        say(reporter.overview_json(standings))
    elif names:
        say(reporter.words(standings))
    elif everything:
        say(f"{reporter.by_page(standings, reading.pages)}\n\n{reporter.NOTHING_WRITTEN}")
    else:
        say(reporter.overview(standings))


def _write(
    reading: Reading,
    entries: tuple[Entry, ...],
    as_json: bool,
    left: Sequence[Diagnostic] = (),
    wordless: Sequence[ApprovalStatus] = (),
    all_of: bool = False,
) -> None:
    from builder import approving
    from builder.cli.report import approving as reporter

    with _writing(as_json):
        file = approving.write(reading, entries)
    if as_json:
        say(reporter.approved_json(entries, file, left))
    else:
        pages = reading.pages if all_of else None
        say(reporter.approved_text(reading.statuses, entries, file, pages))
        if missing := reporter.without_words_text(wordless):
            say(missing)


@contextmanager
def _writing(as_json: bool) -> Iterator[None]:
    """Run the block, which writes approvals. If it raises an error of writing, report the error and
    exit with 1."""
    from builder.approving import NotEditedError
    from builder.base import temporary, transaction
    from builder.cli.report import approving as reporter

    try:
        yield
        return
    except NotEditedError as error:
        why = str(error)
    except transaction.ExchangeError as error:
        why = f"Nothing was written: {error}"
    except OSError as error:
        reason = temporary.reason(error)
        why = f"The approvals cannot be written: {reason}."
    say(reporter.refused_json((), why) if as_json else escape_controls(why), wrong=not as_json)
    sys.exit(1)
