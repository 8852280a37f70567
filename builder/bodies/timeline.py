"""What comes when: ``::: timeline Title`` and a definition list."""

from __future__ import annotations

from builder.bodies.base import Body, pairs
from builder.markdown import Directive

_PROBLEM = "holds something else than times with what belongs to each"
_FIX = (
    "Write each time on a line of its own, and below it one “: ” with what comes then. Indent "
    "further paragraphs by two spaces."
)


def read(block: Directive) -> Body:
    """``entries``: each has the ``time``, and the ``text`` that belongs to it."""
    found, faults = pairs(block, _PROBLEM, _FIX)
    return Body({"entries": tuple({"time": time, "text": text} for time, text in found)}, faults)
