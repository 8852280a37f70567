"""Makes names for URLs and files from text, and knows the names that Windows reserves."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[^a-z0-9]+")
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE
)
"""Reserved device names of Windows, with any extension."""


def slug(text: str) -> str:
    """A name for a URL or file: the text in lower case with a hyphen for each run of characters
    other than a–z and digits. Empty if the text has no such letter or digit."""
    return _BETWEEN.sub("-", text.lower()).strip("-")


def kept_by_windows(name: str) -> bool:
    """Whether Windows reserves this name for a device, so no file or folder can have it there."""
    return bool(_DEVICES.fullmatch(name))
