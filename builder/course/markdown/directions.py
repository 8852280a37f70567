"""Marks text that is written in the opposite direction to its course.

A browser would use the direction of the course, which puts a full stop on the wrong side (HTML, the
``dir`` attribute). The direction with more letters wins, since a paragraph may start with a name in
another script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from markdown_it.token import Token

from builder.course.markdown.plain_text import text_of

Direction = Literal["ltr", "rtl"]

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
"""Matches characters in blocks of right-to-left scripts (Unicode Standard Annex 9, table 5)."""

_ISOLATES: Mapping[Direction, str] = {"ltr": "\u2066", "rtl": "\u2067"}
_END_OF_ISOLATE = "\u2069"
"""The equivalent of ``dir`` in plain text (Unicode Standard Annex 9, 2.4)."""

_CELLS = ("th", "td")
# The list has room for bullets only on the other side.
_STYLES = {"li": "margin-inline-start:1.5em"}


def turned(text: str, usual: Direction) -> Direction | None:
    """The direction of a text if it is opposite to the ``usual`` one, else ``None``."""
    written = _dominant_direction(text, usual)
    return written if written != usual else None


def isolated(text: str, usual: Direction) -> str:
    """Wrap a text in directional isolates if its direction is opposite to the ``usual`` one.

    For places without markup, such as an option of a list, or a title within a sentence.
    """
    written = turned(text, usual)
    return f"{_ISOLATES[written]}{text}{_END_OF_ISOLATE}" if written else text


def directed(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Sequence[Token]:
    """Add ``dir`` attributes to the tokens of text in the opposite direction; the given tokens stay
    unchanged.

    Paragraphs, headings and items get the attribute themselves. The text of a cell, or of a line
    without an element, such as an option, is wrapped in a ``span``, so that it starts on the same
    side as its neighbours. ``value`` returns the value of a variable.
    """
    if direction == "ltr":
        texts = (_text(one, value) for one in tokens if one.type == "inline")
        if not _RIGHT_TO_LEFT.search("".join(texts)):
            return tokens
    return [*_mark_tokens(tokens, direction, value)]


def _mark_tokens(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        words = _words(tokens, at)
        other = turned(_text(words, value), direction) if words else None
        if not other:
            yield token
        elif token.type == "inline":
            yield token.copy(children=[*_wrap_in_span(token.children or [], other)])
        else:
            style = {"style": _STYLES[token.tag]} if token.tag in _STYLES else {}
            yield token.copy(attrs={**token.attrs, "dir": other, **style})


def _wrap_in_span(children: Sequence[Token], written: Direction) -> Iterator[Token]:
    yield Token("span_open", "span", 1, attrs={"dir": written})
    yield from children
    yield Token("span_close", "span", -1)


def _text(line: Token, value: Callable[[str], str]) -> str:
    """The text of a line, without its images."""
    children = [child for child in line.children or [] if child.type != "image"]
    return text_of(children, value)


def _words(tokens: Sequence[Token], at: int) -> Token | None:
    """The line of text whose direction a token can set; ``None`` if it cannot."""
    token = tokens[at]
    if token.type == "inline":
        earlier = (tokens[before] for before in range(at - 1, -1, -1))
        before = next((one for one in earlier if not one.hidden), None)
        opened = before is not None and before.nesting == 1 and before.tag not in _CELLS
        return None if opened else token
    if token.nesting != 1 or token.hidden or token.tag in _CELLS:
        return None
    # A tight list has hidden paragraphs.
    for token in tokens[at + 1 : at + 3]:
        if token.type == "inline":
            return token
        if not token.hidden:
            return None
    return None


def _dominant_direction(text: str, usual: Direction) -> Direction | None:
    """The direction of a text; ``None`` if undecided."""
    if usual == "ltr" and not _RIGHT_TO_LEFT.search(text):
        return usual
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    right, left = sum(kind in ("R", "AL") for kind in kinds), kinds.count("L")
    if right == left:
        return None
    return "rtl" if right > left else "ltr"
