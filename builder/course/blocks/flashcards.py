"""Flashcards: ``::: flashcards Title`` with a definition list."""

from __future__ import annotations

from builder.course.blocks.base import Body, read_definitions
from builder.course.markdown import Directive

_PROBLEM = "contains something other than cards with a front and a back"
_FIX = (
    "Write the front of each card on a separate line, and below it “: ” with its back. Indent "
    "further paragraphs by two spaces."
)


def read(block: Directive) -> Body:
    """Parse flashcards: ``entries``, each with a ``front`` (the question) and a ``back`` (the
    answer)."""
    found, faults = read_definitions(block, _PROBLEM, _FIX)
    return Body({"entries": tuple({"front": front, "back": back} for front, back in found)}, faults)
