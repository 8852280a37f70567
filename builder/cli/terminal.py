"""Prints the output of commands without control characters, and shows a message while one runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import click

from builder.base.printing import escape_controls, printable


class Misused(click.UsageError):
    """A usage error; each line is a sentence."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(map(escape_controls, lines)))


def can_ask() -> bool:
    """Whether the user can be asked: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def say(text: str, wrong: bool = False) -> None:
    """Print a text; to standard error if it is ``wrong``."""
    colour = False if "NO_COLOR" in os.environ else None
    click.echo(printable(text), err=wrong, color=colour)


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
