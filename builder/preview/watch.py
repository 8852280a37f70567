"""Detects changes in a course folder by polling.

Polling works wherever files can be read, including network drives and synchronised folders, which
send no notifications, and equally on all systems. The files that were changed last are called the
likely files: they are checked most often, since authors save the same files repeatedly.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from builder.base import regular_files

Stamp = tuple[int, int, int]
"""What shows that a file has changed: its modification time in nanoseconds, its size, its inode."""

_FOLDERS = ("pages", "questions", "media", "translations")
_DEPTH = 20
"""Maximum depth of the folders within a course that are examined."""
_INTERVAL = 0.04
"""Seconds between two checks of the likely files."""
_CPU_SHARE = 0.015
"""Maximum share of time for full scans, as CPU time. Including waiting, a scan may take ten times
as long."""
_MAX_LIKELY = 16
"""Maximum number of likely files."""
_RECENT_SECONDS = 3
"""Seconds after a change during which the contents of the likeliest files are compared, too.

Some drives store times in steps of two seconds, so a second save with the same size would not be
noticed.
"""
_MAX_READ = 2
"""Number of likely files whose contents are compared."""
_MAX_READ_BYTES = 1 << 18
"""Maximum number of bytes that are read from each of these files."""
_QUIET_SECONDS = 0.015
"""Seconds without a change after which a file counts as completely written."""
_PATIENCE = 0.25
"""Seconds after which a folder that keeps changing is read anyway."""


class Watch:
    """Watches the folder ``course`` for changes since the watch was created.

    Every check covers the likely files and all folders, whose times show that a file was added,
    renamed or deleted. All other files are scanned only as often as ``_CPU_SHARE`` allows.
    ``clock`` returns seconds.
    """

    def __init__(self, course: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._course = course
        self._clock = clock
        self._likely: OrderedDict[str, None] = OrderedDict()
        self._contents: Mapping[str, bytes] = {}
        self._recent_until = 0.0
        self._pending = False
        self._known = self._scan_all()
        self._likely_stamps = self._check_likely()

    def wait(self, stopped: Callable[[float], bool]) -> bool:
        """Wait until a file has changed since the last call, and all changes are written.

        ``stopped`` waits for a number of seconds, or until the watch should end, and returns
        whether it should end, as ``threading.Event.wait`` does. Returns ``False`` if the watch has
        ended.
        """
        while not self.has_change():
            if stopped(_INTERVAL):
                return False
        self._pending = False
        patience = self._clock() + _PATIENCE
        while not stopped(_QUIET_SECONDS):
            if not self._changed() or self._clock() > patience:
                return True
        return False

    def has_change(self) -> bool:
        """Whether a file has changed since the last call of ``wait``, which will report it, too."""
        self._pending = self._pending or self._changed()
        return self._pending

    def _changed(self) -> bool:
        """Check for a change since the last check; returns whether there is one, and remembers the
        new state."""
        found_likely = self._check_likely()
        changed_likely = {
            path: stamp
            for path, stamp in found_likely.items()
            if self._likely_stamps[path] != stamp
        }
        if self._clock() < self._next:
            if not changed_likely:
                return self._has_new_content()
            if self._are_only_writes(changed_likely):
                self._likely_stamps = found_likely
                return self._record_change()
        found = self._scan_all()
        differing = {path for path, _ in self._known.items() ^ found.items()}
        if not (changed_likely or differing):
            return self._has_new_content()
        for path in differing:
            if not path.endswith("/"):
                self._likely[path] = None
                self._likely.move_to_end(path)
        while len(self._likely) > _MAX_LIKELY:
            self._likely.popitem(last=False)
        self._known = found
        self._likely_stamps = self._check_likely()
        return self._record_change()

    def _record_change(self) -> bool:
        """Record the time of a change; always true."""
        self._recent_until = self._clock() + _RECENT_SECONDS
        self._has_new_content()
        return True

    def _has_new_content(self) -> bool:
        """Whether one of the likeliest files has other content than at the last check. Only for a
        few seconds after a change; later always false."""
        if self._clock() > self._recent_until:
            return False
        before = self._contents
        self._contents = dict(map(_read, [*self._likely][-_MAX_READ:]))
        return any(before.get(path, now) != now for path, now in self._contents.items())

    def _are_only_writes(self, changed: Mapping[str, Stamp | None]) -> bool:
        """Whether these changes are only writes to known files; if so, remembers the stamps of
        these files.

        False if files may have been added, renamed or deleted, which needs a full scan. ``changed``
        maps paths to stamps, ``None`` for a missing file.
        """
        for path, stamp in changed.items():
            if path.endswith("/") or stamp is None or path not in self._known:
                return False
        for path, stamp in changed.items():
            # Directory listings on Windows lack the inode; a replaced file changes its folder's
            # time.
            self._known[path] = (*(stamp or ())[:2], self._known[path][2])
        return True

    def _check_likely(self) -> Mapping[str, Stamp | None]:
        folders = (path for path in self._known if path.endswith("/"))
        return {path: _stamp(path) for path in chain(folders, self._likely)}

    def _scan_all(self) -> dict[str, Stamp]:
        started, cpu_started = self._clock(), time.thread_time()
        found = dict(_walk(str(self._course), 0, set()))
        now = self._clock()
        spent = max(time.thread_time() - cpu_started, (now - started) / 10)
        self._next = now + max(_INTERVAL, spent / _CPU_SHARE)
        return found


def _walk(folder: str, depth: int, seen: set[tuple[int, int]]) -> Iterator[tuple[str, Stamp]]:
    """The path and stamp of each file and folder that may belong to a course; the paths of folders
    end with “/”. ``depth`` is the number of levels of folders above ``folder`` in the course, and
    ``seen`` are the folders visited so far, by device and inode."""
    try:
        status = Path(folder).stat()
        with os.scandir(folder) as iterator:
            entries = list(iterator)
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
                yield from _walk(entry.path, depth + 1, seen)
        except OSError:
            # Deleted since it was listed, or a broken link.
            continue


def _read(path: str) -> tuple[str, bytes]:
    try:
        with regular_files.open_file(Path(path)) as file:
            return path, file.read(_MAX_READ_BYTES)
    except OSError:
        return path, b""


def _stamp(path: str) -> Stamp | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    size = 0 if path.endswith("/") else status.st_size
    return status.st_mtime_ns, size, status.st_ino
