"""Normalises quotations and the text of their pages for comparison."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(r" (?:…|\.\.\.) ")
_STYLES = str.maketrans("‘’“”\u00a0", "''\"\" ")


def comparable(text: str) -> str:
    """A text with single spaces and straight quotation marks, for comparison."""
    return " ".join(text.translate(_STYLES).split())


def pieces(quote: str) -> list[str]:
    """Split a quotation at its `` … ``, where words are left out."""
    return _LEFT_OUT.split(" ".join(quote.split()))
