"""The ids of pages and modules for which the author wrote none."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata

from builder.base.slugs import slug

_MAX_LENGTH = 64
"""Maximum number of characters of an id."""
_NUMBER = re.compile(r"^\d+[-_. ]*")


def page_id(path: str) -> str:
    """The id of a page whose front matter has no “id:”: its file name without a leading number."""
    stem, _ = posixpath.splitext(posixpath.basename(path))
    return _NUMBER.sub("", stem, count=1) or stem


def module_id(title: str) -> str:
    """The id of a module for which the author wrote no “id:”: the words of its title, without
    accents.

    For a title in a non-Latin alphabet, the id has a hash of the title instead.
    """
    parts = unicodedata.normalize("NFKD", title.lower())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    words = slug(plain)[:_MAX_LENGTH].strip("-")
    if words and not any(letter.isalnum() and not letter.isascii() for letter in plain):
        return words
    return f"module-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
