"""``scorm-builder new``: the folder of a course to begin with."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from builder.cli.arguments import FOLDER
from builder.cli.speaking import Misused, say

TEMPLATES = {
    "minimal": "three pages: one to read, a quiz, a record",
    "induction": "for new colleagues: the first day, people, safety, a quiz, a record to sign",
    "compliance": "once a year: the rules, cases, a test with three attempts, a declaration",
}
LANGUAGES = "ar, cy, en, fr"


@click.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "-t",
    "--template",
    type=click.Choice(tuple(TEMPLATES)),
    help="What to begin with.  [default: minimal]",
)
@click.option("--title", help="The title of the course.  [default: made of the folder's name]")
@click.option(
    "--language",
    metavar="TAG",
    help=f"The language of its pages: {LANGUAGES}, or with a region such as en-GB.  [default: en]",
)
@click.pass_obj
def new(
    today: date, folder: Path, template: str | None, title: str | None, language: str | None
) -> None:
    """Make a course in FOLDER, which is new or empty, to be written on from there.

    It builds at once, as a draft: with pages of each kind, questions, local values to fill in, and
    notes that say what is what. At a terminal, what is not given is asked for.

    Exits with 0 when the course was made, 2 when it cannot be made there.
    """
    from builder import pipeline, starter
    from builder.report import beginning

    if wrong := starter.unfit(folder):
        raise Misused(wrong)
    asking = sys.stdin is not None and sys.stdin.isatty()
    title = _given(title, "Title", _title(folder), asking)
    if asking and not template:
        for name, words in TEMPLATES.items():
            say(f"  {name:<11}{words}", wrong=True)
    kinds: click.ParamType[Any] = click.Choice(tuple(TEMPLATES))
    template = _given(template, "Template", "minimal", asking, kinds)
    language = _given(language, f"Language ({LANGUAGES})", "en", asking)
    begun, problems = pipeline.begin(pipeline.Beginning(folder, template, title, language, today))
    if begun is None:
        raise Misused(*problems)
    say(beginning.text(begun))


def _given(
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


def _title(folder: Path) -> str:
    # What a name has in bytes that are no text is left out.
    name = folder.absolute().name.encode("utf-8", "ignore").decode("utf-8")
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "My course"
