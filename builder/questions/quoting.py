"""Words that a question quotes, and the same words on their page."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(r" (?:…|\.\.\.) ")
_STYLES = str.maketrans("‘’“”\u00a0", "''\"\" ")


def comparable(text: str) -> str:
    """A text for comparison: one space for any white space, one style of quotation marks."""
    return " ".join(text.translate(_STYLES).split())


def pieces(quote: str) -> list[str]:
    """What stands between the places where a quotation leaves words out."""
    return _LEFT_OUT.split(" ".join(quote.split()))
