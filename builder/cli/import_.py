"""``scorm-builder import``: makes a course from documents or question banks."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.base.slugs import slug
from builder.cli import speaking, waiting
from builder.cli.arguments import FOLDER, PACKAGE
from builder.cli.speaking import Misused, say

if TYPE_CHECKING:
    from builder.diagnostics.diagnostic import Diagnostic
    from builder.importing import Request
    from builder.importing.outcome import Imported

_CONFIRM_LATER = (
    "Is it a later version all the same? Then its questions come in, and those that it does not "
    "have any more stay until you delete them"
)
PAGES = ("heading-1", "heading-2", "bold", "auto")


@click.command("import", short_help="Make a course of a Word file or a bank of questions.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PACKAGE)
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    metavar="COURSE",
    help="The folder of the new course.  [default: made of the first file's name]",
)
@click.option(
    "--into",
    type=FOLDER,
    metavar="COURSE",
    help="Import again: bring what has changed in FILE into the course that was made of it.",
)
@click.option(
    "--from",
    "named",
    metavar="FORMAT",
    help="The format of all files, where what stands in them does not tell: “gift”, for example.",
)
@click.option(
    "--column",
    "columns",
    metavar="HEAD=COLUMN",
    multiple=True,
    help="What a column of a sheet means: “Pregunta=Question”, “Opción 1=Option A”. May be given "
    "several times.",
)
@click.option(
    "--pages",
    type=click.Choice(PAGES),
    help="What begins a page: headings, or also short lines in bold.  [default: auto; with --into "
    "as it was]",
)
@click.option("--dry-run", is_flag=True, help="Show the pages that would come, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def import_(
    today: date,
    files: tuple[Path, ...],
    output: Path | None,
    into: Path | None,
    named: str | None,
    columns: tuple[str, ...],
    pages: Any,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a course of FILE, a Word document or a bank of questions, or bring its changes into one.

    Headings make pages; questions, records, contacts and further reading become what they are in a
    course. The categories of a bank become quizzes; its format is found by what stands in it. The
    report counts what came in and what came out, and lists the rest. What is made builds at once,
    as a draft; what it lists is for a person to decide. Nothing is overwritten: a new course takes
    a new or an empty folder, and with --into your own edits stay.

    Several files make one course: the pages of the first, then of the second. With --into, name
    all of them or those that have changed.

    Exits with 0 when the course was made; 1 when it was not, when it lacks words of FILE, or when
    both you and FILE have changed something; 2 when the command is wrong. --dry-run exits with what
    the import would.
    """
    from builder import importing
    from builder.cli import report
    from builder.cli.report import imported as reporter

    if output and into:
        raise Misused("“-o” makes a new course, “--into” changes one: leave one of the two out.")
    if wrong := next((one for one in columns if not all(map(str.strip, _split_column(one)))), ""):
        raise Misused(
            f"“--column {wrong}” has no “=” with a name on each side. Write it like "
            "“Frage=Question”."
        )
    first, *others = files
    folder = into or output or Path(slug(first.stem) or "course")
    request = importing.Request(
        source=first,
        folder=folder,
        pages=pages,
        today=today,
        again=bool(into),
        dry_run=dry_run,
        others=tuple(others),
        named=named or "",
        columns={head.strip(): name.strip() for head, name in map(_split_column, columns)},
    )
    made, problems = _run_or_ask(request, may_ask=not as_json)
    if made is None:
        output_text = (
            reporter.refused_json(first, problems) if as_json else report.problems(problems)
        )
        say(output_text, wrong=not as_json)
        sys.exit(1)
    say(reporter.as_json(made, problems) if as_json else reporter.text(made, problems))
    sys.exit(0 if reporter.is_complete(made) else 1)


def _split_column(written: str) -> tuple[str, str]:
    head, _, column = written.rpartition("=")
    return head, column


def _run_or_ask(
    request: Request, *, may_ask: bool
) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """Run an import; asks first if the bank is another one than before."""
    from builder import importing

    try:
        return _run(request)
    except importing.AnotherBankError as error:
        if not (may_ask and speaking.can_ask()):
            raise Misused(str(error)) from error
        say(str(error), wrong=True)
        if not click.confirm(_CONFIRM_LATER, err=True):
            sys.exit(2)
        return _run(replace(request, later=True))
    except importing.RefusedError as error:
        raise Misused(str(error)) from error


def _run(request: Request) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    from builder import importing

    with waiting.show_message(f"Importing {', '.join(file.name for file in request.sources)} …"):
        return importing.run(request)
