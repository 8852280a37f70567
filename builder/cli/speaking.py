"""What the command says: all of it goes through one filter."""

from __future__ import annotations

import os
import sys

import click

from builder.printing import printable, shown


class Misused(click.UsageError):
    """A command that cannot be done as it was given; each line is a sentence."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(map(shown, lines)))


def can_ask() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def say(text: str, wrong: bool = False) -> None:
    """Print a text; what is ``wrong`` goes to the stream of errors."""
    colour = False if "NO_COLOR" in os.environ else None
    click.echo(printable(text), err=wrong, color=colour)
