"""The command: options become a request, the pipeline does the work, a reporter speaks."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import re
import signal
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import FrameType

import click

from builder import __version__

_UNWRITTEN = {
    *(errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF),
    # What Windows says of a closed pipe.
    errno.EINVAL,
}
"""Errors of writing. Without the name of a file it is a stream that cannot take any more."""

_READ = 1 << 20
"""Characters of a file that is to hold a saved state, which has at most 4096."""

_FILE_NAME = re.compile(r"[^{}\[\]\"]{1,250}\.[a-zA-Z]{2,4}")
"""What can be the name of a file and no saved state, which has no full stop."""

PACKAGE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
COURSE = click.Path(path_type=Path, exists=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scorm-builder")
def main() -> None:
    """Compile a course folder of Markdown and YAML into one SCORM 1.2 package."""


def run() -> None:
    """The process of the command ``scorm-builder``."""
    # A short process that keeps nearly all it makes: collecting took a third of its time.
    gc.disable()
    # What else is installed must not change a build, and looking for it takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    atexit.register(gc.freeze)
    # Windows consoles and pipes may not be UTF-8; a message must never be a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    # As an exception, so that what is half-written is deleted.
    signal.signal(signal.SIGTERM, _terminated)
    try:
        main()
    except OSError as error:
        if error.filename is not None or error.errno not in _UNWRITTEN:
            raise
        _hush()
        sys.exit(1)


def _hush() -> None:
    # What is still in a stream's buffer would be written, and fail, once more at the end.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        os.dup2(nowhere, stream.fileno())


def _terminated(number: int, frame: FrameType | None) -> None:
    # What a shell says of a process that a signal has ended.
    sys.exit(128 + number)


@main.command()
@click.argument("course", type=FOLDER, required=False)
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    default="dist",
    show_default=True,
    metavar="DIR",
    help="The folder that the package and its key are written to.",
)
@click.option(
    "--release",
    is_flag=True,
    help="Refuse to make a draft: list all that is unset, unapproved or overdue.",
)
@click.option("--strict", is_flag=True, help="Refuse warnings, other than those that make a draft.")
@click.option(
    "--since",
    type=PACKAGE,
    metavar="OLD.zip",
    help="Compare with the package that trainees have begun with: warn of all that they lose.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def build(
    course: Path | None,
    output: Path,
    release: bool,
    strict: bool,
    since: Path | None,
    as_json: bool,
) -> None:
    """Make the package of COURSE.

    COURSE is a folder with a course.yaml: by default this folder, or its folder “course”. Exits
    with 0 when the package was made, 1 when there are problems, 2 when the command is wrong.
    """
    from builder import pipeline, report

    folder = course or _course_here()
    request = pipeline.Request(
        course=folder,
        output=output,
        release=release,
        strict=strict,
        today=_today(),
        since=since,
    )
    result = pipeline.build(request)
    if as_json:
        click.echo(report.as_json(result))
    else:
        click.echo(report.text(result, folder), err=not result.made, color=_colour())
    sys.exit(0 if result.made else 1)


@main.command()
@click.argument("old", type=COURSE)
@click.argument("new", type=COURSE)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say what an edit means for trainees who have begun.

    OLD is the package that the LMS has, NEW the one that will take its place; either can also be a
    course folder. Exits with 0 when nothing is lost; with 1 when something is, or an edit looks
    like a mistake; with 2 when the command is wrong, or one of the two cannot be read. Lost means:
    something that a trainee may have done has to be done again, or does not count any more.
    """
    from builder import pipeline, report

    found, problems = pipeline.diff(old, new, _today())
    if found is None:
        click.echo(report.problems(problems), err=True, color=_colour())
        sys.exit(2)
    if as_json:
        click.echo(report.comparison.as_json(found))
    else:
        click.echo(report.comparison.text(found), color=_colour())
    sys.exit(0 if found.safe else 1)


def _colour() -> bool | None:
    return False if "NO_COLOR" in os.environ else None


def _course_here() -> Path:
    return Path() if Path("course.yaml").exists() else Path("course")


def _today() -> date:
    return date.today()  # noqa: DTZ011 — the author's own day decides what is overdue


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic's CODE, or list all codes."""
    from builder import report
    from builder.codes import CATALOGUE, did_you_mean

    if code is None:
        click.echo(report.catalogue())
    elif code in CATALOGUE:
        click.echo(report.explanation(CATALOGUE[code]))
    else:
        near = did_you_mean(code, CATALOGUE)
        raise click.UsageError(
            f"There is no code “{code}”.{near} “scorm-builder explain” lists all."
        )


@main.command()
@click.argument("package", type=PACKAGE)
@click.argument("string")
@click.option("--show-text", is_flag=True, help="Print what the trainee has written.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def state(package: Path, string: str, show_text: bool, as_json: bool) -> None:
    """Explain what an LMS has kept for a trainee.

    PACKAGE is the zip of the course, STRING what a report of the LMS shows as suspend_data
    (cmi.suspend_data), in quotes: or a file that holds it, or - to read it from the input.

    What the trainee has written is left out unless --show-text asks for it. Exits with 0 when all
    of it could be read, 1 when it is damaged, 2 when the command is wrong.
    """
    from builder import pipeline, report

    found, problems = pipeline.explain(package, _saved(string), show_text)
    if found is None:
        raise click.UsageError("\n".join(one.message for one in problems))
    if as_json:
        click.echo(report.saved.as_json(found))
    else:
        click.echo(report.saved.text(found), color=_colour())
    sys.exit(1 if found.damage else 0)


def _saved(string: str) -> str:
    """The saved state itself, wherever it is."""
    if string == "-":
        return sys.stdin.buffer.read(_READ).decode("utf-8-sig", "replace")
    path = Path(string)
    # What is too long for a name of a file is none.
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                return file.read(_READ)
    if _FILE_NAME.fullmatch(string):
        raise click.UsageError(f"There is no file “{string}”.")
    return string


@main.command()
@click.argument("old", type=PACKAGE)
@click.argument("new", type=PACKAGE)
@click.option(
    "--states",
    type=PACKAGE,
    metavar="FILE.csv",
    help="What an LMS has kept: a column suspend_data, or element and value.",
)
@click.option("--details", is_flag=True, help="Print what each trainee sees.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def rehearse(old: Path, new: Path, states: Path | None, details: bool, as_json: bool) -> None:
    """Tell what trainees who began with OLD see in NEW, before it is uploaded.

    OLD and NEW are packages (zips). Without --states there is one trainee for every stage of the
    way through OLD; with it, those of the LMS. Nobody's answers are printed.

    Exits with 0 when everybody keeps everything that they have done, 1 when somebody does not or a
    saved state cannot be read, 2 when the command is wrong.
    """
    from builder import pipeline, report

    found, problems = pipeline.rehearse(old, new, states)
    if found is None:
        raise click.UsageError("\n".join(problems))
    if as_json:
        click.echo(report.rehearsal.as_json(found))
    else:
        click.echo(report.rehearsal.text(found, details), color=_colour())
    sys.exit(0 if found.whole else 1)
