"""Formats counts, and makes text safe for a terminal, for JSON, and for the cells of a
spreadsheet."""

from __future__ import annotations

import json
import re
from typing import Any

_CONTROLS = (
    "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
"""Characters that move a terminal's cursor or change the order of text, invisible characters, and
surrogates, which no stream can encode."""
_CONTROL_PATTERN = f"[{_CONTROLS}]"
_STYLE = "\x1b\\[(?:0|1|3[0-7])m|\n"
"""A line end, or a style of ``click.style``."""
_STYLE_OR_CONTROL = f"({_STYLE})|[{_CONTROLS}]"
"""Line ends and styles, or any character that has to be escaped."""


def escape_controls(words: str) -> str:
    """Escape the control characters in text from authors, trainees or files: a terminal would
    interpret them."""
    # Fast path: printable text is safe, and nearly all text is printable.
    return words if words.isprintable() else re.sub(_CONTROL_PATTERN, _escape, words)


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]


def quoted(word: str) -> str:
    """A path or another argument as it is written on a command line, in quotes if it needs them."""
    # Double quotes work in cmd, PowerShell and the shells of macOS and Linux.
    words = escape_controls(word)
    return words if re.fullmatch(r"[\w./:\\-]+", words) else f'"{words}"'


def printable(text: str) -> str:
    """Escape control characters in a whole report, but keep its line ends and colours.

    A second filter after ``escape_controls``: text in the report that was not passed through that
    function can at most end a line or change colours.
    """
    if re.sub(_STYLE, "", text).isprintable():
        return text
    return re.sub(_STYLE_OR_CONTROL, lambda match: match[1] or _escape(match), text)


def format_count(number: int, one: str, more: str = "") -> str:
    """Format a count with its noun: “1 page”, “1,200 pages”.

    ``one`` is the singular; ``more`` is the plural if it is not the singular with an s.
    """
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def json_text(value: Any) -> str:
    """Format a value as JSON in printable ASCII."""
    # The only unprintable ASCII character that JSON does not escape.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f")


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_STARTS = r"(?P<start>(?:\A|;)[ \"\t\r\n\u00a0]*)"
_SIGN = "(?P<more>'*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])"
_FORMULA = re.compile(_STARTS + _SIGN)
_MADE_SAFE = re.compile(f"{_STARTS}'{_SIGN}")


def safe(cell: str) -> str:
    """The text of a cell with an apostrophe before everything that a spreadsheet could read as a
    formula: at the start, and after each semicolon.

    Many spreadsheets split rows at semicolons. Numbers are returned unchanged.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    return _FORMULA.sub(r"\g<start>'\g<more>", cell)


def unsafe(cell: str) -> str:
    """The text of a cell without the apostrophes that ``safe`` has added."""
    return _MADE_SAFE.sub(r"\g<start>\g<more>", cell) if "'" in cell else cell
