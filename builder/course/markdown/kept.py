"""Tokens as they are kept once they are read: most of the memory that a large course takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from markdown_it.token import Token

_NOTHING: dict[str, Any] = {}
"""Of all tokens without attributes, and those without anything else: never written to."""
_MOST = 1 << 14
"""Different tokens that are remembered: those of a hundred lines of every kind."""


def kept(tokens: Iterable[Token]) -> Iterator[Token]:
    """The same tokens without what nobody asks for any more. Those that say the same are the same
    one, also on other pages: nobody may change them."""
    for token in tokens:
        line = token.meta["line"] if len(token.meta) == 1 and "line" in token.meta else None
        more = token.attrs or token.content or token.info or token.children is not None
        if line and not more:
            yield _shared(
                *(token.type, token.tag, token.nesting, token.level, token.markup),
                *(token.block, token.hidden, line),
            )
            continue
        token.map = None
        token.attrs = token.attrs or _NOTHING
        token.meta = _at(line) if line else token.meta or _NOTHING
        for child in token.children or ():
            child.attrs = child.attrs or _NOTHING
            child.meta = child.meta or _NOTHING
        yield token


@lru_cache(_MOST)
def _at(line: int) -> dict[str, Any]:
    return {"line": line}


@lru_cache(_MOST)
def _shared(
    kind: str,
    tag: str,
    nesting: Any,
    level: int,
    markup: str,
    block: bool,
    hidden: bool,
    line: int,
) -> Token:
    """A token on line ``line`` of its file that says only this, the same whenever it is asked
    for."""
    return Token(
        kind,
        tag,
        nesting,
        level=level,
        markup=markup,
        meta=_at(line),
        block=block,
        hidden=hidden,
    )
