"""The language in which an answer was typed
(docs/decisions/typed-answers-keep-their-language.md)."""

from __future__ import annotations

import re
from collections.abc import Container

from builder.base.printing import unsafe

_MARKED = re.compile(r"\[(?P<tag>[A-Za-z0-9-]+)\] (?P<text>.*)", re.DOTALL)


def split(response: str, translations: Container[str]) -> tuple[str, str]:
    """Split a typed response into the tag of the translation in which it was given, and the text as
    the trainee typed it. The tag is empty for an answer in the source language.

    ``translations`` are the tags of the course; other words in brackets belong to the text.
    """
    found = _MARKED.fullmatch(response)
    if found and found["tag"] in translations:
        return found["tag"], unsafe(found["text"])
    return "", unsafe(response)
