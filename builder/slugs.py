"""Names for addresses and files, made of any text."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[^a-z0-9]+")
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE
)
"""Names of Windows for what is no file, whatever their ending."""


def slug(text: str) -> str:
    """The letters a to z and the digits of a text in lower case, a hyphen for all that stands
    between them; empty where there are none."""
    return _BETWEEN.sub("-", text.lower()).strip("-")


def kept_by_windows(name: str) -> bool:
    """Whether Windows takes a file or folder of this name for a device."""
    return bool(_DEVICES.fullmatch(name))
