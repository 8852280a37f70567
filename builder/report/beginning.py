"""What a new course is, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from builder.artifacts import Begun
from builder.printing import shown


def text(begun: Begun) -> str:
    """A new course in words."""
    here = begun.folder.absolute() == Path().absolute()
    made = f"Made the course “{begun.title}” in {'this folder' if here else begun.folder}"
    lines = [click.style(shown(made), fg="green", bold=True)]
    lines.append(f"  {begun.pages} pages, which build as they are; {begun.open} points are open.")
    lines += ["  Search for ✎: it stands where your own words belong.", *_language(begun), ""]
    lines.append("Next")
    if not here:
        lines.append(f"    cd {_quoted(begun.folder)}")
    lines.append("    scorm-builder preview    shows the course while you write")
    lines.append("    scorm-builder build      makes its package, and lists what is open")
    return "\n".join(lines)


def _language(begun: Begun) -> Iterator[str]:
    name = begun.spoken.name
    if name != "English":
        yield f"  Its pages are in {name}, the notes to you in English."
    if not begun.spoken.reviewed:
        yield f"  No speaker of {name} has reviewed these texts yet, nor the interface's."


def _quoted(folder: Path) -> str:
    # Double quotes are what cmd, PowerShell and the shells of macOS and Linux have in common.
    words = shown(str(folder))
    return words if re.fullmatch(r"[\w./\\-]+", words) else f'"{words}"'
