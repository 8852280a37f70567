"""Formats counts, and commands that an author can copy."""

from __future__ import annotations

import re
from pathlib import Path

import click

from builder.base.printing import quoted


def format_count(number: int, one: str, more: str = "") -> str:
    """Format a count with its noun: “1 page”, “1,200 pages”.

    ``more`` is the plural if it is not ``one`` with an s.
    """
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


_COURSE = re.compile(r"(?:(?<=scorm-builder approve )|(?<=scorm-builder review ))COURSE\b")
_BUILD = re.compile(r"(?<=scorm-builder )build(?= FOLDER\b)")


def complete_commands(hint: str, course: Path) -> str:
    """Fill the course folder, and the command typed by the author, into the commands of a hint.

    An empty path means the present folder, unless the author's command names another one.
    """
    folder = quoted(str(course)) if course != Path() else _typed_course() or "."
    hint = _COURSE.sub(lambda _: folder, hint)
    return _BUILD.sub(lambda _: _typed_command(), hint)


def _typed_command() -> str:
    """The typed command if it takes one course; otherwise ``build``."""
    context = click.get_current_context(silent=True)
    takes = context and any(one.name == "course" for one in context.command.params)
    return (context and takes and context.command.name) or "build"


def _typed_course() -> str:
    """The course in the author's command, for problems whose files are relative to the present
    folder."""
    context = click.get_current_context(silent=True)
    course = context.params.get("course") if context else None
    # In “approve” the argument also contains the parts.
    course = course[0] if isinstance(course, tuple) else course
    return quoted(str(course)) if course else ""


def onward(*commands: tuple[str, str]) -> str:
    """Format suggested next commands, one per line, with their purposes in a second column.

    Names in commands must be ``quoted`` already. A command without a purpose needs no explanation.
    """
    width = max(len(typed) for typed, purpose in commands if purpose)
    lines = (f"    {typed:<{width}}    {purpose}".rstrip() for typed, purpose in commands)
    return "\n".join(["Next", *lines])
