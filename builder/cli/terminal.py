"""What all commands share: types of arguments, usage errors, output, and a message while they
run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import click

from builder.base import temporary
from builder.base.printing import escape_controls, printable, quoted


class Misused(click.UsageError):
    """Raised if a command is used wrongly; each of the ``lines`` is a sentence."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(map(escape_controls, lines)))


@contextmanager
def language_of_course(language: str, folder: Path) -> Iterator[None]:
    """Run the block, which reads the course in ``folder`` in a ``language``. Raises ``Misused`` if
    the course does not have this language."""
    from builder.course.judging import NoSuchLanguageError

    try:
        yield
    except NoSuchLanguageError as error:
        raise _no_such_language(language, error.languages, folder) from None


def _no_such_language(language: str, languages: Sequence[str], folder: Path) -> Misused:
    from builder.translating import tags

    *some, last = languages
    known = f"{', '.join(some)} and {last}" if some else f"only {last}"
    try:
        command = f"scorm-builder translate {quoted(str(folder))} {tags.canonical(language)}"
        advice = f"To start a translation: {command}"
    except tags.TagError as error:
        advice = str(error)
    return Misused(
        f"--language {language}: the course is not in this language. It has {known}.", advice
    )


def can_ask() -> bool:
    """Whether the command can ask the user a question, because standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def say(text: str, wrong: bool = False) -> None:
    """Print a text to standard output, or to standard error if ``wrong`` is set."""
    colour = False if "NO_COLOR" in os.environ else None
    click.echo(printable(text), err=wrong, color=colour)


_MESSAGE_DELAY = 1.0
"""Seconds that a command must run before ``show_message`` shows its message."""


@contextmanager
def show_message(words: str) -> Iterator[None]:
    """Show ``words`` in a temporary line while the block runs, if the block takes more than a
    moment.

    Shows them only on a terminal: in a log, or in the input of another program, the line would
    stay.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield
        return
    timer = Timer(_MESSAGE_DELAY, print, (words,), {"end": "", "file": stream, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        # Overwrites the message; has no visible effect if it was not shown.
        print(f"\r{' ' * len(words)}\r", end="", file=stream, flush=True)


PACKAGE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


def course_folder(path: Path) -> Path:
    """The folder of the course that an author names by the folder or by its course.yaml."""
    return path.parent if path.name == "course.yaml" and path.is_file() else path


class _CourseFolder(click.Path):
    """The type of an argument that names the folder of a course; also accepts its course.yaml."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        folder = course_folder(Path(os.fsdecode(value)))
        if folder.is_file():
            raise Misused(f"“{folder}” is a file. Name the folder of the course instead.")
        return super().convert(folder, param, ctx)


COURSE_FOLDER = _CourseFolder(path_type=Path, file_okay=False)
COURSE = click.Path(path_type=Path, exists=True)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
"""The option of commands whose result can be printed as JSON."""
OUTCOME_QUESTIONS = 2
"""How many questions each test-out of a refresher asks, unless the author says it."""


def course_here() -> Path:
    """The folder of the course if the command names none: the current folder, or its folder
    ``course``.

    If neither is a course, raises ``Misused``, which suggests a course in a subfolder.
    """
    for folder in (Path(), Path("course")):
        if Path(folder, "course.yaml").exists():
            return folder
    if Path("course").is_dir():
        # Reading it reports what it lacks.
        return Path("course")
    near = min((found.parent for found in Path().glob("*/course.yaml")), default=None)
    command = f"scorm-builder {click.get_current_context().info_name}"
    raise Misused(
        "There is no course in this folder: it has no file course.yaml and no folder “course”.",
        f"There is one in “{near}”: {command} {quoted(str(near))}"
        if near
        else f"Name the folder of your course: {command} FOLDER. To make one: scorm-builder new",
    )


def reject_course_file(output: Path | None, course: Path) -> None:
    """Raise ``Misused`` if ``output`` is, or would become, a file of the course in the folder
    ``course``."""
    from builder.course.load.discovery import is_own

    if output is not None and is_own(course, output):
        is_one = "is" if output.exists() else "would be"
        raise Misused(
            f"“{output}” {is_one} a file of the course. Choose a place outside its folders pages, "
            "questions, media and translations."
        )


def write_report(path: Path, content: bytes) -> None:
    """Write a report to a file completely or not at all. Only a device is written in place, since
    it cannot be replaced.

    Raises ``Misused`` if the report cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            temporary.write_atomically(path, lambda new: new.write_bytes(content))
    except OSError as error:
        raise Misused(
            f"The report cannot be written to “{path}”: {temporary.reason(error)}."
        ) from error
