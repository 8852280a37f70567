"""Names that Windows cannot hold (facts/packages.md#names)."""

from __future__ import annotations

import re

_SIGNS = re.compile(r'[:*?"<>|\x00-\x1f]')
_DEVICES = re.compile(r"(?:.*/)?(?:con|prn|aux|nul|com\d|lpt\d)(?:[./].*)?", re.IGNORECASE)


def holds(path: str) -> bool:
    """Whether a server with Windows can hold a file of this path."""
    if _SIGNS.search(path) or _DEVICES.fullmatch(path):
        return False
    return not any(part.endswith(".") for part in path.split("/"))
