"""Timelines: ``::: timeline Title`` with a definition list."""

from __future__ import annotations

from builder.course.blocks.base import Body, read_definitions
from builder.course.markdown import Directive

_PROBLEM = "contains something other than times with their descriptions"
_FIX = (
    "Write each time on a separate line, and below it “: ” with what happens then. Indent further "
    "paragraphs by two spaces."
)


def read(block: Directive) -> Body:
    """Parse a timeline: ``entries``, each with a ``time`` and its ``text``."""
    found, faults = read_definitions(block, _PROBLEM, _FIX)
    return Body({"entries": tuple({"time": time, "text": text} for time, text in found)}, faults)
