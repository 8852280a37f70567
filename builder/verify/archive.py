"""Safe reading of any zip, and what LMSs ask of it (SCORM12.md 1.5, 3 and 6).

Nothing is ever extracted. How many members, how large and how tightly packed they may be is
bounded before the first one is read, and a member is never read beyond the size it declares.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

from builder.codes import problem
from builder.diagnostics import Diagnostic, Position

MANIFEST = "imsmanifest.xml"

_MEMBERS_LIMIT = 20_000
_SIZE_LIMIT = 2 << 30
"""Bytes of all members together, unpacked."""
_TEXT_LIMIT = 32 << 20
"""Bytes of one member that is read as a whole."""
_RATIO_LIMIT = 250
"""Bytes unpacked for each byte packed; HTML packs up to about 30, deflate gives at most 1,032."""
_RATIO_FROM = 1 << 20
"""Smaller members may be packed as tightly as they like."""
_PATH_LIMIT = 150
"""Characters of a path, so that an LMS can put its own folder in front."""
_PIECE = 1 << 20

_Check = Callable[[zipfile.ZipFile], Iterator[str]]
"""Yields what is wrong with a zip, each in words for ``package-zip``."""

_LOCAL_HEADER = b"PK\x03\x04"
_ZIP64_LOCATOR = b"PK\x06\x07"
_END_RECORD_SIZE = 22
_LOCATOR_SIZE = 20
_ZIP64_VERSION = 45
_ENCRYPTED = 0x2041
"""The flags for encryption, strong encryption and an encrypted directory."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_SCRIPTS = "php[0-9]?|phtml|phar|cgi|shtml|sh|aspx?|jspx?|py|rb|pl"
_NAMES = (
    (rf".{{{_PATH_LIMIT + 1}}}", f"the path is longer than {_PATH_LIMIT} characters"),
    (r"/|[a-z]:", "it is an absolute path"),
    (r"(?:.*/)?\.\.(?:/|\Z)", "it leads out of the package"),
    (r".*\\", "it contains a backslash"),
    (r".*[^\x20-\x7e\\]", "it contains characters other than ASCII"),
    (r".*[A-Z]", "it contains capitals"),
    (r".*//|(?:.*/)?\.(?:/|\Z)", "part of the path is empty"),
    (r"(?:.*/)?\.", "hidden files are dropped or refused"),
    (r".*[^a-zA-Z0-9._/\\-]", "it contains characters other than a-z 0-9 . _ -"),
    (r"(?:.*/)?(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|\Z)|.*\.(?:/|\Z)", "Windows cannot hold it"),
    (rf".*\.(?:{_SCRIPTS})\Z", "it looks like a program for the server"),
    (r".*\.zip\Z", "a zip inside a package is not unpacked"),
    (r".*\.(?:dat|br)\Z", "LMSs refuse this ending"),
    (r".*\.mjs\Z", "Moodle serves this ending in a way that browsers do not run; use .js"),
)
"""What a name matches, and what is wrong with it; the first that matches is told."""
_WRONG_NAMES = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _NAMES)


class DamagedError(Exception):
    """A member cannot be read; the text says why, in words for a diagnostic."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An open zip, by the ``name`` of its file.

    ``files`` are its members by name, in the order of its directory; folders are left out.
    """

    name: str
    files: Mapping[str, zipfile.ZipInfo]
    _zip: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """A whole member; ``DamagedError`` if it cannot be read or is larger than 32 MiB."""
        if self.files[name].file_size > _TEXT_LIMIT:
            raise DamagedError(f"“{name}” is larger than {_TEXT_LIMIT >> 20} MiB")
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member a piece at a time; ``DamagedError`` as soon as it cannot be read."""
        try:
            with self._zip.open(self.files[name]) as file:
                while piece := file.read(_PIECE):
                    yield piece
        # zipfile, zlib and struct raise many kinds of exception on damaged input.
        except Exception as error:
            raise DamagedError(f"“{shown(name)}” is damaged ({error})") from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The zip at ``path``; ``DamagedError`` if it is none or its directory cannot be read."""
    try:
        archive = zipfile.ZipFile(path)
    # Besides BadZipFile: OSError, NotImplementedError, struct.error, UnicodeDecodeError, …
    except Exception as error:
        raise DamagedError(f"it cannot be opened ({error})") from error
    with archive:
        files = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        yield Archive(path.name, MappingProxyType(files), archive)


def unsafe(archive: Archive) -> tuple[Diagnostic, ...]:
    """Why the members are not to be read at all: too many, too large, too tightly packed."""
    return _zip_problems(archive, _UNSAFE)


def judge(archive: Archive) -> tuple[Diagnostic, ...]:
    """Everything about the zip and the names in it that an LMS could refuse."""
    return (*_zip_problems(archive, _CHECKS), *_name_problems(archive._zip.infolist()))


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


def _encrypted(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.flag_bits & _ENCRYPTED:
            yield f"“{shown(entry.filename)}” is encrypted"


def _method(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.compress_type not in _METHODS:
            yield f"“{shown(entry.filename)}” is neither stored nor deflated"


def _special(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            what = "a link" if kind == stat.S_IFLNK else "a special file"
            yield f"“{shown(entry.filename)}” is {what}"


def _manifest_first(archive: zipfile.ZipFile) -> Iterator[str]:
    names = [entry.filename for entry in archive.infolist()]
    if MANIFEST in names:
        if names[0] != MANIFEST:
            yield f"{MANIFEST} is not its first file"
        return
    inside = [name for name in names if name.endswith(f"/{MANIFEST}")]
    where = f"; it is in the folder “{shown(inside[0].rpartition('/')[0])}”" if inside else ""
    yield f"there is no {MANIFEST} at its root{where}"


def _layout(archive: zipfile.ZipFile) -> Iterator[str]:
    file = archive.fp
    if file is None or not archive.infolist():
        return
    file.seek(0)
    if file.read(len(_LOCAL_HEADER)) != _LOCAL_HEADER:
        yield "something stands before its first file"
    needs_zip64 = any(entry.extract_version == _ZIP64_VERSION for entry in archive.infolist())
    if needs_zip64 or _ends_as_zip64(file, len(archive.comment)):
        yield "it uses ZIP64, which PKZIP 2.04g does not know"


def _ends_as_zip64(file: IO[bytes], comment: int) -> bool:
    end = file.seek(0, 2) - comment - _END_RECORD_SIZE
    file.seek(max(0, end - _LOCATOR_SIZE))
    return file.read(len(_ZIP64_LOCATOR)) == _ZIP64_LOCATOR


_UNSAFE: tuple[_Check, ...] = (_too_many, _too_large, _too_tight)
_CHECKS: tuple[_Check, ...] = (_layout, _encrypted, _method, _special, _manifest_first)


def _zip_problems(archive: Archive, checks: Iterable[_Check]) -> tuple[Diagnostic, ...]:
    return tuple(
        problem("package-zip", Position(archive.name), problem=words)
        for check in checks
        for words in check(archive._zip)
    )


def _name_problems(entries: list[zipfile.ZipInfo]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for entry in entries:
        # What the zip says; zipfile cuts at NUL and turns backslashes round on Windows.
        name = entry.orig_filename
        words = _wrong_name(name.removesuffix("/"))
        if name.lower() in seen:
            words = f"it is in the zip twice, also as “{shown(seen[name.lower()])}”"
        seen.setdefault(name.lower(), name)
        if words:
            yield problem("package-name", Position(shown(name)), name=shown(name), problem=words)


def _wrong_name(name: str) -> str | None:
    for pattern, words in _WRONG_NAMES:
        if pattern.match(name):
            return words
    return None if name else "it is empty"
