"""The command: options become a request, the pipeline does the work, a reporter speaks."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import re
import signal
import sys
import traceback
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from builder import __version__
from builder.printing import printable, shown

_UNWRITTEN = {
    *(errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF),
    # What Windows says of a closed pipe.
    errno.EINVAL,
}
"""Errors of writing. Without the name of a file it is a stream that cannot take any more."""

_FAILED = 3
_REASON = 200
"""Characters of what an error says of itself."""

_READ = 1 << 20
"""Characters of a file that is to hold a saved state, which has at most 4096."""

_FILE_NAME = re.compile(r"[^{}\[\]\"]{1,250}\.[a-zA-Z]{2,4}")
"""What can be the name of a file and no saved state, which has no full stop."""

_ENDING = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""Signals that end a build as an exception does, so that what is half-written is deleted. Windows
has no SIGHUP, and SIGBREAK alone."""

PACKAGE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
COURSE = click.Path(path_type=Path, exists=True)


class Misused(click.UsageError):
    """A command that cannot be done as it was given; each line is a sentence."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(map(shown, lines)))


class _Commands(click.Group):
    """The commands, of which none ends with a traceback, nor prints what a terminal would obey."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command that the arguments name, say what is wrong with them, and exit."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            code = _misused(error)
        except click.Abort:
            code = 128 + signal.SIGINT
        except OSError as error:
            if _unwritten(error):
                raise
            code = _unexpected(error)
        except Exception as error:
            code = _unexpected(error)
        sys.exit(code)


_OF_LINES = (Misused, getattr(click.exceptions, "NoArgsIsHelpError", Misused))
"""Errors whose line ends are ours. In any other they come from what was typed."""


def _misused(error: click.ClickException) -> int:
    words = error.message
    # Click shows the usage besides, and says the attribute is final.
    vars(error)["message"] = printable(words) if isinstance(error, _OF_LINES) else shown(words)
    error.show()
    return error.exit_code


def _unexpected(error: Exception) -> int:
    """Say that the program has failed, and where: 3, the exit code of no other ending."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f", {Path(one.filename).name}:{one.lineno}" for one in last)
    reason = " ".join(str(error).split())[:_REASON]
    what = f"{type(error).__name__}{place}{f': {reason}' if reason else ''}"
    _say(
        "scorm-builder failed, and should not have: the fault is its own, not yours. What was made "
        "before is unchanged.\nPlease report it to those who gave you scorm-builder, with the "
        f"command and, if you may, its files:\n    scorm-builder {__version__}: {shown(what)}",
        wrong=True,
    )
    return _FAILED


def _say(text: str, wrong: bool = False) -> None:
    colour = False if "NO_COLOR" in os.environ else None
    click.echo(printable(text), err=wrong, color=colour)


def _unwritten(error: OSError) -> bool:
    return error.filename is None and error.errno in _UNWRITTEN


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Whatever the command, it exits with 3 when scorm-builder itself has failed.",
)
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
    for one in _ENDING:
        # What is ignored from the start, as under nohup, stays so.
        if signal.getsignal(one) != signal.SIG_IGN:
            signal.signal(one, _ended)
    try:
        main()
    except OSError as error:
        if not _unwritten(error):
            raise
        _hush()
        sys.exit(1)


def _hush() -> None:
    # What is still in a stream's buffer would be written, and fail, once more at the end.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        os.dup2(nowhere, stream.fileno())


def _ended(number: int, frame: FrameType | None) -> None:
    # A second signal must not break off what the first one's exception cleans up.
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)
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
        _say(report.as_json(result))
    else:
        _say(report.text(result, folder), wrong=not result.made)
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
        _say(report.problems(problems), wrong=True)
        sys.exit(2)
    if as_json:
        _say(report.comparison.as_json(found))
    else:
        _say(report.comparison.text(found))
    sys.exit(0 if found.safe else 1)


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
        _say(report.catalogue())
    elif code in CATALOGUE:
        _say(report.explanation(CATALOGUE[code]))
    else:
        near = did_you_mean(code, CATALOGUE)
        raise Misused(f"There is no code “{code}”.{near} “scorm-builder explain” lists all.")


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
        raise Misused(*(f"{one.position}: {one.message}" for one in problems))
    if as_json:
        _say(report.saved.as_json(found))
    else:
        _say(report.saved.text(found))
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
        if path.exists():
            raise Misused(f"“{string}” is a folder, a device or a pipe, and no file.")
    if _FILE_NAME.fullmatch(string):
        raise Misused(f"There is no file “{string}”.")
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
        raise Misused(*problems)
    if as_json:
        _say(report.rehearsal.as_json(found))
    else:
        _say(report.rehearsal.text(found, details))
    sys.exit(0 if found.whole else 1)
