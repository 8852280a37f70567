"""Writes lines of YAML. Texts are in double quotes, so that YAML parsers return them unchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence


def text(words: str) -> str:
    """A text as it is written as a YAML value, in double quotes."""
    # A JSON string is also a double-quoted YAML string.
    return _QUOTED(words)


_QUOTED = json.JSONEncoder(ensure_ascii=False).encode
_TEXT = re.compile(r"""(?:\w+: |- )(?P<text>"(?:[^"\\]|\\.)*")$""")


def read_texts(lines: Sequence[str]) -> Iterator[str]:
    """Read the texts in lines that this module has written."""
    for line in lines:
        if found := _TEXT.search(line):
            yield json.loads(found["text"])


def text_list(key: str, values: Sequence[str]) -> list[str]:
    """The lines of a key with a list of texts; none if the list is empty."""
    return [f"{key}:", *(f"  - {text(value)}" for value in values)] if values else []


def block_text(key: str, lines: Sequence[str]) -> list[str]:
    """The lines of a key with a text of several lines; none if there are no lines."""
    return [f"{key}: |", *(f"  {line}".rstrip() for line in lines)] if lines else []


def list_item(lines: Sequence[str]) -> list[str]:
    """The lines of an entry of a list; ``lines`` are those of the entry's keys."""
    return [f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]


def indent(lines: Sequence[str], by: int = 2) -> list[str]:
    """Indent lines by this number of spaces, except empty lines."""
    return [f"{' ' * by}{line}" if line else "" for line in lines]
