"""The process of the command: its streams, its signals, its memory."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from builder.cli.endings import unwritten

_ENDING = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""Signals that end a build as an exception does, so that what is half-written is deleted. Windows
has no SIGHUP, and SIGBREAK alone."""

_SOON = 0.01
"""Seconds."""


def run(command: Callable[[], object]) -> None:
    """Run a command as the whole of this process."""
    # A short process that keeps nearly all it makes: collecting took a third of its time.
    gc.disable()
    # What else is installed must not change a build, and looking for it takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    atexit.register(gc.freeze)
    # Windows consoles and pipes may not be UTF-8; a message must never be a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    for number in _ENDING:
        # What is ignored from the start, as under nohup, stays so.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _ended)
    sys.unraisablehook = _unraised
    try:
        command()
    except OSError as error:
        if not unwritten(error):
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
    for ending in _ENDING:
        signal.signal(ending, signal.SIG_IGN)
    # What a shell says of a process that a signal has ended.
    sys.exit(128 + number)


def _unraised(dropped: sys.UnraisableHookArgs) -> None:
    """What Python would print of an exception that had to be dropped, within a destructor or in the
    code of a library that calls back."""
    error = dropped.exc_value
    if isinstance(error, SystemExit):
        _end_soon(error.code)
    # That a file cannot be closed either is said of it already.
    elif not (isinstance(error, OSError) and unwritten(error)):
        sys.__unraisablehook__(dropped)


def _end_soon(code: str | int | None) -> None:
    """End as a signal has asked for, once what has dropped its exception is through."""
    # Windows has no such timer: there, the command goes on to its own end.
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(code))
        signal.setitimer(signal.ITIMER_REAL, _SOON)
