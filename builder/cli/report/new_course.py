"""Reports a new course, and suggests the next commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from builder.base.printing import escape_controls, quoted
from builder.cli.report.phrases import format_count, onward
from builder.course.new_course import Created


def text(begun: Created) -> str:
    """Describe a new course."""
    is_here = begun.folder.absolute() == Path().absolute()
    made = f"Made the course “{begun.title}” in {'this folder' if is_here else begun.folder}"
    lines = [click.style(escape_controls(made), fg="green", bold=True)]
    build = "builds as it is" if begun.pages == 1 else "build as they are"
    points = format_count(begun.open, "point is", "points are")
    lines.append(f"  {format_count(begun.pages, 'page')}, which {build}; {points} open.")
    lines += ["  Search for ✎, which marks the places for your own text.", *_language(begun), ""]
    into = () if is_here else ((f"cd {quoted(str(begun.folder))}", ""),)
    commands = (
        ("scorm-builder preview", "shows the course while you write"),
        ("scorm-builder build", "builds its package, and lists the open points"),
    )
    return "\n".join([*lines, onward(*into, *commands)])


def sheet(file: Path) -> str:
    """Describe a new sheet of questions."""
    name = quoted(str(file))
    beside = " The sheet “How to fill in” explains the columns." if file.suffix == ".xlsx" else ""
    return "\n".join(
        [
            click.style(escape_controls(f"Made the sheet {file}"), fg="green", bold=True),
            f"  It has an example question of each type: replace them with your own.{beside}",
            "",
            onward((f"scorm-builder import {name}", "makes a course from it")),
        ]
    )


def _language(begun: Created) -> Iterator[str]:
    name = begun.spoken.name
    if name != "English":
        yield f"  Its pages are in {name}, and the notes to you in English."
    if not begun.spoken.reviewed:
        yield f"  No native speaker of {name} has reviewed these texts or the interface yet."
