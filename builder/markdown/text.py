"""The text of inline tokens, without markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.token import Token


def named(tokens: Sequence[Token]) -> str:
    """The text with the name of each variable for its value, which is known only later."""
    return text_of(tokens, str).strip()


def text_of(tokens: Sequence[Token], value: Callable[[str], str]) -> str:
    """The text with ``value(name)`` for each variable, and a space for each line break."""
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
