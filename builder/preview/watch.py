"""Notices that a course folder has changed, by looking again and again.

Looking works wherever files can be read: on network drives and in synchronised folders, which tell
nobody of changes, and on every system alike.
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
"""What changes with a file: when it was written in nanoseconds, its size, which file it is."""

_FOLDERS = ("pages", "questions", "media")
_DEPTH = 20
"""Folders within each other that are looked into."""
_EVERY = 0.04
"""Seconds between two looks at what is likely to change."""
_SHARE = 0.015
"""Of its time, how much a whole look may take of a processor (and ten times that of waiting)."""
_LIKELY = 16
"""Files that changed last: an author saves the same few again and again."""
_YOUNG = 3
"""Seconds after a change for which the files that changed last are read, too: some drives tell
times two seconds apart, and a save that leaves the size as it was looks like none."""
_READ = 2
"""How many of them."""
_READABLE = 1 << 18
"""Bytes of each that are read."""
_QUIET = 0.015
"""Seconds without a further change after which a file is taken to be written."""
_PATIENCE = 0.25
"""Seconds after which a folder that is never quiet is read all the same."""


class Watch:
    """Looks at the folder ``course``; what it holds when the watch is made is nothing new.

    Every look takes in the folders, whose own times tell of what was added, renamed or deleted,
    and the files that changed last. Files that nobody has touched for long are looked at as often
    as keeps a thousand of them from being felt.
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
        """Return once anything is otherwise than when this was last called, and written.

        ``stopped`` waits for so many seconds, or until the watch is to end, and says whether it is:
        ``threading.Event.wait``. Gives ``False`` for the end.
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
        """Whether a look finds anything new, which is then known."""
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
        """A change is known now: yes."""
        self._young = self._clock() + _YOUNG
        self._rewritten()
        return True

    def _rewritten(self) -> bool:
        """Whether one of the files that changed last holds something else than a moment ago."""
        if self._clock() > self._young:
            return False
        before = self._contents
        self._contents = dict(map(_read, [*self._likely][-_READ:]))
        return any(before.get(path, now) != now for path, now in self._contents.items())

    def _only_written(self, stirred: Mapping[str, Stamp | None]) -> bool:
        """Whether files that are looked at every time were written, which is then known, and
        nothing was added, renamed or deleted: there is no need to look further."""
        for path, stamp in stirred.items():
            if path.endswith("/") or stamp is None or path not in self._known:
                return False
        for path, stamp in stirred.items():
            # Which file it is, listings of Windows do not say; another one stirs its folder.
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
    """The path and the stamp of everything that may belong to a course; folders end with “/”."""
    try:
        status = Path(folder).stat()
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError:
        return
    yield f"{folder}/", (status.st_mtime_ns, 0, status.st_ino)
    known = (status.st_dev, status.st_ino)
    # Links can lead round in a circle.
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
            # Gone since it was listed, or a link to nowhere.
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
