"""``scorm-builder approve``: who has read which words, and stands by them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from builder.cli.arguments import FOLDER, PACKAGE
from builder.cli.speaking import Misused, say
from builder.printing import shown

if TYPE_CHECKING:
    from builder.approving import Entry, Standing
    from builder.diagnostics import Diagnostic
    from builder.signing import Reading

_LONGEST = 200
"""Characters of a name."""


@click.command()
@click.argument("course", type=FOLDER)
@click.argument("parts", nargs=-1, metavar="[PART]...")
@click.option("--by", metavar="NAME", help="Who has read the words and approves them.")
@click.option("--on", "day", metavar="DATE", help="The day of it, such as 2026-01-31.  [today]")
@click.option("--all", "everything", is_flag=True, help="Every part that has words.")
@click.option(
    "--file",
    "sheet",
    type=PACKAGE,
    metavar="FILE",
    help="What a signed list says: a part and its code on each line, or a table (CSV).",
)
@click.option(
    "--migrate",
    is_flag=True,
    help="Move approvals that stand beside the words (approved_by, confirmed_by) to the file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def approve(
    today: date,
    course: Path,
    parts: tuple[str, ...],
    by: str | None,
    day: str | None,
    everything: bool,
    sheet: Path | None,
    migrate: bool,
    as_json: bool,
) -> None:
    """Write down in approvals.yaml who has approved which words of COURSE.

    A PART is a page, a question, a record, the pass mark, a local value or an address, such as
    question/first-thing; “questions” are all of them, “page/a*” those that begin so. Without any,
    all parts are listed, with the codes of their words; without --by, the words are shown and
    nothing is written. When words change, their approval does not count any more.

    Exits with 0 when it is done, 1 when the course or the list is wrong, 2 when the command is.
    """
    _judge_options(parts, by, everything, sheet, migrate)
    name, on = _name(by), _day(day, today)
    from builder import signing

    reading, problems = signing.read(course, today)
    if reading is None:
        _refuse(problems, as_json)
    elif migrate:
        _migrate(reading, as_json)
    elif sheet:
        entries, problems = _signed(reading, sheet, name, on)
        if problems:
            _refuse(problems, as_json)
        _write(reading, entries, as_json)
    elif name:
        _write(reading, _entries(_chosen(reading, parts, everything), name, on), as_json)
    else:
        _show(reading, parts, everything, as_json)


def _judge_options(
    parts: Sequence[str], by: str | None, everything: bool, sheet: Path | None, migrate: bool
) -> None:
    ways = [word for word, given in (("--all", everything), ("--file", sheet)) if given]
    ways += ["PART"] if parts else []
    if migrate and (ways or by is not None):
        raise Misused("--migrate goes by what is written in the course: give nothing else with it.")
    if len(ways) > 1:
        raise Misused(f"Give one of {' and '.join(ways)}, not both.")
    if by is not None and not ways:
        raise Misused("Say what is approved: name parts, or give --all or --file.")


def _name(by: str | None) -> str:
    from builder.questions.base import visible

    name = " ".join((by or "").split())
    if by is not None and (not visible(name) or len(name) > _LONGEST or not name.isprintable()):
        raise Misused("--by needs the name of a person.")
    return name


def _day(written: str | None, today: date) -> date:
    if written is None:
        return today
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Misused(f"“{written}” is not a day. Write it like this: 2026-01-31.") from None
    if day > today:
        raise Misused(f"{day.isoformat()} is still to come: nobody can have approved anything.")
    return day


def _chosen(reading: Reading, names: Sequence[str], everything: bool) -> tuple[Standing, ...]:
    from builder import approving

    if everything:
        return reading.standings
    try:
        return approving.chosen(reading.standings, names)
    except approving.UnknownPartError as error:
        raise Misused(str(error)) from None


def _entries(standings: Sequence[Standing], name: str, on: date) -> tuple[Entry, ...]:
    from builder.approving import Entry

    entries = tuple(Entry(one.part, name, on) for one in standings if one.part.words)
    if not entries:
        ids = ", ".join(one.part.id for one in standings)
        raise Misused(f"There are no words to approve yet: {ids}.")
    return entries


def _signed(
    reading: Reading, sheet: Path, name: str, on: date
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    from builder import signing

    try:
        entries, problems = signing.signed(reading, sheet, name, on)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Misused(f"“{sheet}” cannot be read: {reason}.") from None
    if not (entries or problems):
        raise Misused(f"“{sheet}” approves nothing.")
    return entries, problems


def _refuse(problems: Sequence[Diagnostic], as_json: bool) -> NoReturn:
    from builder import report
    from builder.report import approving as told

    if as_json:
        say(told.refused_json(problems))
    else:
        say(report.problems(problems), wrong=True)
    sys.exit(1)


def _show(reading: Reading, names: Sequence[str], everything: bool, as_json: bool) -> None:
    from builder.report import approving as told

    standings = reading.standings
    if names:
        standings = _chosen(reading, names, False)
    if as_json:
        say(told.overview_json(standings))
    elif names or everything:
        say(told.words(standings))
    else:
        say(told.overview(standings))


def _write(reading: Reading, entries: tuple[Entry, ...], as_json: bool) -> None:
    from builder import signing
    from builder.report import approving as told

    with _writing(as_json):
        file = signing.write(reading, entries)
    if as_json:
        say(told.approved_json(entries, file))
    else:
        say(told.approved(reading.standings, entries, file))


@contextmanager
def _writing(as_json: bool) -> Iterator[None]:
    """Say why a file cannot be written, and exit with 1."""
    from builder import aside
    from builder.approving import NotEditedError
    from builder.report import approving as told

    try:
        yield
        return
    except NotEditedError as error:
        why = str(error)
    except OSError as error:
        reason = aside.REASONS.get(error.errno or 0, error.strerror or str(error))
        why = f"The approvals cannot be written: {reason}."
    say(told.refused_json((), why) if as_json else shown(why), wrong=not as_json)
    sys.exit(1)


def _migrate(reading: Reading, as_json: bool) -> None:
    from builder import signing
    from builder.report import approving as told

    with _writing(as_json):
        done = signing.migrate(reading)
    say(told.migrated_json(done) if as_json else told.migrated(done, reading.course))
    sys.exit(1 if done.left else 0)
