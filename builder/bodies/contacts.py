"""Whom to turn to: ``::: contacts Title`` and a list of local values."""

from __future__ import annotations

from builder.bodies.base import Body, Contact, Part, listed, wrong
from builder.markdown import Directive

_PROBLEM = "has an entry that does not end with one local value"
_FIX = (
    "Write each one like this: - Your manager: {{ manager }}. The value and its label stand under "
    "“variables:” in course.yaml, where somebody confirms them."
)


def read(block: Directive) -> Body:
    """``entries``: each a contact."""
    contacts: list[Part] = []
    faults = []
    for line, entry in listed(block):
        found = entry and entry.trailing_variable()
        if found:
            contacts.append(Contact(*found))
        else:
            faults.append(wrong(block, line, _PROBLEM, _FIX))
    return Body({"entries": tuple(contacts)}, tuple(faults))
