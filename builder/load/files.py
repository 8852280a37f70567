"""The files of a course as bytes, read again only where they may not be as they were."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from builder import regular
from builder.memo import Memo

T = TypeVar("T")
_SIZE = 2
_GRAIN = 2_500_000_000
"""Nanoseconds: FAT tells times two seconds apart, some servers one."""


class Files:
    """Reads files through a ``memo``, by what the system says of them.

    A file that was written twice within the same grain of time may look the same and hold something
    else. So those that were written about when the latest of all was are read every time: no clock
    is needed for that but the one that wrote them.
    """

    def __init__(self, files: Iterable[Path], memo: Memo) -> None:
        self._memo = memo
        self._stamps: dict[Path, tuple[int, ...]] = {}
        latest = 0
        for file in files:
            try:
                status = file.stat()
            except OSError:
                # Gone since it was listed: reading it will say so.
                continue
            latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
            self._stamps[file] = _stamp(status)
        self._settled = latest - _GRAIN

    def size(self, file: Path) -> int:
        """How many bytes a file has."""
        stamp = self._stamps.get(file)
        return stamp[_SIZE] if stamp else file.stat().st_size

    def read(self, file: Path) -> bytes:
        """What a file holds."""
        return self.examined("bytes", file, lambda: _bytes(file))

    def examined(self, name: str, file: Path, make: Callable[[], T]) -> T:
        """What ``make`` makes of a file, and of nothing else."""
        stamp = self._stamps.get(file)
        settled = stamp and max(stamp[:2]) < self._settled
        # An object of its own is the same as nothing.
        return self._memo.of((name, str(file)), stamp if settled and stamp else (object(),), make)


def _bytes(file: Path) -> bytes:
    with regular.opened(file) as stream:
        return stream.read()


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return (
        *(status.st_mtime_ns, status.st_ctime_ns, status.st_size),
        *(status.st_ino, status.st_dev),
    )
