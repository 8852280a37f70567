"""Lays out sentences and rows in lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from builder.base.printing import escape_controls

WIDTH = 96
"""Maximum length of a line, in characters."""
INDENT = "  "


def wrapped(sentences: Iterable[str], indent: str = "") -> list[str]:
    """Wrap sentences to lines that start with ``indent``, and escape control characters."""
    return [
        f"{indent}{line}"
        for sentence in sentences
        for line in wrap(escape_controls(sentence), WIDTH - len(indent), break_long_words=False)
    ]


def columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Format rows of a name and a text as two columns; wraps the text, and omits a name that
    repeats the one above."""
    table = [(name, escape_controls(words)) for name, words in rows]
    if not table:
        return []
    column = max(len(name) for name, _ in table) + 2
    width = len(INDENT) + column
    lines: list[str] = []
    before = None
    for name, words in table:
        head = "" if name == before else name
        before = name
        # A code such as 7KQ2-M9XR is copied as a whole.
        room = WIDTH - width
        first, *more = wrap(words, room, break_long_words=False, break_on_hyphens=False) or [""]
        lines.append(f"{INDENT}{head:<{column}}{first}")
        lines += [f"{'':{width}}{line}" for line in more]
    return lines
