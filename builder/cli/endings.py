"""How a command ends: with an exit code and a sentence, never with a traceback."""

from __future__ import annotations

import errno
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from builder import __version__
from builder.cli.speaking import Misused, say
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


class Commands(click.Group):
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
            if unwritten(error):
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
    # Loaded where it is needed: what did not fail does not wait for it.
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f", {Path(frame.filename).name}:{frame.lineno}" for frame in last)
    reason = " ".join(str(error).split())[:_REASON]
    what = f"{type(error).__name__}{place}{f': {reason}' if reason else ''}"
    say(
        "scorm-builder failed, and should not have: the fault is its own, not yours. What was made "
        "before is unchanged.\nPlease report it to those who gave you scorm-builder, with the "
        f"command and, if you may, its files:\n    scorm-builder {__version__}: {shown(what)}",
        wrong=True,
    )
    return _FAILED


def unwritten(error: OSError) -> bool:
    return error.filename is None and error.errno in _UNWRITTEN
