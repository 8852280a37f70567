"""Temporary folders in which files are written before they are moved to their final path.

Each folder contains a lock file that its process keeps open and locked. A killed process leaves its
folder behind, but its lock ends. So a process on any machine can tell an abandoned folder from a
folder in use.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NAME = ".scorm-builder-"
"""Prefix of the names of temporary folders."""
_LOCK = "lock"
_UNLOCKED = "unlocked"
_NEW = "new"
REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the file is larger than may be written there",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk cannot be written to",
    errno.ENOENT: "there is no such folder",
    errno.EEXIST: "there is a file of the same name",
    errno.ENOTDIR: "part of the path is a file, not a folder",
    errno.ENAMETOOLONG: "the path is too long",
}
"""Reasons why nothing can be written, by error number."""
_RETRY_DELAYS = (0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to replace a file that another program has open."""
_ABANDONED_AFTER = 24 * 60 * 60
"""Age in seconds from which a folder without a lock counts as abandoned."""


def reason(error: OSError) -> str:
    """Why nothing could be written, as a clause for a message."""
    return REASONS.get(error.errno or 0, error.strerror or str(error) or "it cannot be written")


def replace(new: Path, destination: Path) -> None:
    """Move the file or folder ``new`` to ``destination``, where it replaces an earlier file.

    On Windows this fails while another program has the earlier file open. Programs that synchronise
    files or look for viruses close them after a moment, so the move is tried again.
    """
    for seconds in _RETRY_DELAYS:
        try:
            new.replace(destination)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    new.replace(destination)


def write_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Write a file completely or not at all. It replaces an earlier file at this path, or the
    target of a link there.

    ``write`` gets a temporary path and writes the content to it. The new file keeps the permissions
    of the earlier one. Raises ``OSError`` on failure; the earlier file is then unchanged.
    """
    place = Path(os.path.realpath(file))
    with folder(place.parent) as temporary:
        write(temporary / _NEW)
        if place.exists():
            shutil.copymode(place, temporary / _NEW)
        replace(temporary / _NEW, place)


@contextmanager
def folder(parent: Path) -> Iterator[Path]:
    """Create a temporary folder in ``parent``, and delete it when the ``with`` block ends.

    Raises ``OSError`` on failure.
    """
    # On the same disk as the final path, since a rename cannot cross disks.
    with tempfile.TemporaryDirectory(
        prefix=_NAME, suffix=".tmp", dir=parent, ignore_cleanup_errors=True
    ) as name:
        lock = _lock_folder(Path(name))
        try:
            yield Path(name)
        finally:
            os.close(lock)


def abandoned_folders(own: Path) -> Iterator[Path]:
    """Yield the abandoned temporary folders beside ``own``, the folder of this process. Each is
    deleted once the caller asks for the next.

    Never yields a folder in use. Never raises.
    """
    for folder in own.parent.glob(f"{_NAME}*.tmp"):
        # Another process may delete the same folder. Its lock, if in use, also raises an OSError.
        with suppress(OSError):
            if folder == own or not folder.is_dir() or folder.is_symlink():
                continue
            if (folder / _LOCK).exists():
                with _take_lock(folder / _LOCK):
                    yield folder
                    shutil.rmtree(folder)
            elif _is_abandoned(folder, own):
                yield folder
                shutil.rmtree(folder)


if sys.platform == "win32":
    # Nobody can delete a file that another process has open.
    def _lock_folder(own: Path) -> int:
        return os.open(own / _LOCK, os.O_CREAT | os.O_RDWR)

    @contextmanager
    def _take_lock(lock: Path) -> Iterator[None]:
        lock.unlink()
        yield

else:
    from fcntl import LOCK_EX, LOCK_NB, flock

    def _lock_folder(own: Path) -> int:
        lock = os.open(own / _UNLOCKED, os.O_CREAT | os.O_RDWR, 0o600)
        # Some network drives have no locks. There, the age of a folder decides.
        with suppress(OSError):
            flock(lock, LOCK_EX | LOCK_NB)
            # The file gets its final name only once it is locked, so nobody finds it unlocked.
            (own / _UNLOCKED).rename(own / _LOCK)
        return lock

    @contextmanager
    def _take_lock(lock: Path) -> Iterator[None]:
        held = os.open(lock, os.O_RDWR)
        try:
            flock(held, LOCK_EX | LOCK_NB)
            yield
        finally:
            os.close(held)


def _is_abandoned(folder: Path, own: Path) -> bool:
    # Use the clock of the disk, which may belong to another machine.
    now = own.stat().st_mtime
    written = max(each.lstat().st_mtime for each in (folder, *folder.rglob("*")))
    return now - written > _ABANDONED_AFTER
