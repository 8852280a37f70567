"""How a review document says what it is: by its properties, and by the tags behind its words."""

from __future__ import annotations

import re
from collections.abc import Mapping

PROPERTIES = ("ScormBuilderCourse", "ScormBuilderVersion", "ScormBuilderReview")
"""Custom properties that say of which course, which version and which words a file was made."""
TAG = re.compile(r"\s*\[((?:[acfmpqrv]):[^\s\[\]]+)\]")
"""The id of a part as a document shows it."""


def made_of(told: Mapping[str, str], words: str) -> tuple[str, str, str] | None:
    """The course, the version and the code that a document was made of: by its properties, which
    some programs drop, else by the tag on its first sheet. ``None`` for any other document."""
    if all(told.get(key) for key in PROPERTIES):
        course, version, code = (told[key] for key in PROPERTIES)
        return course, version, code
    for found in TAG.finditer(words):
        kind, _, name = found[1].partition(":")
        if kind == "f" and name.count("/") == len(PROPERTIES) - 1:
            course, version, code = name.split("/")
            return course, version, code
    return None
