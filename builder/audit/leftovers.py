"""Files that operating systems and Git leave in folders: no part of any course, and no harm."""

from __future__ import annotations

_NAMES = frozenset(
    (".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitattributes", ".gitignore")
)


def is_leftover(path: str) -> bool:
    """Whether a file is none of the course's."""
    return path.startswith("__MACOSX/") or path.rpartition("/")[2].lower() in _NAMES
