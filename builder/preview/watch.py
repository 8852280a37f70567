"""Detects changes of a course folder by polling.

Polling works wherever files can be read, including network drives and synchronised folders, which
send no notifications, and equally on all systems.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from builder import regular

Stamp = tuple[int, int, int]
"""A file's fingerprint: modification time in nanoseconds, size, inode."""

_FOLDERS = ("pages", "questions", "media")
_DEPTH = 20
"""Maximum depth of folders that are examined."""
_EVERY = 0.04
"""Seconds between two checks of the likely files."""
_SHARE = 0.015
"""Maximum share of CPU time for full scans (ten times that share for waiting)."""
_LIKELY = 16
"""Number of recently changed files that are checked most often, since authors save the same files
repeatedly."""
_YOUNG = 3
"""Seconds after a change during which recently changed files are also read.

Some drives have timestamps of two seconds, so a save with the same size would not be noticed.
"""
_READ = 2
"""Number of recently changed files that are read."""
_READABLE = 1 << 18
"""Maximum number of bytes read of each."""
_QUIET = 0.015
"""Seconds without a change after which a file counts as completely written."""
_PATIENCE = 0.25
"""Seconds after which a folder that keeps changing is read anyway."""


class Watch:
    """Watches the folder ``course`` for changes since the watch was created.

    Every check covers the folders, whose times reveal additions, renames and deletions, and the
    recently changed files. All other files are scanned only as often as the CPU share allows.
    """

    def __init__(self, course: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._course = course
        self._clock = clock
        self._likely: OrderedDict[str, None] = OrderedDict()
        self._contents: Mapping[str, bytes] = {}
        self._young = 0.0
        self._known = self._whole_look()
        self._near = self._near_look()

    def wait(self, stopped: Callable[[float], bool]) -> bool:
        """Wait until something has changed since the last call, and is completely written.

        ``stopped`` waits for a number of seconds, or until the watch should end, and returns
        whether it should: ``threading.Event.wait``. Returns ``False`` at the end.
        """
        while not self._changed():
            if stopped(_EVERY):
                return False
        patience = self._clock() + _PATIENCE
        while not stopped(_QUIET):
            if not self._changed() or self._clock() > patience:
                return True
        return False

    def _changed(self) -> bool:
        """Whether a check finds a change; remembers the new state."""
        near = self._near_look()
        stirred = {path: stamp for path, stamp in near.items() if self._near[path] != stamp}
        if self._clock() < self._next:
            if not stirred:
                return self._rewritten()
            if self._only_written(stirred):
                self._near = near
                return self._noted()
        found = self._whole_look()
        differing = {path for path, _ in self._known.items() ^ found.items()}
        if not (stirred or differing):
            return self._rewritten()
        for path in differing:
            if not path.endswith("/"):
                self._likely[path] = None
                self._likely.move_to_end(path)
        while len(self._likely) > _LIKELY:
            self._likely.popitem(last=False)
        self._known = found
        self._near = self._near_look()
        return self._noted()

    def _noted(self) -> bool:
        """Record the time of a change; always true."""
        self._young = self._clock() + _YOUNG
        self._rewritten()
        return True

    def _rewritten(self) -> bool:
        """Whether one of the recently changed files has other content than a moment ago."""
        if self._clock() > self._young:
            return False
        before = self._contents
        self._contents = dict(map(_read, [*self._likely][-_READ:]))
        return any(before.get(path, now) != now for path, now in self._contents.items())

    def _only_written(self, stirred: Mapping[str, Stamp | None]) -> bool:
        """Whether the changes are only writes to likely files; remembers them if so.

        False if files may have been added, renamed or deleted, which needs a full scan.
        """
        for path, stamp in stirred.items():
            if path.endswith("/") or stamp is None or path not in self._known:
                return False
        for path, stamp in stirred.items():
            # Directory listings on Windows lack the inode; a replaced file changes its folder's
            # time.
            self._known[path] = (*(stamp or ())[:2], self._known[path][2])
        return True

    def _near_look(self) -> Mapping[str, Stamp | None]:
        folders = (path for path in self._known if path.endswith("/"))
        return {path: _stamp(path) for path in chain(folders, self._likely)}

    def _whole_look(self) -> dict[str, Stamp]:
        begun, worked = self._clock(), time.thread_time()
        found = dict(_below(str(self._course), 0, set()))
        now = self._clock()
        spent = max(time.thread_time() - worked, (now - begun) / 10)
        self._next = now + max(_EVERY, spent / _SHARE)
        return found


def _below(folder: str, depth: int, seen: set[tuple[int, int]]) -> Iterator[tuple[str, Stamp]]:
    """The path and stamp of everything that may belong to a course; folder paths end with “/”."""
    try:
        status = Path(folder).stat()
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError:
        return
    yield f"{folder}/", (status.st_mtime_ns, 0, status.st_ino)
    known = (status.st_dev, status.st_ino)
    # Links can be circular.
    if depth > _DEPTH or (status.st_ino and known in seen):
        return
    seen.add(known)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if not entry.is_dir():
                found = entry.stat()
                yield entry.path, (found.st_mtime_ns, found.st_size, found.st_ino)
            elif depth or entry.name in _FOLDERS:
                yield from _below(entry.path, depth + 1, seen)
        except OSError:
            # Deleted since it was listed, or a broken link.
            continue


def _read(path: str) -> tuple[str, bytes]:
    try:
        with regular.opened(Path(path)) as file:
            return path, file.read(_READABLE)
    except OSError:
        return path, b""


def _stamp(path: str) -> Stamp | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    size = 0 if path.endswith("/") else status.st_size
    return status.st_mtime_ns, size, status.st_ino
