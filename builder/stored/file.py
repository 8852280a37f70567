"""A file in the user's cache: what made it, then keys and JSON, a line each, below a checksum.

One that is broken, foreign or too large counts as none, and a cache that is full, or that nobody
may write to, is no reason to fail.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from io import BufferedReader, BufferedWriter
from itertools import zip_longest
from pathlib import Path

_CHECKSUM = 64
"""Characters of a SHA-256 in hexadecimal."""


class Before:
    """What a file of at most ``largest`` bytes holds, if it is whole and ``made_by`` the same."""

    def __init__(self, file: Path, made_by: bytes, largest: int) -> None:
        self._places: dict[bytes, tuple[int, int]] = {}
        self._stream: BufferedReader | None = None
        with suppress(OSError):
            self._stream = file.open("rb")
            if os.fstat(self._stream.fileno()).st_size <= largest:
                self._places = _places(self._stream, made_by)

    @property
    def keys(self) -> set[bytes]:
        """The keys of all entries."""
        return {*self._places}

    def get(self, key: bytes) -> bytes | None:
        """The entry of a key; ``None`` where there is none."""
        if key not in self._places or not self._stream:
            return None
        start, length = self._places[key]
        try:
            self._stream.seek(start)
            entry = self._stream.read(length)
        except OSError:
            return None
        return entry if len(entry) == length else None

    def close(self) -> None:
        """Let go of the file: Windows would not let another one take its place."""
        if self._stream:
            self._stream.close()


def _places(file: BufferedReader, made_by: bytes) -> dict[bytes, tuple[int, int]]:
    """Where the entry of each key begins, and its length."""
    checksum = file.readline().rstrip()
    first = file.readline()
    if first.rstrip() != made_by:
        return {}
    digest = hashlib.sha256(first)
    places, place = {}, len(checksum) + 1 + len(first)
    for key, entry in zip_longest(file, file, fillvalue=b""):
        digest.update(key)
        digest.update(entry)
        places[key.rstrip()] = place + len(key), len(entry)
        place += len(key) + len(entry)
    return places if checksum == digest.hexdigest().encode() else {}


class Now:
    """A file that is written beside the one that it will replace."""

    def __init__(self, file: Path, made_by: bytes, largest: int) -> None:
        self._file = file
        self._new = file.with_name(f"{file.name}.{os.getpid()}.new")
        self._left = largest
        self._digest = hashlib.sha256()
        self._stream: BufferedWriter | None = None
        self.keys: set[bytes] = set()
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._new.open("wb")
            # The place of the checksum, which is known in the end.
            self._stream.write(b"-" * _CHECKSUM + b"\n")
            self._write(made_by)

    def add(self, key: bytes, entry: bytes) -> None:
        """Add an entry, unless there is one of this key."""
        if self._stream and key not in self.keys:
            self.keys.add(key)
            try:
                self._write(key)
                self._write(entry.rstrip())
            except OSError:
                self.end(False, 0)

    def _write(self, text: bytes) -> None:
        line = text + b"\n"
        self._left -= len(line)
        if self._stream and self._left >= 0:
            self._digest.update(line)
            self._stream.write(line)

    def end(self, whole: bool, most: int) -> None:
        """Put the file in its place if it is ``whole`` and not too large. Of all files whose names
        end like its own, the ``most`` that were written last are kept."""
        if not self._stream:
            return
        stream, self._stream = self._stream, None
        with suppress(OSError):
            try:
                with stream:
                    stream.seek(0)
                    stream.write(self._digest.hexdigest().encode())
                if whole and self._left >= 0:
                    self._new.replace(self._file)
                    self._forget(most)
            finally:
                self._new.unlink(missing_ok=True)

    def _forget(self, most: int) -> None:
        files = self._file.parent.glob(f"*{self._file.suffix}*")
        by_age = sorted(files, key=lambda file: file.stat().st_mtime_ns)
        for old in by_age[:-most]:
            old.unlink(missing_ok=True)
