"""Formats commands that an author can copy into a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import click

from builder.base.printing import quoted
from builder.diagnostics.diagnostic import name_course

_BUILD = re.compile(r"(?<=scorm-builder )build(?= FOLDER\b)")


def complete_commands(hint: str, course: Path) -> str:
    """Replace the placeholders in the commands of a hint by ``course``, the course folder, and
    ``build`` by the command that the author has typed.

    An empty path means the current folder, unless the author's command names another one.
    """
    folder = quoted(str(course)) if course != Path() else _typed_course() or "."
    return _BUILD.sub(lambda _: _typed_command(), name_course(hint, folder))


def _typed_command() -> str:
    """The name of the command that the author has typed, if it takes a course; otherwise
    ``build``."""
    context = click.get_current_context(silent=True)
    takes = context and any(one.name == "course" for one in context.command.params)
    return (context and takes and context.command.name) or "build"


def _typed_course() -> str:
    """The course folder in the author's command, quoted; empty if it names none. Needed for
    problems whose paths are relative to the current folder."""
    context = click.get_current_context(silent=True)
    course = context.params.get("course") if context else None
    # In “approve” the argument also contains the parts.
    course = course[0] if isinstance(course, tuple) else course
    return quoted(str(course)) if course else ""


def onward(*commands: tuple[str, str]) -> str:
    """Format suggestions for the next commands, one per line, with their purposes in a second
    column.

    Each command is a pair of the command and its purpose, which may be empty. Names in a command
    must already be ``quoted``.
    """
    width = max(len(typed) for typed, purpose in commands if purpose)
    lines = (f"    {typed:<{width}}    {purpose}".rstrip() for typed, purpose in commands)
    return "\n".join(["Next", *lines])
