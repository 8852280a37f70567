"""The words of a run of prose, one block of text a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from builder.markdown.document import Prose

_CODE = ("fence", "code_block")
_SCHEME = re.compile("[a-z]+:", re.IGNORECASE)
"""How an address starts that leads out of the course."""


def words(prose: Prose) -> Iterator[str]:
    """What a trainee reads, hears or finds on paper: with the text of images and the addresses of
    links that lead out, local values by their names."""
    for token in prose.tokens:
        if token.type == "table_open" and token.meta.get("caption"):
            yield token.meta["caption"]
        elif token.type in _CODE:
            yield token.content
        elif token.type == "inline":
            yield _text(token.children or ())


def _text(tokens: Sequence[Token]) -> str:
    if len(tokens) == 1 and tokens[0].type == "text":
        return tokens[0].content
    parts: list[str] = []
    addresses: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "variable":
            parts.append(f"{{{{ {token.content} }}}}")
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "link_open":
            addresses.append(str(token.attrs["href"]))
        elif token.type == "link_close":
            parts.append(_behind("".join(parts), addresses.pop()))
        elif token.children:
            parts.append(_text(token.children))
    return "".join(parts)


def _behind(text: str, address: str) -> str:
    known = text.endswith(address) or not _SCHEME.match(address)
    return "" if known else f" <{address}>"
