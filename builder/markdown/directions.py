"""Paragraphs that are written in the other direction than their course.

A browser would set them by the course's: their full stop would stand on the wrong side (HTML, the
``dir`` attribute). What decides is the letters that there are more of, since a paragraph may well
begin with a name in another script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from markdown_it.token import Token

from builder.markdown.text import text_of

Direction = Literal["ltr", "rtl"]

_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
"""The blocks of scripts from right to left (Unicode Standard Annex 9, table 5)."""

_CELLS = ("th", "td")
_STYLES = {
    # There is room for its mark on the other side alone.
    "li": "margin-inline-start:1.5em",
    # Letters that are joined are not drawn together.
    **dict.fromkeys(("h2", "h3", "h4"), "letter-spacing:0"),
}


def directed(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Sequence[Token]:
    """The same tokens, where what opens a paragraph, heading, item or cell in the other direction
    says so; none of those given is changed. ``value`` gives that of a variable."""
    if direction == "ltr":
        texts = (text_of(one.children or [], value) for one in tokens if one.type == "inline")
        if not _FROM_RIGHT.search("".join(texts)):
            return tokens
    return [*_turned(tokens, direction, value)]


def _turned(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Iterator[Token]:
    cell: Direction | None = None
    for at, token in enumerate(tokens):
        words = _words(tokens, at) if token.nesting == 1 and not token.hidden else None
        written = _written(text_of(words.children or [], value), direction) if words else None
        turned = written if written != direction else None
        if token.tag in _CELLS:
            # The words alone: a cell stands below the head of its column.
            cell = turned
            yield token
        elif cell and token.type == "inline":
            yield token.copy(children=[*_span(token.children or [], cell)])
        elif turned:
            style = {"style": _STYLES[token.tag]} if token.tag in _STYLES else {}
            yield token.copy(attrs={**token.attrs, "dir": turned, **style})
        else:
            yield token


def _span(children: Sequence[Token], written: Direction) -> Iterator[Token]:
    yield Token("span_open", "span", 1, attrs={"dir": written})
    yield from children
    yield Token("span_close", "span", -1)


def _words(tokens: Sequence[Token], at: int) -> Token | None:
    """The line of words that an element begins with: in a tight list there is a paragraph between
    that is not shown."""
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
