"""Checks of the text of XML before it is parsed."""

from __future__ import annotations

import re

ATTRIBUTES = 1_000
"""Maximum number of attributes of an element; the parsing time grows with the square of their
number."""
_TOO_MANY_ATTRIBUTES = re.compile(
    r"<[^\s<>/!?]++(?:\s++[^\s=<>]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))"
    rf"{{{ATTRIBUTES + 1}}}"
)


def too_many_attributes(text: str) -> int:
    """The number of the line of the first element with more than ``ATTRIBUTES`` attributes; 0 if
    there is none."""
    found = _TOO_MANY_ATTRIBUTES.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0
