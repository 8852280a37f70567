"""Reads a zip from any source safely.

Nothing is extracted to disk. ``safety_problems`` checks the number, total size and compression
ratio of the members before the first of them is read, and a member is never read beyond its
declared size.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO

from builder.base.immutable import immutable

_MEMBERS_LIMIT = 20_000
_SIZE_LIMIT = 2 << 30
"""Maximum total bytes of all members, unpacked."""
_TEXT_LIMIT = 32 << 20
"""Maximum bytes of a member that is read as a whole."""
_RATIO_LIMIT = 250
"""Maximum compression ratio; HTML has up to about 30, and deflate can reach 1,032."""
_RATIO_MIN_SIZE = 1 << 20
"""Bytes below which a member may have any compression ratio."""
_CHUNK_SIZE = 1 << 20
_DIRECTORY_LIMIT = 6 << 20
"""Maximum bytes of a zip's directory, the list of its members: enough for 20,000 files with paths
of 150 characters."""
_ENCRYPTED = 0x2041
"""The flags for encryption, strong encryption and an encrypted directory."""
_LOCAL_HEADER = b"PK\x03\x04"
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_VERSION = 45
_END_RECORD_SIZE = 22
_LOCATOR_SIZE = 20


class DamagedError(Exception):
    """Raised if a zip or one of its members cannot be read. Its text is the reason, as a clause for
    a diagnostic."""


@immutable
class Archive:
    """An open zip; ``name`` is its file name.

    ``files`` are its members except folders, by name, in the order of the zip's directory. ``zip``
    is for checks of the zip's structure.
    """

    name: str
    files: Mapping[str, zipfile.ZipInfo]
    zip: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """Read a whole member; raises ``DamagedError`` if it cannot be read or is larger than 32
        MiB."""
        if self.files[name].file_size > _TEXT_LIMIT:
            raise DamagedError(f"“{name}” is larger than {_TEXT_LIMIT >> 20} MiB")
        return b"".join(self.chunks(name))

    def open(self, name: str) -> IO[bytes]:
        """Open a member for reading, which ends at its declared size. Reading a damaged member
        raises many kinds of exception."""
        return self.zip.open(self.files[name])

    def chunks(self, name: str) -> Iterator[bytes]:
        """Read a member in pieces of limited size; raises ``DamagedError`` at the first piece that
        cannot be read."""
        try:
            with self.zip.open(self.files[name]) as file:
                while piece := file.read(_CHUNK_SIZE):
                    yield piece
        # zipfile, zlib and struct raise many kinds of exception on damaged input.
        except Exception as error:
            raise DamagedError(f"“{printable_name(name)}” is damaged ({error})") from error


@contextmanager
def open_zip(path: Path) -> Iterator[Archive]:
    """Open the zip at ``path``; raises ``DamagedError`` if the file is not a zip or the list of the
    zip's members cannot be read."""
    # A pipe would block, and a device may be endless.
    if path.exists() and not path.is_file():
        raise DamagedError("it is a folder, a device or a pipe")
    try:
        file = _Bounded(path, "rb")
    except OSError as error:
        raise DamagedError(f"it cannot be opened ({error})") from error
    with file:
        try:
            archive = zipfile.ZipFile(file)
        except DamagedError:
            raise
        except zipfile.BadZipFile as error:
            raise DamagedError(_explain_bad_zip(error)) from error
        # Also NotImplementedError, struct.error, UnicodeDecodeError and others.
        except Exception as error:
            raise DamagedError(f"it cannot be opened ({error})") from error
        file.bounded = False
        files = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        yield Archive(path.name, MappingProxyType(files), archive)


def _explain_bad_zip(error: zipfile.BadZipFile) -> str:
    # Python's message if the directory at the end is missing.
    if str(error) == "File is not a zip file":
        return (
            "it is not a zip file, or its end is missing, for example after an interrupted download"
        )
    return f"it cannot be opened ({error})"


class _Bounded(io.FileIO):
    """A file that refuses to read a piece larger than 6 MiB while ``bounded`` is true.

    Python reads a zip's list of members in one piece, before they can be counted: a list of
    millions of members would take minutes and gigabytes.
    """

    bounded = True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read like any file; raises ``DamagedError`` if the piece would be too large."""
        if not self.bounded:
            return super().read(size) or b""
        most = _DIRECTORY_LIMIT + 1
        found = super().read(most if size is None or size < 0 else min(size, most))
        if found and len(found) > _DIRECTORY_LIMIT:
            raise DamagedError(
                f"its directory is larger than {_DIRECTORY_LIMIT >> 20} MiB, which means more than "
                f"{_MEMBERS_LIMIT} files"
            )
        return found or b""


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    """Whether a member of a zip can only be read with a password."""
    return bool(entry.flag_bits & _ENCRYPTED)


def layout(archive: Archive) -> tuple[bool, bool]:
    """Two facts about a zip's structure: whether it uses ZIP64, and whether there are bytes before
    its first member."""
    file = archive.zip.fp
    if file is None or not archive.zip.infolist():
        return False, False
    file.seek(0)
    begins_late = file.read(len(_LOCAL_HEADER)) != _LOCAL_HEADER
    end = file.seek(0, 2) - len(archive.zip.comment) - _END_RECORD_SIZE
    file.seek(max(0, end - _LOCATOR_SIZE))
    located = file.read(len(_ZIP64_LOCATOR)) == _ZIP64_LOCATOR
    needed = any(one.extract_version == _ZIP64_VERSION for one in archive.zip.infolist())
    return located or needed, begins_late


def safety_problems(archive: Archive) -> tuple[str, ...]:
    """The reasons why no member may be read, as clauses for a diagnostic: too many members, too
    large, or compressed too much. Empty if the zip is safe to read."""
    return tuple(words for check in _SAFETY_CHECKS for words in check(archive.zip))


def printable_name(name: str) -> str:
    """A file name with unprintable characters escaped."""
    return name if name.isprintable() else name.encode("unicode_escape").decode("ascii")


def _too_many(archive: zipfile.ZipFile) -> Iterator[str]:
    if len(archive.infolist()) > _MEMBERS_LIMIT:
        yield f"it contains {len(archive.infolist())} files, more than {_MEMBERS_LIMIT}"


def _too_large(archive: zipfile.ZipFile) -> Iterator[str]:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _SIZE_LIMIT:
        yield f"it unpacks to {size} bytes, more than {_SIZE_LIMIT >> 30} GiB"


def _too_compressed(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.file_size > max(_RATIO_MIN_SIZE, _RATIO_LIMIT * entry.compress_size):
            name = printable_name(entry.filename)
            yield f"“{name}” unpacks to more than {_RATIO_LIMIT} times its size"


_SAFETY_CHECKS = (_too_many, _too_large, _too_compressed)
