"""Opens regular files only: a pipe would block, and a device may be endless."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_file(file: Path) -> BufferedReader:
    """Open a file for reading; raises ``OSError`` if it is not a regular file.

    The type is checked after opening, since a pipe may have replaced the file after its folder was
    listed.
    """
    handle = os.open(file, _FLAGS)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder, not a file")
        raise OSError("it is a device or a pipe, not a regular file")
    return os.fdopen(handle, "rb")
