"""Locates the translation of an entry in a PO file, and each of its characters in the source.

Code that changes one translation uses this to leave everything around it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.course.load.scalars import Scalar, Span

_KEYWORD = re.compile(r'[ \t]*msgstr(?:\[0\])?[ \t]*(?=")')
_STRING = re.compile(r'[ \t]*"((?:[^"\\\n]|\\.)*)"[ \t]*')
_CHARACTER = re.compile(r"\\(?P<escaped>.)|[^\\]")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f"}


def translation_at(text: str, line: int) -> Scalar | None:
    r"""The text of the ``msgstr`` that starts on this line of a PO file, with ``\n`` line ends;
    ``None`` if none starts there. It ends with the last of its lines."""
    start = _line_start(text, line)
    keyword = _KEYWORD.match(text, start) if start is not None else None
    if keyword is None:
        return None
    letters: list[tuple[str, Span]] = []
    first = end = keyword.end()
    at: int | None = first
    while at is not None and (string := _STRING.match(text, at)):
        letters += _characters(text, *string.span(1))
        end = string.end(1) + 1
        at = string.end() + 1 if text[string.end() : string.end() + 1] == "\n" else None
    value = "".join(letter for letter, _ in letters)
    return Scalar(first, end, '"', value, tuple(span for _, span in letters))


def quoted(text: str) -> str:
    """Escape a text for use between the quotation marks of a PO file."""
    for letter, meaning in (("\\", "\\"), ("n", "\n"), ("t", "\t"), ("r", "\r"), ('"', '"')):
        text = text.replace(meaning, f"\\{letter}")
    return text


def _line_start(text: str, line: int) -> int | None:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if not at:
            return None
    return at


def _characters(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    for found in _CHARACTER.finditer(text, start, end):
        escaped = found["escaped"]
        yield (_ESCAPES.get(escaped, escaped) if escaped else found[0]), found.span()
