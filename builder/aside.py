"""Folders that a process writes in before anything is put in its place.

Each holds a file that its process has open and locked. A process that was killed could not delete
its folder, but lost the lock: so its folder is told from one still written in, on whatever machine.
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
"""How the name of such a folder starts."""
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
"""Why nothing can be written, in words."""
_WAITS = (0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts at a file that somebody else has open."""
_STALE = 24 * 60 * 60
"""Seconds after which no process still writes in a folder that says nothing of its process."""


def replace(made: Path, place: Path) -> None:
    """Put a file or folder in its place.

    Windows gives no place to it while another program has the one before open. What synchronises
    a folder, or looks for viruses, is through after a moment, and is waited for.
    """
    for seconds in _WAITS:
        try:
            made.replace(place)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    made.replace(place)


def put(file: Path, write: Callable[[Path], object]) -> None:
    """Put what ``write`` writes, given a path, in the place of a file, or of what a link there
    leads to: whole, and with the rights of the file before. ``OSError`` where that cannot be done;
    what was there is then as it was."""
    place = Path(os.path.realpath(file))
    with folder(place.parent) as own:
        write(own / _NEW)
        if place.exists():
            shutil.copymode(place, own / _NEW)
        replace(own / _NEW, place)


@contextmanager
def folder(parent: Path) -> Iterator[Path]:
    """A new folder in ``parent``, deleted in the end whatever happens. ``OSError`` where there can
    be none."""
    # On the same disk as what it is put in place of, since a rename cannot leave it.
    with tempfile.TemporaryDirectory(
        prefix=_NAME, suffix=".tmp", dir=parent, ignore_cleanup_errors=True
    ) as name:
        lock = _locked(Path(name))
        try:
            yield Path(name)
        finally:
            os.close(lock)


def left(own: Path) -> Iterator[Path]:
    """Folders beside ``own`` that processes have left which were killed: deleted when the caller
    has looked at each. Never one that is written in. Raises nothing."""
    for folder in own.parent.glob(f"{_NAME}*.tmp"):
        # Another process may be doing the same; and a lock that is held is an error.
        with suppress(OSError):
            if folder == own or not folder.is_dir() or folder.is_symlink():
                continue
            if (folder / _LOCK).exists():
                with _taken(folder / _LOCK):
                    yield folder
                    shutil.rmtree(folder)
            elif _is_stale(folder, own):
                yield folder
                shutil.rmtree(folder)


if sys.platform == "win32":
    # Nobody can delete a file that another process has open.
    def _locked(own: Path) -> int:
        return os.open(own / _LOCK, os.O_CREAT | os.O_RDWR)

    @contextmanager
    def _taken(lock: Path) -> Iterator[None]:
        lock.unlink()
        yield

else:
    from fcntl import LOCK_EX, LOCK_NB, flock

    def _locked(own: Path) -> int:
        lock = os.open(own / _UNLOCKED, os.O_CREAT | os.O_RDWR, 0o600)
        # Not every network drive has locks: there, folders are told by their age.
        with suppress(OSError):
            flock(lock, LOCK_EX | LOCK_NB)
            # Only a lock that is held has its name, so that nobody finds one that is not yet.
            (own / _UNLOCKED).rename(own / _LOCK)
        return lock

    @contextmanager
    def _taken(lock: Path) -> Iterator[None]:
        held = os.open(lock, os.O_RDWR)
        try:
            flock(held, LOCK_EX | LOCK_NB)
            yield
        finally:
            os.close(held)


def _is_stale(folder: Path, own: Path) -> bool:
    # The clock of the disk, which may be another machine's.
    now = own.stat().st_mtime
    written = max(each.lstat().st_mtime for each in (folder, *folder.rglob("*")))
    return now - written > _STALE
