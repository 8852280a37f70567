"""Where to read more: ``::: further-reading Title`` and a list of links."""

from __future__ import annotations

from builder import targets
from builder.bodies.base import Body, Part, Reading, listed, wrong
from builder.markdown import Directive

_PROBLEM = "has an entry that is not one link to an address outside the course"
_FIX = "Write each one on a line of its own, like this: - [Its title](https://www.example.org)"


def read(block: Directive) -> Body:
    """``entries``: each a ``reading``, with a ``note`` that stands behind its link."""
    read_on: list[Part] = []
    faults = []
    for line, entry in listed(block):
        found = entry and entry.leading_link()
        if found and not found[2].links and targets.is_address(found[0].target):
            link, words, note = found
            read_on.append({"reading": Reading(link, words), "note": note})
        else:
            faults.append(wrong(block, line, _PROBLEM, _FIX))
    return Body({"entries": tuple(read_on)}, tuple(faults))
