"""Further reading: ``::: further-reading Title`` with a list of links."""

from __future__ import annotations

from builder.course import targets
from builder.course.blocks.base import Body, Part, Reading, read_lists
from builder.course.markdown import Directive, Element

_PROBLEM = "has an entry that is not one link to an address outside the course"
_FIX = "Write each link on a separate line, like this: - [Its title](https://www.example.org)"


def read(block: Directive) -> Body:
    """Parse further reading: ``entries``, each with a ``reading`` and the ``note`` after its
    link."""
    entries, faults = read_lists(block, _entry, _PROBLEM, _FIX)
    return Body({"entries": entries}, faults)


def _entry(entry: Element) -> Part | None:
    leading = entry.leading_link()
    if not leading or leading[2].links or not targets.is_address(leading[0].target):
        return None
    link, words, note = leading
    return {"reading": Reading(link, words), "note": note}
