"""``scorm-builder new``: creates the folder of a new course, or a sheet of questions to fill in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.base.printing import escape_controls, format_count, quoted
from builder.cli.terminal import FOLDER, Misused, can_ask, say

if TYPE_CHECKING:
    from builder.course.starter import Created

TEMPLATES = {
    "minimal": "three pages: one to read, a quiz, a record",
    "induction": "for new colleagues: the first day, people, safety, a quiz, a record to sign",
    "compliance": "once a year: the rules, cases, a test with three attempts, a declaration",
}
LANGUAGES = "ar, cy, en, es, fr, pa-Guru, pl, pt-PT, ro, ur"


@click.command(short_help="Make a new course as a starting point.")
@click.argument("folder", type=FOLDER, required=False)
@click.option(
    "-t",
    "--template",
    type=click.Choice(tuple(TEMPLATES)),
    help="The template to start with.  [default: minimal]",
)
@click.option("--title", help="The title of the course.  [default: derived from the folder's name]")
@click.option(
    "--language",
    metavar="TAG",
    help=f"The language of the course: {LANGUAGES}, or with a region such as en-GB.  [default: en]",
)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Instead of a course, make a sheet of questions (.xlsx or .csv) to fill in and import.",
)
@click.pass_obj
def new(
    today: date,
    folder: Path | None,
    template: str | None,
    title: str | None,
    language: str | None,
    sheet: Path | None,
) -> None:
    """Make a new course in FOLDER as a starting point.

    FOLDER must be new or empty. The course builds at once, as a draft: it has pages of each kind,
    questions, local values to fill in, and notes that explain everything. At a terminal, the
    command asks for options that you leave out.

    With --sheet it makes a sheet of questions instead, with an example row of each type. Nothing is
    overwritten.

    Exits with 0 if the course or the sheet was made, 2 if it cannot be made there.
    """
    from builder.course import starter

    if sheet:
        if folder or template or title or language:
            raise Misused("“--sheet” makes a sheet, not a course: leave out the other options.")
        _make_sheet(sheet)
        return
    if not folder:
        raise click.UsageError("Missing argument 'FOLDER'.")
    if reason := starter.refusal_reason(folder):
        raise Misused(reason)
    asking = can_ask()
    title = _value_or_prompt(title, "Title", _title_from_folder(folder), asking)
    if asking and not template:
        for name, words in TEMPLATES.items():
            say(f"  {name:<11}{words}", wrong=True)
    kinds: click.ParamType[Any] = click.Choice(tuple(TEMPLATES))
    template = _value_or_prompt(template, "Template", "minimal", asking, kinds)
    language = _value_or_prompt(language, f"Language ({LANGUAGES})", "en", asking)
    created, problems = starter.create(starter.NewCourse(folder, template, title, language, today))
    if created is None:
        raise Misused(*problems)
    say(created_text(created))


def _make_sheet(file: Path) -> None:
    from builder.exporting import files

    if file.suffix.lower() not in files.SHEETS:
        raise Misused(f"“{file}” must end with {' or '.join(files.SHEETS)}.")
    if os.path.lexists(file):
        raise Misused(f"“{file}” already exists: choose another name.")
    if problems := files.question_sheet(file):
        raise Misused(*(f"{one.position}: {one.message}" for one in problems))
    say(_sheet_text(file))


def _value_or_prompt(
    value: str | None,
    question: str,
    default: str,
    asking: bool,
    kind: click.ParamType[Any] | None = None,
) -> str:
    if value is not None or not asking:
        return default if value is None else value
    answer: str = click.prompt(question, default=default, type=kind, err=True)
    return answer


def _title_from_folder(folder: Path) -> str:
    # Bytes of the name that are not valid text are dropped.
    name = folder.absolute().name.encode("utf-8", "ignore").decode("utf-8")
    # In a name with spaces, a hyphen belongs to a word.
    words = (name if " " in name else name.replace("-", " ")).replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "My course"


def created_text(created: Created) -> str:
    """Report that a new course was made, and suggest the next commands."""
    from builder.cli.report.phrases import onward

    is_here = created.folder.absolute() == Path().absolute()
    made = f"Made the course “{created.title}” in {'this folder' if is_here else created.folder}"
    lines = [click.style(escape_controls(made), fg="green", bold=True)]
    build = "builds as it is" if created.pages == 1 else "build as they are"
    points = format_count(created.open, "point is", "points are")
    lines.append(f"  {format_count(created.pages, 'page')}, which {build}; {points} open.")
    lines += ["  Search for ✎, which marks the places for your own text.", *_language(created), ""]
    into = () if is_here else ((f"cd {quoted(str(created.folder))}", ""),)
    commands = (
        ("scorm-builder preview", "shows the course while you write"),
        ("scorm-builder build", "builds its package, and lists the open points"),
    )
    return "\n".join([*lines, onward(*into, *commands)])


def _language(created: Created) -> Iterator[str]:
    name = created.spoken.name
    if not created.translated:
        yield f"  The interface is in {name}. The pages are in English: write your own in {name}."
    elif name != "English":
        yield f"  Its pages are in {name}, and the notes to you in English."
    if not created.spoken.reviewed:
        texts = "these texts or the interface" if created.translated else "the interface"
        yield f"  No native speaker of {name} has reviewed {texts} yet."


def _sheet_text(file: Path) -> str:
    """Report that a new sheet of questions was made, and suggest the next command."""
    from builder.cli.report.phrases import onward

    name = quoted(str(file))
    beside = " The sheet “How to fill in” explains the columns." if file.suffix == ".xlsx" else ""
    return "\n".join(
        [
            click.style(escape_controls(f"Made the sheet {file}"), fg="green", bold=True),
            f"  It has an example question of each type: replace them with your own.{beside}",
            "",
            onward((f"scorm-builder import {name}", "makes a course from it")),
        ]
    )
