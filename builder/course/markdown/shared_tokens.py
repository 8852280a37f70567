"""Reduces the memory of parsed tokens, which take most of the memory of a large course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from markdown_it.token import Token

_EMPTY: dict[str, Any] = {}
"""The shared dictionary of all tokens without attributes or metadata; never written to."""
_CACHE_SIZE = 1 << 14
"""Maximum number of different tokens in the cache: those of a hundred lines of every kind."""


def share_tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    """Drop data that is no longer needed, and share tokens that are equal, also between pages;
    nobody may change them."""
    for token in tokens:
        line = token.meta["line"] if len(token.meta) == 1 and "line" in token.meta else None
        more = token.attrs or token.content or token.info or token.children is not None
        if line and not more:
            yield _shared_token(
                *(token.type, token.tag, token.nesting, token.level, token.markup),
                *(token.block, token.hidden, line),
            )
            continue
        token.map = None
        token.attrs = token.attrs or _EMPTY
        token.meta = _line_meta(line) if line else token.meta or _EMPTY
        for child in token.children or ():
            child.attrs = child.attrs or _EMPTY
            child.meta = child.meta or _EMPTY
        yield token


@lru_cache(_CACHE_SIZE)
def _line_meta(line: int) -> dict[str, Any]:
    return {"line": line}


@lru_cache(_CACHE_SIZE)
def _shared_token(
    kind: str,
    tag: str,
    nesting: Any,
    level: int,
    markup: str,
    block: bool,
    hidden: bool,
    line: int,
) -> Token:
    """The shared token on line ``line`` of its file, without any other data."""
    return Token(
        kind,
        tag,
        nesting,
        level=level,
        markup=markup,
        meta=_line_meta(line),
        block=block,
        hidden=hidden,
    )
