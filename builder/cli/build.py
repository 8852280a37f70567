"""``scorm-builder build``: builds the package of a course."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from builder.cli.terminal import (
    COURSE_FOLDER,
    FOLDER,
    JSON,
    OUTCOME_QUESTIONS,
    PACKAGE,
    Misused,
    course_here,
    language_of_course,
    say,
    show_message,
)


@click.command(short_help="Build the package of a course.")
@click.argument("course", type=COURSE_FOLDER, required=False)
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    default="dist",
    show_default=True,
    metavar="DIR",
    help="The folder for the package and its key.",
)
@click.option(
    "--release",
    is_flag=True,
    help="Refuse to build a draft: list everything that is not set, not approved or overdue.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Refuse to build if there are warnings, apart from those that make a draft.",
)
@click.option(
    "--since",
    type=PACKAGE,
    metavar="OLD.zip",
    help="Compare with the package that trainees have started: warn of everything that they would "
    "lose.",
)
@click.option(
    "--refresher",
    is_flag=True,
    help="Build a package for people who completed the package after --since: they read what is "
    "new, and can show by tests that they know the rest.",
)
@click.option(
    "--outcome-questions",
    "outcome_questions",
    type=click.IntRange(1, 50),
    metavar="N",
    show_default=str(OUTCOME_QUESTIONS),
    help="With --refresher: how many questions each test asks.",
)
@click.option(
    "--language",
    default="",
    metavar="TAG",
    help="Build a package of one language only, such as pl; its name has the tag.",
)
@click.option(
    "--complete-languages-only",
    "complete_only",
    is_flag=True,
    help="Leave out every language whose translation is not complete, or not approved.",
)
@click.option("--verbose", is_flag=True, help="List every problem, even if many are alike.")
@click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    hidden=True,
    help="Has no effect: there is no cache any longer. Will be removed after one release.",
)
@JSON
@click.pass_obj
def build(
    today: date,
    course: Path | None,
    output: Path,
    release: bool,
    strict: bool,
    since: Path | None,
    refresher: bool,
    outcome_questions: int | None,
    language: str,
    complete_only: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Build the package of COURSE.

    COURSE is a folder with a course.yaml. By default it is the current folder or its folder
    “course”.

    Exits with 0 if the package was built, 1 if there are problems, 2 if the command is wrong.
    """
    from builder.cli import report
    from builder.package import pipeline

    _reject_output(output)
    if language and complete_only:
        raise Misused("--language builds one language, so it needs no --complete-languages-only.")
    _reject_without(since, refresher, outcome_questions)
    folder = course or course_here()
    compare_with_earlier = make_refresher = None
    if since:
        from builder.updating import commands

        if refresher:
            make_refresher = commands.refresh(since, outcome_questions or OUTCOME_QUESTIONS)
        else:
            compare_with_earlier = commands.since(since)
    request = pipeline.Request(
        course=folder,
        output=output,
        release=release,
        strict=strict,
        today=today,
        since=compare_with_earlier,
        refresher=make_refresher,
        language=language,
        complete_only=complete_only,
    )
    with language_of_course(language, folder), show_message("Building the package …"):
        result = pipeline.build(request)
    if as_json:
        say(report.as_json(result))
    else:
        say(report.text(result, folder, verbose), wrong=not result.made)
    sys.exit(0 if result.made else 1)


def _reject_output(output: Path) -> None:
    """Raise ``Misused`` if the folder for the package has the name of a package."""
    if output.suffix.lower() == ".zip" and not output.is_dir():
        raise Misused(
            f"“{output}” looks like the name of a package, but -o takes a folder. The package is "
            "named after the course's id and version."
        )


def _reject_without(since: Path | None, refresher: bool, outcome_questions: int | None) -> None:
    """Raise ``Misused`` if an option of refreshers is given without the one that it needs."""
    if refresher and not since:
        raise Misused(
            "--refresher needs the package that people completed: add --since and its file name, "
            "such as --since dist/fire-safety-1.0.0.zip."
        )
    if outcome_questions is not None and not refresher:
        raise Misused("--outcome-questions is about the tests of a refresher: add --refresher.")
