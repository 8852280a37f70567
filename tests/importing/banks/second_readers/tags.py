"""Words with tags as the second readers see them: what a reader of the page reads, with no tree and
no element known but those that are left out whole."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<!--|</?(?P<name>[a-zA-Z][a-zA-Z0-9:]*)[^<>]*>")
_UNREAD = frozenset(
    {
        *("script", "style", "svg", "math", "video", "audio", "iframe", "object", "template"),
        *("noscript", "head", "title", "canvas", "form"),
    }
)
_INLINE = frozenset(
    {
        *("b", "strong", "i", "em", "cite", "dfn", "var", "u", "ins", "s", "del", "strike", "code"),
        *("kbd", "samp", "tt", "mark", "sub", "sup", "span", "a", "font", "small", "big", "abbr"),
        "q",
    }
)
"""Tags that may stand within a word, as those of Word do (`o:p`); at others it ends."""


def has_tags(words: str) -> bool:
    """Whether words have a tag among them."""
    return any(found["name"] for found in _TAG.finditer(words))


def untagged(words: str) -> str:
    """What is to be read of words with tags."""
    parts = []
    at = 0
    missing: set[str] = set()
    while found := _TAG.search(words, at):
        parts.append(words[at : found.start()])
        name = (found["name"] or "").lower()
        at = found.end()
        if not name:
            end = _behind(words, "-->", at, missing)
            if end < 0:
                parts.append(found[0])
            at = max(end, at)
        elif name in _UNREAD and not found[0].startswith("</"):
            at = max(_behind(words, f"</{name}", at, missing), at)
        elif name not in _INLINE and ":" not in name:
            parts.append(" ")
    return html.unescape("".join([*parts, words[at:]]))


def _behind(words: str, end: str, at: int, missing: set[str]) -> int:
    """Where what ends an element is over; -1 where nothing does, which is looked for once."""
    if end in missing:
        return -1
    found = re.compile(rf"{end}\s*>" if end != "-->" else end, re.IGNORECASE).search(words, at)
    if found is None:
        missing.add(end)
        return -1
    return found.end()
