"""Opens ordinary files alone: a pipe would be waited for, and a device may never end."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def opened(file: Path) -> BufferedReader:
    """The file, to be read. ``OSError`` where it is not an ordinary file: what was one when its
    folder was listed may be a pipe by now."""
    handle = os.open(file, _FLAGS)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("it is a device or a pipe")
    return os.fdopen(handle, "rb")
