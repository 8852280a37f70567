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
        stirred = self._near_look() != self._near
        if not stirred and self._clock() < self._next:
            return False
        found = self._whole_look()
        differing = {path for path, _ in self._known.items() ^ found.items()}
        if not (stirred or differing):
            return False
        for path in differing:
            if not path.endswith("/"):
                self._likely[path] = None
                self._likely.move_to_end(path)
        while len(self._likely) > _LIKELY:
            self._likely.popitem(last=False)
        self._known, self._near = found, self._near_look()
        return True

    def _near_look(self) -> Mapping[str, Stamp | None]:
        folders = (path for path in self._known if path.endswith("/"))
        return {path: _stamp(path) for path in chain(folders, self._likely)}

    def _whole_look(self) -> Mapping[str, Stamp]:
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


def _stamp(path: str) -> Stamp | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    size = 0 if path.endswith("/") else status.st_size
    return status.st_mtime_ns, size, status.st_ino
