"""Reads the bytes of course files, and reads them again only if they may have changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from builder.base import regular_files
from builder.base.cache import Cache

T = TypeVar("T")
_SIZE = 2
_GRANULARITY = 2_500_000_000
"""Granularity of file times in nanoseconds: 2 s on FAT, 1 s on some servers; with a margin."""


class Files:
    """Reads files through a cache, keyed by their size and times.

    A file written twice within the granularity of its file system may have other content with the
    same times. Files written about as late as the latest file are therefore read every time. This
    compares only times of the same file system, and needs no other clock.
    """

    def __init__(self, files: Iterable[Path], cache: Cache) -> None:
        self._cache = cache
        self._stamps: dict[Path, tuple[int, ...]] = {}
        latest = 0
        for file in files:
            try:
                status = file.stat()
            except OSError:
                # Deleted since it was listed; reading it reports that.
                continue
            latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
            self._stamps[file] = _stamp(status)
        self._settled_before = latest - _GRANULARITY

    def size(self, file: Path) -> int:
        """The size of a file in bytes."""
        stamp = self._stamps.get(file)
        return stamp[_SIZE] if stamp else file.stat().st_size

    def read(self, file: Path) -> bytes:
        """The content of a file."""
        return self.examined("bytes", file, lambda: _read_bytes(file))

    def examined(self, name: str, file: Path, make: Callable[[], T]) -> T:
        """The cached result of ``make``, which must depend on this file alone."""
        stamp = self._stamps.get(file)
        settled = stamp and max(stamp[:2]) < self._settled_before
        # A new object never equals a cached one.
        return self._cache.get_or_compute(
            (name, str(file)), stamp if settled and stamp else (object(),), make
        )


def _read_bytes(file: Path) -> bytes:
    with regular_files.open_file(file) as stream:
        return stream.read()


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return (
        *(status.st_mtime_ns, status.st_ctime_ns, status.st_size),
        *(status.st_ino, status.st_dev),
    )
