"""A title from the name of a file: without its version, its date and the marks of copies."""

from __future__ import annotations

import re

_AROUND = re.compile(
    r"^(?:(?:copy of|copie de|microsoft word -)\s+)+|\.(?:docx?|docm|dotx|odt|rtf|pdf)$",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"[\s.-]*(?:"
    r"\(\d{1,3}\)"
    r"|(?<!\w)(?:v|ver|version|rev|revision|draft)[\s.-]*\d+(?:[.-]\d+)*"
    r"|(?<!\w)copy(?:\s*\(?\d+\)?)?"
    r"|(?<!\d)(?:19|20)\d\d[-.]\d\d?[-.]\d\d?|(?<!\d)\d\d?[-.]\d\d?[-.](?:19|20)\d\d"
    r")$",
    re.IGNORECASE,
)
_LOUD = re.compile(r"[\s.-]+(?:FINAL|DRAFT|LATEST|NEW|APPROVED)$")
_QUIET = re.compile(
    r"[\s.-]+(?:final|draft|latest|new|clean|approved|amended|revised)$", re.IGNORECASE
)
"""Words that mean a version only beside another mark of one: “Biology final” is a title."""


def title_of(stem: str) -> str:
    """What a file is called, for people: its name, where nothing else would be left of it."""
    words, versioned = _AROUND.sub("", stem.replace("_", " ").strip()), False
    while True:
        shorter = _SURE.sub("", words)
        versioned = versioned or shorter != words or bool(_SURE.search(_QUIET.sub("", words)))
        shorter = (_QUIET if versioned else _LOUD).sub("", shorter).strip(" .-–—")
        if shorter == words or not any(letter.isalpha() for letter in shorter):
            return words
        versioned, words = True, shorter
