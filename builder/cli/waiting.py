"""Shows a message in the terminal while a command runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

_DELAY = 1.0
"""Seconds before the message appears."""


@contextmanager
def show_message(words: str) -> Iterator[None]:
    """Show ``words`` in a temporary line if the block takes more than a moment.

    Only on a terminal: in a log, or in a program's input, the line would stay.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield
        return
    timer = Timer(_DELAY, print, (words,), {"end": "", "file": stream, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        # If nothing was shown, this shows nothing either.
        print(f"\r{' ' * len(words)}\r", end="", file=stream, flush=True)
