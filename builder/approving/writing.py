"""Puts a file in its place at once: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from builder import aside


def put(file: Path, content: bytes) -> None:
    """Write a file, or what a link to it leads to. Raises ``OSError`` where that cannot be done;
    the file is then as it was."""
    place = Path(os.path.realpath(file))
    with aside.folder(place.parent) as own:
        new = own / place.name
        new.write_bytes(content)
        if place.exists():
            shutil.copymode(place, new)
        aside.replace(new, place)
