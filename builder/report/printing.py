"""What others wrote, as a terminal can show it."""

from __future__ import annotations

import re

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What would move a terminal's cursor, or turn the order of what it shows."""


def shown(words: str) -> str:
    """Words of an author, of a trainee, or of a file of any kind: they may hold what a terminal
    would obey."""
    return _UNPRINTED.sub(lambda one: ascii(one[0])[1:-1], words)
