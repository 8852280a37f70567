"""Commands in reports: those of a hint, as an author can copy them, and those to run next."""

from __future__ import annotations

import re
from pathlib import Path

import click

from builder.printing import quoted

_COURSE = re.compile(r"(?:(?<=scorm-builder approve )|(?<=scorm-builder review ))COURSE\b")
_BUILD = re.compile(r"(?<=scorm-builder )build(?= FOLDER\b)")


def copied(hint: str, course: Path) -> str:
    """A hint whose commands name the folder of the ``course``; where it says how a command is
    given a folder, that is the command which was typed. An empty path is the folder here, unless
    the command has named another one."""
    folder = quoted(str(course)) if course != Path() else _typed_course() or "."
    hint = _COURSE.sub(lambda _: folder, hint)
    return _BUILD.sub(lambda _: _typed(), hint)


def _typed() -> str:
    """The command that was typed, where it takes one course; else the one that builds it."""
    context = click.get_current_context(silent=True)
    takes = context and any(one.name == "course" for one in context.command.params)
    return (context and takes and context.command.name) or "build"


def _typed_course() -> str:
    """The course that was named to the command, for problems that name files from here."""
    context = click.get_current_context(silent=True)
    course = context.params.get("course") if context else None
    # “approve” has its parts beside it.
    course = course[0] if isinstance(course, tuple) else course
    return quoted(str(course)) if course else ""


def onward(*commands: tuple[str, str]) -> str:
    """The commands as they are typed, with names that are ``quoted``, one below the other, and what
    they are for in a column of its own; nothing of a command that goes without saying."""
    width = max(len(typed) for typed, purpose in commands if purpose)
    lines = (f"    {typed:<{width}}    {purpose}".rstrip() for typed, purpose in commands)
    return "\n".join(["Next", *lines])
