"""Extracts plain text from inline tokens, and shares equal tokens to save memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from markdown_it.token import Token

_EMPTY: dict[str, Any] = {}
"""The shared dictionary of all tokens without attributes or metadata; never written to."""
_CACHE_SIZE = 1 << 14
"""Maximum number of entries of each cache: tokens of every kind on some hundred lines."""


def share_tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens without data that is no longer needed; equal tokens become one object.

    Pages share these tokens too, so they must not be modified.
    """
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
    """The cached token with these attributes on line ``line`` of its file."""
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


_MARKUP = re.compile(r"[\\`*_{}\[\]<>&!~^\n]|://|www\.")


def is_plain(text: str) -> bool:
    """Whether a text contains no inline markup, so that it need not be parsed.

    Most prompts and options are plain.
    """
    return not _MARKUP.search(text)


def named(tokens: Sequence[Token]) -> str:
    """The plain text of inline tokens, with the name of each variable instead of the variable's
    value, which is not known yet."""
    return text_of(tokens, str).strip()


def text_of(tokens: Sequence[Token], value: Callable[[str], str]) -> str:
    """The plain text of inline tokens, with ``value(name)`` for each variable and a space for each
    line break."""
    if len(tokens) == 1 and tokens[0].type == "text":
        return tokens[0].content
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "variable":
            parts.append(value(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.children:
            parts.append(text_of(token.children, value))
    return "".join(parts)
