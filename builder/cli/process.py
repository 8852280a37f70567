"""Sets up the process of a command: streams, signals, memory."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from builder.cli.endings import is_stream_error

_ENDING_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""Signals that end a build like an exception, so that half-written files are deleted.

Windows has no SIGHUP, and is the only one with SIGBREAK.
"""

_EXIT_DELAY = 0.01
"""Delay in seconds until a dropped ``SystemExit`` is raised again."""


def run(command: Callable[[], object]) -> None:
    """Run a command as the whole process."""
    # A short process keeps nearly all its objects; garbage collection took a third of its time.
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
    """Handle an exception that Python had to drop, in a destructor or in a library's callback."""
    error = dropped.exc_value
    if isinstance(error, SystemExit):
        _exit_soon(error.code)
    # A stream that cannot be closed has been reported already.
    elif not (isinstance(error, OSError) and is_stream_error(error)):
        sys.__unraisablehook__(dropped)


def _exit_soon(code: str | int | None) -> None:
    """Exit as requested by a signal, shortly after the code that dropped its exception."""
    # Windows has no such timer; the command runs to its own end.
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(code))
        signal.setitimer(signal.ITIMER_REAL, _EXIT_DELAY)
