"""``scorm-builder state``: explains the state that an LMS saved for a trainee."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path

import click

from builder.cli.terminal import JSON, PACKAGE, Misused, say

_MAX_READ = 1 << 20
"""Maximum number of characters read from a file or standard input; a saved state has at most
4096."""

_FILE_NAME = re.compile(r"[^{}\[\]\"]{1,250}\.[a-zA-Z]{2,4}")
"""Matches a text that must be a file name, because saved states contain no full stop."""


@click.command(short_help="Explain the state that an LMS saved for a trainee.")
@click.argument("package", type=PACKAGE)
@click.argument("string")
@click.option("--show-text", is_flag=True, help="Also print the texts that the trainee wrote.")
@JSON
def state(package: Path, string: str, show_text: bool, as_json: bool) -> None:
    """Explain the state that an LMS saved for a trainee.

    PACKAGE is the zip of the course. STRING is the suspend_data (cmi.suspend_data) from a report of
    the LMS, in quotes; or a file that contains it; or - to read it from standard input.

    Texts that the trainee wrote are left out without --show-text.

    Exits with 0 if all of it could be read, 1 if it is damaged, 2 if the command is wrong.
    """
    from builder.cli.report import saved
    from builder.updating import commands

    explained, problems = commands.explain(package, _read_state(string), show_text)
    if explained is None:
        raise Misused(*(f"{fault.position}: {fault.message}" for fault in problems))
    if as_json:
        say(saved.as_json(explained))
    else:
        say(saved.text(explained))
    sys.exit(1 if explained.damage else 0)


def _read_state(string: str) -> str:
    """Read the saved state from the argument itself, the file that it names, or standard input
    (``-``)."""
    if string == "-":
        return sys.stdin.buffer.read(_MAX_READ).decode("utf-8-sig", "replace")
    if not string.strip():
        # Not the current folder, but what a report has if the LMS saved nothing.
        return string
    path = Path(string)
    # A text too long for a file name is not a file.
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                return file.read(_MAX_READ)
        if path.exists():
            raise Misused(f"“{string}” is a folder, a device or a pipe, not a regular file.")
    if _FILE_NAME.fullmatch(string):
        raise Misused(f"There is no file “{string}”.")
    return string
