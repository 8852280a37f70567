"""Prints all output of the commands, without terminal control characters."""

from __future__ import annotations

import os
import sys

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
