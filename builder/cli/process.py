"""Runs a command as a process: sets up signals, streams and memory, and turns errors into messages
and exit codes instead of tracebacks."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from builder import __version__
from builder.base.printing import escape_controls, printable
from builder.cli.terminal import Misused, say

_WRITE_ERRORS = {
    *(errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF),
    # Reported by Windows for a closed pipe.
    errno.EINVAL,
}
"""Error numbers of failed writes. If such an error has no file name, a stream such as standard
output could not be written."""

_EXIT_FAILED = 3
_MAX_REASON = 200
"""Maximum number of characters of an unexpected error's text that are shown."""


class Commands(click.Group):
    """The group of all commands. Turns every error into a message and an exit code, and prints no
    control characters."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command that the arguments name, report its errors, and exit."""
        try:
            _reject_long_dashes(args[0] if args else extra.get("args") or sys.argv[1:])
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            code = _report_misuse(error)
        except click.Abort:
            code = 128 + signal.SIGINT
        except OSError as error:
            if is_stream_error(error):
                raise
            code = _report_failure(error)
        except Exception as error:
            code = _report_failure(error)
        sys.exit(code)


_LONG_DASHES = ("–", "—")


def _reject_long_dashes(arguments: Sequence[str]) -> None:
    """Raise ``Misused`` if an option starts with a long dash, into which Word and phones turn two
    hyphens."""
    for argument in arguments:
        if argument.startswith(_LONG_DASHES) and not Path(argument).exists():
            name = argument.lstrip("–—-")
            hyphens = "-" if len(name) == 1 else "--"
            raise Misused(
                f"“{argument}” starts with a long dash, which Word and phones write instead of "
                f"hyphens. Write {hyphens}{name}"
            )


_MULTILINE_ERRORS = (Misused, getattr(click.exceptions, "NoArgsIsHelpError", Misused))
"""Types of errors whose line breaks scorm-builder wrote itself; in other errors they come from the
user's input and are escaped."""


def _report_misuse(error: click.ClickException) -> int:
    words = error.message
    if isinstance(error, click.NoSuchOption) and (others := _commands_with(error)):
        words = f"{words} It is an option of {' and '.join(others)}."
        vars(error)["possibilities"] = None
    # Click also prints the usage, and declares the attribute as final.
    vars(error)["message"] = (
        printable(words) if isinstance(error, _MULTILINE_ERRORS) else escape_controls(words)
    )
    error.show()
    return error.exit_code


def _commands_with(error: click.NoSuchOption) -> Sequence[str]:
    """The other commands that have the option which the command lacks."""
    group = error.ctx.find_root().command if error.ctx else None
    commands = group.commands.items() if isinstance(group, click.Group) else ()
    return [
        f"“scorm-builder {name}”"
        for name, command in commands
        if any(error.option_name in param.opts for param in command.params)
    ]


def _report_failure(error: Exception) -> int:
    """Report an unexpected error with its location in the code; returns the exit code 3, which
    nothing else uses."""
    # Imported here, since it is needed only on failure.
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f", {Path(frame.filename).name}:{frame.lineno}" for frame in last)
    reason = " ".join(str(error).split())[:_MAX_REASON]
    what = f"{type(error).__name__}{place}{f': {reason}' if reason else ''}"
    say(
        "scorm-builder crashed. This is a bug in scorm-builder, not a mistake of yours. Earlier "
        "packages and files were not changed.\nPlease report it to the people who gave you "
        "scorm-builder, with the command and, if you are allowed to share them, its files:\n    "
        f"scorm-builder {__version__}: {escape_controls(what)}",
        wrong=True,
    )
    return _EXIT_FAILED


def is_stream_error(error: OSError) -> bool:
    return error.filename is None and error.errno in _WRITE_ERRORS


_ENDING_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""Signals that end a command by an exception, so that half-written files are deleted.

Windows has no SIGHUP, and only Windows has SIGBREAK.
"""

_EXIT_DELAY = 0.01
"""Seconds until the process exits after code of a library has dropped a ``SystemExit``."""


def run(command: Callable[[], object]) -> None:
    """Run a command as the only work of this process.

    Ends it cleanly on signals such as Ctrl-C, and exits with 1 if its output can no longer be
    written.
    """
    # A short process keeps nearly all objects; garbage collection would take a third of its time.
    gc.disable()
    # Other installed packages must not change a build, and searching for plugins takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    atexit.register(gc.freeze)
    # Consoles and pipes on Windows may not be UTF-8; a message must never cause a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    for number in _ENDING_SIGNALS:
        # A signal ignored from the start, as under nohup, stays ignored.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _exit_on_signal)
    sys.unraisablehook = _handle_dropped
    try:
        command()
    except OSError as error:
        if not is_stream_error(error):
            raise
        _silence_streams()
        sys.exit(1)


def _silence_streams() -> None:
    # Otherwise the rest of a stream's buffer would be written, and fail, again at exit.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        os.dup2(nowhere, stream.fileno())


def _exit_on_signal(number: int, frame: FrameType | None) -> None:
    # A second signal must not interrupt the cleanup started by the first.
    for ending in _ENDING_SIGNALS:
        signal.signal(ending, signal.SIG_IGN)
    # The exit code that shells use for processes ended by a signal.
    sys.exit(128 + number)


def _handle_dropped(dropped: sys.UnraisableHookArgs) -> None:
    """Handle an exception that Python could not pass on, because it occurred in a destructor or in
    a callback of a library."""
    error = dropped.exc_value
    if isinstance(error, SystemExit):
        _exit_soon(error.code)
    # That a stream cannot be written has been reported already.
    elif not (isinstance(error, OSError) and is_stream_error(error)):
        sys.__unraisablehook__(dropped)


def _exit_soon(code: str | int | None) -> None:
    """Exit with this code after a short delay, when the code that dropped the exception of a signal
    has returned."""
    # Windows has no such timer; the command runs to its own end.
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(code))
        signal.setitimer(signal.ITIMER_REAL, _EXIT_DELAY)
