"""Names for addresses and files, made of any text."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """The letters a to z and the digits of a text in lower case, a hyphen for all that stands
    between them; empty where there are none."""
    return _BETWEEN.sub("-", text.lower()).strip("-")
