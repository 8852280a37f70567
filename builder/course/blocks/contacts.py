"""Contacts: ``::: contacts Title`` with a list of variables."""

from __future__ import annotations

from builder.course.blocks.base import Body, Contact, read_lists
from builder.course.markdown import Directive, Element

_PROBLEM = "has an entry that does not end with one local value"
_FIX = (
    "Write each one like this: - Your manager: {{ manager }}. Write the value and its label under "
    "“variables:” in course.yaml."
)


def read(block: Directive) -> Body:
    """Parse contacts: ``entries`` is a list of contacts."""
    entries, faults = read_lists(block, _contact, _PROBLEM, _FIX)
    return Body({"entries": entries}, faults)


def _contact(entry: Element) -> Contact | None:
    trailing = entry.trailing_variable()
    return Contact(*trailing) if trailing else None
