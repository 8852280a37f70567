"""``scorm-builder import``: makes a course from documents, banks or stories, or updates one."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.base.slugs import slug
from builder.cli.terminal import FOLDER, PACKAGE, Misused, can_ask, say, show_message

if TYPE_CHECKING:
    from builder.diagnostics.diagnostic import Diagnostic
    from builder.importing import Request
    from builder.importing.making import Imported

_CONFIRM_LATER = (
    "Is it a later version anyway? Files that you have not changed are then rewritten, without "
    "the questions that it no longer has."
)
_TWO_FOLDERS = (
    "“-o” makes a new course, and “--into” changes an existing one: give only one of the two."
)
PAGES = ("heading-1", "heading-2", "bold", "even", "auto")


@click.command(
    "import", short_help="Make a course from a Word file, a question bank or a Twine story."
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PACKAGE)
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    metavar="COURSE",
    help="The folder of the new course.  [default: derived from the first file's name]",
)
@click.option(
    "--into",
    type=FOLDER,
    metavar="COURSE",
    help="Import into a course: the changes in FILE from which it was made, or a question bank.",
)
@click.option(
    "--from",
    "named",
    metavar="FORMAT",
    help="The format of all files, if their content does not show it: “gift”, for example.",
)
@click.option(
    "--column",
    "columns",
    metavar="HEAD=COLUMN",
    multiple=True,
    help="What a column of a sheet means, such as “Pregunta=Question” or “Opción 1=Option A”. Can "
    "be given several times.",
)
@click.option(
    "--pages",
    type=click.Choice(PAGES),
    help="What starts a new page: headings, or also short lines in bold. “even” makes pages of 150 "
    "to 600 words, at both.  [default: auto; with --into as it was]",
)
@click.option("--dry-run", is_flag=True, help="Show the resulting pages without writing anything.")
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
    """Make a course from a Word document, a question bank or a story of Twine, update a course from
    a changed document or bank, or add a bank to any course.

    Headings start pages. Questions, records, contacts and further reading are recognized. The
    categories of a bank become quizzes, and a story in Twee becomes a scenario. The format is
    detected from the content of FILE. The report compares the numbers in the file and in the
    course, and lists everything that was not imported as it is. The course builds at once, as a
    draft; a person decides about the listed points. A new course needs a new or an empty folder.

    --into rewrites a file of the course if you have not changed it since the import. Beside a
    file that you have changed, it writes NAME.new, which builds leave out. A question bank gets
    files of its own; questions that the course already has are listed, not added again.

    Several files make one course: first the pages of the first file, then those of the second. With
    --into, name all files or only those that have changed.

    Exits with 0 if the course was made; 1 if it was not, if it lacks text of FILE, or if a NAME.new
    was written; 2 if the command is wrong. --dry-run exits as the import would.
    """
    from builder import importing
    from builder.cli import report
    from builder.cli.report import imported as reporter

    if output and into:
        raise Misused(_TWO_FOLDERS)
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
        columns=dict(map(_parse_column, columns)),
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


def _parse_column(written: str) -> tuple[str, str]:
    """Split a value of ``--column`` into the heading in the file and the name of the column that
    this heading stands for; raises ``Misused`` if the value is not ``HEAD=COLUMN``."""
    heading, _, column = written.rpartition("=")
    if not (heading.strip() and column.strip()):
        raise Misused(
            f"“--column {written}” needs a “=” with a name on each side. Write it like this: "
            "--column “Frage=Question”."
        )
    return heading.strip(), column.strip()


def _run_or_ask(
    request: Request, *, may_ask: bool
) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """Run an import. If the bank has nothing in common with the one that was imported before, ask
    first whether the bank is a later version.

    Without ``may_ask``, or if nobody can answer, raises ``Misused`` instead of asking.
    """
    from builder import importing

    try:
        return _run(request)
    except importing.AnotherBankError as error:
        if not (may_ask and can_ask()):
            raise Misused(str(error)) from error
        say(str(error), wrong=True)
        if not click.confirm(_CONFIRM_LATER, err=True):
            sys.exit(2)
        return _run(replace(request, later=True))
    except importing.RefusedError as error:
        raise Misused(str(error)) from error


def _run(request: Request) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    from builder import importing

    with show_message(f"Importing {', '.join(file.name for file in request.sources)} …"):
        return importing.run(request)
