"""Reads a page's front matter: the YAML between two lines ``---`` at its start."""

from __future__ import annotations

from builder.course.load import yaml
from builder.course.sources import PageFile
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_FENCE = "---"
_MISSING = "The page does not start with its front matter."
_UNCLOSED = "The front matter is not closed: its second line --- is missing."


def read(text: str, path: str) -> tuple[PageFile | None, tuple[Diagnostic, ...]]:
    """Split a page (with ``\\n`` line ends) into front matter and body; ``None`` and problems on
    error."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return None, (problem("front-matter", Position(path, 1, 1), problem=_MISSING),)
    end = next((row for row in range(1, len(lines)) if lines[row].rstrip() == _FENCE), None)
    if end is None:
        return None, (problem("front-matter", Position(path, 1, 1), problem=_UNCLOSED),)
    # An empty line in place of the fence keeps line numbers equal to the file's.
    front, problems = yaml.read("\n".join(["", *lines[1:end]]), path)
    if front is None:
        return None, problems
    return PageFile(path, front, "\n".join(lines[end + 1 :]), end + 2), problems
