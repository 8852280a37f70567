"""Texts that are written in the other direction than their course.

A browser would set them by the course's: their full stop would stand on the wrong side (HTML, the
``dir`` attribute). What decides is the letters that there are more of, since a paragraph may well
begin with a name in another script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from markdown_it.token import Token

from builder.course.markdown.text import text_of

Direction = Literal["ltr", "rtl"]

_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
"""The blocks of scripts from right to left (Unicode Standard Annex 9, table 5)."""

_ISOLATES: Mapping[Direction, str] = {"ltr": "\u2066", "rtl": "\u2067"}
_END_OF_ISOLATE = "\u2069"
"""What ``dir`` is in plain text (Unicode Standard Annex 9, 2.4)."""

_CELLS = ("th", "td")
# There is room for its mark on the other side alone.
_STYLES = {"li": "margin-inline-start:1.5em"}


def turned(text: str, usual: Direction) -> Direction | None:
    """How a text is written that is written in the other direction than the ``usual`` one; nothing
    for any other."""
    written = _written(text, usual)
    return written if written != usual else None


def isolated(text: str, usual: Direction) -> str:
    """A text where nothing but text can stand, such as a choice of a list or the title that a
    sentence names: in the other direction, it is set so by what stands round it."""
    written = turned(text, usual)
    return f"{_ISOLATES[written]}{text}{_END_OF_ISOLATE}" if written else text


def directed(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Sequence[Token]:
    """The same tokens, where what opens a paragraph, heading or item in the other direction says
    so, and so do the words of a cell and of a line that nothing opens, such as an option: they
    begin where their neighbours do. None of those given is changed. ``value`` gives that of a
    variable."""
    if direction == "ltr":
        texts = (_text(one, value) for one in tokens if one.type == "inline")
        if not _FROM_RIGHT.search("".join(texts)):
            return tokens
    return [*_directed(tokens, direction, value)]


def _directed(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        words = _words(tokens, at)
        other = turned(_text(words, value), direction) if words else None
        if not other:
            yield token
        elif token.type == "inline":
            yield token.copy(children=[*_span(token.children or [], other)])
        else:
            style = {"style": _STYLES[token.tag]} if token.tag in _STYLES else {}
            yield token.copy(attrs={**token.attrs, "dir": other, **style})


def _span(children: Sequence[Token], written: Direction) -> Iterator[Token]:
    yield Token("span_open", "span", 1, attrs={"dir": written})
    yield from children
    yield Token("span_close", "span", -1)


def _text(line: Token, value: Callable[[str], str]) -> str:
    """What a line says; what its images show is told apart from it."""
    children = [child for child in line.children or [] if child.type != "image"]
    return text_of(children, value)


def _words(tokens: Sequence[Token], at: int) -> Token | None:
    """The line of words for which a token says how it is written, if it does for any."""
    token = tokens[at]
    if token.type == "inline":
        earlier = (tokens[before] for before in range(at - 1, -1, -1))
        before = next((one for one in earlier if not one.hidden), None)
        opened = before is not None and before.nesting == 1 and before.tag not in _CELLS
        return None if opened else token
    if token.nesting != 1 or token.hidden or token.tag in _CELLS:
        return None
    # In a tight list there is a paragraph between that is not shown.
    for token in tokens[at + 1 : at + 3]:
        if token.type == "inline":
            return token
        if not token.hidden:
            return None
    return None


def _written(text: str, usual: Direction) -> Direction | None:
    """How a text is written; nothing where no letter says so."""
    if usual == "ltr" and not _FROM_RIGHT.search(text):
        return usual
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    right, left = sum(kind in ("R", "AL") for kind in kinds), kinds.count("L")
    if right == left:
        return None
    return "rtl" if right > left else "ltr"
