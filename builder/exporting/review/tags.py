"""Identifies review documents by their properties, and by the tags behind their words."""

from __future__ import annotations

import re
from collections.abc import Mapping

PROPERTIES = ("ScormBuilderCourse", "ScormBuilderVersion", "ScormBuilderReview")
"""Custom document properties: course, version, and code of the words."""
TAG = re.compile(r"\s*\[((?:[acfmpqrv]):[^\s\[\]]+)\]")
"""Matches the id of a part as shown in a document."""


def document_identity(properties: Mapping[str, str], words: str) -> tuple[str, str, str] | None:
    """The course, version and code from which a document was made; ``None`` for other documents.

    Read from its properties, which some programs drop, else from the tag on its first sheet.
    """
    if all(properties.get(key) for key in PROPERTIES):
        course, version, code = (properties[key] for key in PROPERTIES)
        return course, version, code
    for found in TAG.finditer(words):
        kind, _, name = found[1].partition(":")
        if kind == "f" and name.count("/") == len(PROPERTIES) - 1:
            course, version, code = name.split("/")
            return course, version, code
    return None
