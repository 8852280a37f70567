"""Plain text of inline tokens, and detection of text without markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&!~^\n]|://")


def is_plain(text: str) -> bool:
    """Whether a text contains no inline markup, so that it need not be parsed; most prompts and
    options do not."""
    return not _MARKUP.search(text)


def named(tokens: Sequence[Token]) -> str:
    """The text with the name of each variable instead of its value, which is not known yet."""
    return text_of(tokens, str).strip()


def text_of(tokens: Sequence[Token], value: Callable[[str], str]) -> str:
    """The text, with ``value(name)`` for each variable and a space for each line break."""
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
