"""Safe reading of any zip, ours or another's.

Nothing is ever extracted. How many members, how large and how tightly packed they may be is
bounded before the first one is read, and a member is never read beyond the size it declares.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_MEMBERS_LIMIT = 20_000
_SIZE_LIMIT = 2 << 30
"""Bytes of all members together, unpacked."""
_TEXT_LIMIT = 32 << 20
"""Bytes of one member that is read as a whole."""
_RATIO_LIMIT = 250
"""Bytes unpacked for each byte packed; HTML packs up to about 30, deflate gives at most 1,032."""
_RATIO_FROM = 1 << 20
"""Smaller members may be packed as tightly as they like."""
_PIECE = 1 << 20


class DamagedError(Exception):
    """A member cannot be read; the text says why, in words for a diagnostic."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An open zip, by the ``name`` of its file.

    ``files`` are its members by name, in the order of its directory; folders are left out.
    ``zip`` is for what judges the zip itself.
    """

    name: str
    files: Mapping[str, zipfile.ZipInfo]
    zip: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """A whole member; ``DamagedError`` if it cannot be read or is larger than 32 MiB."""
        if self.files[name].file_size > _TEXT_LIMIT:
            raise DamagedError(f"“{name}” is larger than {_TEXT_LIMIT >> 20} MiB")
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member a piece at a time; ``DamagedError`` as soon as it cannot be read."""
        try:
            with self.zip.open(self.files[name]) as file:
                while piece := file.read(_PIECE):
                    yield piece
        # zipfile, zlib and struct raise many kinds of exception on damaged input.
        except Exception as error:
            raise DamagedError(f"“{shown(name)}” is damaged ({error})") from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The zip at ``path``; ``DamagedError`` if it is none or its directory cannot be read."""
    # A pipe would be waited for, a device may never end.
    if path.exists() and not path.is_file():
        raise DamagedError("it is a folder, a device or a pipe")
    try:
        archive = zipfile.ZipFile(path)
    # Besides BadZipFile: OSError, NotImplementedError, struct.error, UnicodeDecodeError, …
    except Exception as error:
        raise DamagedError(f"it cannot be opened ({error})") from error
    with archive:
        files = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        yield Archive(path.name, MappingProxyType(files), archive)


def unsafe(archive: Archive) -> tuple[str, ...]:
    """Why the members are not to be read at all, in words for a diagnostic: too many, too large,
    too tightly packed."""
    return tuple(words for check in _UNSAFE for words in check(archive.zip))


def shown(name: str) -> str:
    """A name as it can be printed."""
    return name if name.isprintable() else name.encode("unicode_escape").decode("ascii")


def _too_many(archive: zipfile.ZipFile) -> Iterator[str]:
    if len(archive.infolist()) > _MEMBERS_LIMIT:
        yield f"it holds {len(archive.infolist())} files, more than {_MEMBERS_LIMIT}"


def _too_large(archive: zipfile.ZipFile) -> Iterator[str]:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _SIZE_LIMIT:
        yield f"it unpacks to {size} bytes, more than {_SIZE_LIMIT >> 30} GiB"


def _too_tight(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.file_size > max(_RATIO_FROM, _RATIO_LIMIT * entry.compress_size):
            yield (f"“{shown(entry.filename)}” unpacks to more than {_RATIO_LIMIT} times its size")


_UNSAFE = (_too_many, _too_large, _too_tight)
