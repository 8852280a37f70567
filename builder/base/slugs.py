"""Makes names for URLs and files from text."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[^a-z0-9]+")
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE
)
"""Reserved device names of Windows, with any extension."""


def slug(text: str) -> str:
    """The letters a–z and digits of a text in lower case, joined by hyphens; empty if there are
    none."""
    return _BETWEEN.sub("-", text.lower()).strip("-")


def kept_by_windows(name: str) -> bool:
    """Whether Windows reserves this name of a file or folder for a device."""
    return bool(_DEVICES.fullmatch(name))
