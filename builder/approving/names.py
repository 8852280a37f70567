"""Cleans the name of the person who approves, as somebody typed it."""

from __future__ import annotations

import re
import unicodedata

_MAX_LENGTH = 200
"""Maximum number of characters of a name."""
_MIN_LETTERS = 2
"""Minimum number of letters of a name."""
_PLACEHOLDER = "name"
"""The placeholder in the commands of messages, in lower case, which is not accepted as a name."""
_INVISIBLE_MARKS = re.compile("[\u061c\u200e\u200f\u2060\ufeff]")
"""Matches invisible characters that Word inserts into Arabic and Hebrew text."""
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Translation table that removes the invisible joiners in Persian and Indian names."""


def clean_name(written: str) -> str:
    """Return a name without invisible marks and extra spaces; empty if it is not acceptable.

    A name has at least two letters, and is not the placeholder NAME. It has no control characters,
    which may change the order of text. Nothing else is judged: a person says who approves.
    """
    name = " ".join(_INVISIBLE_MARKS.sub("", written).split())
    letters = sum(unicodedata.category(sign).startswith("L") for sign in name)
    printable = name.translate(_JOINERS).isprintable() and len(name) <= _MAX_LENGTH
    placeholder = name.strip("<>[]{}\"'“”").lower() == _PLACEHOLDER
    return name if printable and letters >= _MIN_LETTERS and not placeholder else ""
