"""Ends every command with an exit code and a message, never with a traceback."""

from __future__ import annotations

import errno
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from builder import __version__
from builder.base.printing import escape_controls, printable
from builder.cli.speaking import Misused, say

_WRITE_ERRORS = {
    *(errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF),
    # Reported by Windows for a closed pipe.
    errno.EINVAL,
}
"""Error numbers of failed writes. Without a file name, the error concerns a stream."""

_EXIT_FAILED = 3
_MAX_REASON = 200
"""Maximum length of an error's own text."""


class Commands(click.Group):
    """The group of commands; catches every error, and prints no control characters."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command, report errors, and exit."""
        try:
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


_MULTILINE_ERRORS = (Misused, getattr(click.exceptions, "NoArgsIsHelpError", Misused))
"""Errors whose line breaks are ours; in other errors they come from the user's input."""


def _report_misuse(error: click.ClickException) -> int:
    words = error.message
    # Click also prints the usage, and declares the attribute as final.
    vars(error)["message"] = (
        printable(words) if isinstance(error, _MULTILINE_ERRORS) else escape_controls(words)
    )
    error.show()
    return error.exit_code


def _report_failure(error: Exception) -> int:
    """Report an unexpected error with its location; returns 3, which no other ending uses."""
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
