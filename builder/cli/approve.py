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
    can_ask,
    course_folder,
    course_here,
    say,
    show_message,
)

if TYPE_CHECKING:
    from builder.approving import Entry, Reading
    from builder.course.approvals import ApprovalStatus
    from builder.diagnostics.diagnostic import Diagnostic


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
@click.option("--all", "everything", is_flag=True, help="Select every part that is open.")
@click.option(
    "--document",
    type=PACKAGE,
    metavar="FILE",
    help="Select the parts that this returned review document (.docx) shows as they are now and "
    "has no open remark on, and keep the file's name and digest with each approval.",
)
@click.option("--yes", "agreed", is_flag=True, help="Do not ask before recording.")
@click.option("--file", "removed", hidden=True, help="No longer exists.")
@JSON
@click.pass_obj
def approve(
    today: date,
    course: tuple[Path, tuple[str, ...]],
    by: str | None,
    day: str | None,
    everything: bool,
    document: Path | None,
    agreed: bool,
    removed: str | None,
    as_json: bool,
) -> None:
    """Record in approvals.yaml who approved which text of COURSE.

    COURSE is a folder with a course.yaml. By default it is the current folder or its folder
    “course”.

    A PART is a page, a question, a record, a quiz with its rules, a local value or an address, such
    as question/first-thing. “questions” means all questions, “page/a*” all pages that start with a.
    Without a PART, the parts that nobody has approved as they are now are listed with the codes of
    their text. Without --by, the text of a PART is shown, --all lists the open parts by page, and
    nothing is recorded. If a text changes, its approval no longer counts.

    Exits with 0 if it is done, 1 if a part was not recorded, 2 if the command is wrong.
    """
    folder, parts = course
    _check_options(folder, parts, by, everything, document, removed)
    name, on = _name(by), _day(day, today)
    from builder import approving

    with show_message("Reading the course …"):
        reading, problems = approving.read(folder, today)
    if reading is None:
        _report_problems(problems, as_json)
    if not name:
        _show(reading, parts, everything, as_json)
        return
    chosen = _chosen_parts(reading, parts, name)
    if document:
        _record_document(reading, document, chosen, name, on, agreed, as_json)
    else:
        _record(reading, chosen, name, on, agreed, as_json)


_NO_LISTS = (
    "--file no longer exists: a person says who approves, and what a document or a list says is "
    "not read as a signature."
)


def _check_options(
    course: Path,
    parts: Sequence[str],
    by: str | None,
    everything: bool,
    document: Path | None,
    removed: str | None,
) -> None:
    folder = quoted(str(course))
    if removed is not None:
        example = f'scorm-builder approve {folder} PART --by "NAME"'
        raise Misused(
            _NO_LISTS,
            f"To record what somebody has signed, name its parts: {example}",
            "To record what a returned review document confirms, use --document and --by.",
        )
    if everything and parts:
        raise Misused("Give one of --all and PART, not both.")
    if document and (everything or by is None):
        problem = "selects the parts itself: leave out --all" if everything else "needs --by"
        raise Misused(f"--document {problem}.")
    if by is not None and not (everything or parts or document):
        listing = f"To list what is open: scorm-builder approve {folder}"
        raise Misused("Say what is approved: name parts, or add --all or --document.", listing)


def _name(by: str | None) -> str:
    from builder import approving

    name = approving.clean_name(by or "")
    if by is not None and not name:
        raise Misused("--by needs the name of a person, with at least two letters.")
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
    reading: Reading, names: Sequence[str], by: str = ""
) -> tuple[ApprovalStatus, ...]:
    """The parts with these names; without names, every part that is not approved as it is now."""
    from builder.course import approvals

    if not names:
        return tuple(one for one in reading.statuses if one.state != "approved")
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


def _record(
    reading: Reading,
    chosen: Sequence[ApprovalStatus],
    name: str,
    on: date,
    agreed: bool,
    as_json: bool,
) -> None:
    """Record these parts as they are now; if one of them is undecided or unwritten, report it and
    record none."""
    from builder.cli.report import approving as reporter

    undecided = tuple(one.doubt for one in chosen if one.doubt)
    if undecided:
        _report_problems(undecided, as_json)
    if not chosen:
        say(reporter.approved_json((), None) if as_json else _NOTHING_OPEN)
        return
    entries = _entries(chosen, name, on)
    _confirm(reading, entries, agreed, as_json)
    _write(reading, entries, as_json, wordless=chosen)


_NOTHING_OPEN = "Nothing to record: every part is approved as it is now."


def _record_document(
    reading: Reading,
    file: Path,
    chosen: Sequence[ApprovalStatus],
    name: str,
    on: date,
    agreed: bool,
    as_json: bool,
) -> None:
    """Record the parts that a returned document confirms, and report the others; exit with 1 if
    there are any."""
    from builder.approving import Entry
    from builder.cli import report
    from builder.cli.report import approving as reporter
    from builder.exporting import reviewing

    found = reviewing.confirm(reading.course, file, reading.today, chosen, name)
    if not isinstance(found, reviewing.Confirmation):
        _report_problems(found, as_json)
    if not as_json and (lines := "\n".join(reporter.document_lines(found, reading.course))):
        say(f"{lines}\n")
    entries = tuple(Entry(one.part, name, on, found.evidence) for one in found.confirmed)
    if entries:
        _confirm(reading, entries, agreed, as_json)
        _write(reading, entries, as_json, found.held)
    elif as_json:
        say(reporter.approved_json((), None, found.held))
    elif not found.held:
        say(_NOTHING_OPEN)
    if found.held and not as_json:
        say(report.problems(found.held), wrong=True)
    sys.exit(1 if found.held else 0)


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

    if as_json:
        say(reporter.overview_json(_chosen_parts(reading, names) if names else reading.statuses))
    elif names:
        say(reporter.words(_chosen_parts(reading, names)))
    elif everything:
        listed = reporter.by_page(_chosen_parts(reading, ()), reading.pages)
        say("\n\n".join(filter(None, (listed, reporter.NOTHING_WRITTEN))))
    else:
        say(reporter.overview(reading.statuses))


def _confirm(reading: Reading, entries: Sequence[Entry], agreed: bool, as_json: bool) -> None:
    """Say what will be recorded and, on a terminal, ask whether to record it; exit if not."""
    from builder.cli.report import approving as reporter

    if not as_json:
        say(reporter.to_record_text(entries))
    if can_ask() and not agreed:
        file = escape_controls(str(reading.course / "approvals.yaml"))
        if not click.confirm(f"Record it in {file}?", err=True):
            say("Nothing was recorded.", wrong=True)
            sys.exit(1)


def _write(
    reading: Reading,
    entries: tuple[Entry, ...],
    as_json: bool,
    left: Sequence[Diagnostic] = (),
    wordless: Sequence[ApprovalStatus] = (),
) -> None:
    from builder import approving
    from builder.cli.report import approving as reporter

    with _writing(as_json):
        file = approving.write(reading, entries)
    if as_json:
        say(reporter.approved_json(entries, file, left))
    else:
        say(f"Recorded in {escape_controls(str(file))}.")
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
