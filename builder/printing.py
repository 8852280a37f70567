"""Everything that a command prints: to a terminal that must not obey what others wrote."""

from __future__ import annotations

import json
import re
from typing import Any

_OBEYED = (
    "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
"""What would move a terminal's cursor or turn the order of what it shows, what nobody can see, and
halves of characters, which no stream can write."""
_UNPRINTED = f"[{_OBEYED}]"
_STYLE = "\x1b\\[(?:0|1|3[0-7])m|\n"
"""A line end, or a style of ``click.style``."""
_STYLED = f"({_STYLE})|[{_OBEYED}]"
"""Line ends and styles, and whatever else would be obeyed."""


def shown(words: str) -> str:
    """Words of an author, of a trainee, or of a file of any kind: they may hold what a terminal
    would obey."""
    # What is printable is not obeyed: that is told faster, and true of nearly all words.
    return words if words.isprintable() else re.sub(_UNPRINTED, _escaped, words)


def _escaped(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]


def quoted(word: str) -> str:
    """A folder, or whatever else is one word of a command, as it is typed."""
    # Double quotes are what cmd, PowerShell and the shells of macOS and Linux have in common.
    words = shown(word)
    return words if re.fullmatch(r"[\w./:\\-]+", words) else f'"{words}"'


def printable(text: str) -> str:
    """A whole text as it may be printed, with the line ends and the styles of a report.

    The last of two filters: what a report has not put through ``shown`` can still do no more than
    end a line or colour it.
    """
    if re.sub(_STYLE, "", text).isprintable():
        return text
    return re.sub(_STYLED, lambda match: match[1] or _escaped(match), text)


def json_text(value: Any) -> str:
    """A value as JSON in printable ASCII."""
    # The one character of ASCII that cannot be printed and JSON need not escape.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f")
