"""Locates the system's cache folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "scorm-builder"


def folder() -> Path | None:
    """Our folder in the user's cache; ``None`` if there is no cache folder."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if Path(named).is_absolute():
        return Path(named) / _NAME
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if os.name == "nt":
        return home / "AppData" / "Local" / _NAME
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / _NAME
