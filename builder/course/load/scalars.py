"""Locates each scalar (text value) of a YAML file, and each character of the scalar in the source.

Code that changes one text of a file uses this to leave everything around it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from yaml import CSafeLoader, YAMLError
from yaml.events import ScalarEvent

from builder.diagnostics.diagnostic import Position

Span = tuple[int, int]
"""The offsets of the start and the end of one character in a file."""

_ESCAPE = re.compile(
    r"\\(?:x(?P<two>[0-9A-Fa-f]{2})|u(?P<four>[0-9A-Fa-f]{4})|U(?P<eight>[0-9A-Fa-f]{8})|(?P<one>.))"
)
_ESCAPES = {
    **{"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"},
    **{"e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"},
}
_BLANK = " \t\n"
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text of a YAML file, from offset ``start`` to ``end`` including its quotation marks.

    ``style`` is YAML's: empty for plain, ``'``, ``"``, ``|`` or ``>``. ``spans`` has the source
    span of each character of ``value``; ``None`` if the spans cannot be determined.
    """

    start: int
    end: int
    style: str
    value: str
    spans: tuple[Span, ...] | None


class Scalars:
    """All texts of a YAML file, or of a page's front matter, in order. The line ends of the file
    must be ``\\n``."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.all = tuple(_read_scalars(text, self._yaml(text)))

    @staticmethod
    def _yaml(text: str) -> str:
        lines = text.split("\n")
        if lines[0].rstrip() != _FENCE:
            return text
        end = next((row for row in range(1, len(lines)) if lines[row].rstrip() == _FENCE), 1)
        # Keep the length of the first line, so that all offsets match the file's.
        return "\n".join([" " * len(lines[0]), *lines[1:end]])

    def at(self, position: Position) -> int | None:
        """The index in ``all`` of the text at a position; ``None`` if no text is there."""
        if not 0 < position.line <= len(self._starts):
            return None
        offset = self._starts[position.line - 1] + position.column - 1
        for index, scalar in enumerate(self.all):
            if scalar.start <= offset < max(scalar.end, scalar.start + 1):
                return index
        return None


def _read_scalars(text: str, source: str) -> Iterator[Scalar]:
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    # The type stubs declare the marks of an event as optional, but libyaml always sets both.
    get: Callable[[], Any] = CSafeLoader(source).get_event
    try:
        while (event := get()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                begin, after = event.start_mark, event.end_mark
                start = starts[min(begin.line, len(starts) - 1)] + begin.column
                end = min(starts[min(after.line, len(starts) - 1)] + after.column, len(text))
                style = event.style or ""
                spans = _spans(source, start, end, style, event.value)
                yield Scalar(start, end, style, event.value, spans)
    except YAMLError:
        return


def _spans(source: str, start: int, end: int, style: str, value: str) -> tuple[Span, ...] | None:
    if style in ("|", ">"):
        letters = list(_block_characters(source, start, end))
        letters = list(_fold_block(letters)) if style == ">" else letters
    else:
        quoted = bool(style)
        letters = list(_flow_characters(source, start + quoted, end - quoted, style))
    letters = letters[: len(value)]
    known = "".join(letter for letter, _ in letters) == value
    return tuple(span for _, span in letters) if known else None


def _flow_characters(source: str, start: int, end: int, style: str) -> Iterator[tuple[str, Span]]:
    """Yield the characters of a plain or quoted text (``style``) and their spans in ``source``,
    where the text goes from ``start`` to ``end``. Lines are folded (YAML 1.1, 4.2.6)."""
    at = start
    while at < end:
        letter = source[at]
        after = at + 1
        if letter in _BLANK:
            while after < end and source[after] in _BLANK:
                after += 1
            yield from _fold_blanks(source, at, after)
        elif style == "'" and source.startswith("''", at):
            after = at + 2
            yield "'", (at, after)
        elif style == '"' and source.startswith("\\\n", at):
            after = at + 2
            while after < end and source[after] in " \t":
                after += 1
        elif style == '"' and letter == "\\" and (found := _ESCAPE.match(source, at, end)):
            after = found.end()
            yield _unescape(found), (at, after)
        else:
            yield letter, (at, after)
        at = after


def _fold_blanks(source: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    breaks = source.count("\n", start, end)
    if not breaks:
        for at in range(start, end):
            yield source[at], (at, at + 1)
    elif breaks == 1:
        yield " ", (start, end)
    else:
        for _ in range(breaks - 1):
            yield "\n", (start, end)


def _unescape(found: re.Match[str]) -> str:
    code = found["two"] or found["four"] or found["eight"]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\ufffd"
    return _ESCAPES.get(found["one"], found["one"])


def _block_characters(source: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the characters of a block text below ``|`` or ``>`` and their spans in ``source``,
    where the text goes from ``start`` to ``end``: the lines of the text without indentation."""
    at = source.find("\n", start, end) + 1
    lines = source[at:end].split("\n")
    filled = [line for line in lines if line.strip()]
    indent = len(filled[0]) - len(filled[0].lstrip(" ")) if at and filled else 0
    for line in lines if at else ():
        for place in range(at + min(indent, len(line)), at + len(line)):
            yield source[place], (place, place + 1)
        at += len(line)
        yield "\n", (at, at + 1)
        at += 1


def _fold_block(letters: list[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    """Fold the lines of a ``>`` block, of which ``letters`` are the characters and their spans: a
    single line end becomes a space, and of several consecutive line ends the first is dropped."""
    at = 0
    while at < len(letters):
        after = at
        while after < len(letters) and letters[after][0] == "\n":
            after += 1
        if after == at:
            yield letters[at]
            after += 1
        elif after == at + 1 and after < len(letters):
            yield " ", letters[at][1]
        else:
            yield from letters[at + 1 : after] if after < len(letters) else letters[at:after]
        at = after
