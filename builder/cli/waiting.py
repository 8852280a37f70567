"""What a terminal shows while a command takes its time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

_AFTER = 1.0
"""Seconds that nobody takes for a standstill."""


@contextmanager
def told(words: str) -> Iterator[None]:
    """Show ``words`` in a line that goes away, if what is done takes longer than a moment.

    Only on a terminal: in a log, or in what a program reads, the line would stay.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield
        return
    timer = Timer(_AFTER, print, (words,), {"end": "", "file": stream, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        # Where nothing was shown, this shows nothing, either.
        print(f"\r{' ' * len(words)}\r", end="", file=stream, flush=True)
