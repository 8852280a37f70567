"""Checks that a zip and its file names meet the requirements of LMSs (facts/scorm-1.2.md#files and
facts/interoperability.md)."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from builder.base import zips
from builder.base.zips import Archive, printable_name
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, FileName, Position

MANIFEST = "imsmanifest.xml"

_PATH_LIMIT = 150
"""Maximum length of a path in characters; the path of an LMS's own folder comes before it."""

_Check = Callable[[zipfile.ZipFile], Iterator[str]]
"""A check that yields what is wrong with a zip, as text for the diagnostic ``package-zip``."""

_LOCAL_HEADER = b"PK\x03\x04"
_ZIP64_LOCATOR = b"PK\x06\x07"
_END_RECORD_SIZE = 22
_LOCATOR_SIZE = 20
_ZIP64_VERSION = 45
_ENCRYPTED = 0x2041
"""The flags for encryption, strong encryption and an encrypted directory."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_SCRIPTS = "php[0-9]?|phtml|phar|cgi|shtml|sh|aspx?|jspx?|py|rb|pl"
_NAME_FAULTS = (
    (rf".{{{_PATH_LIMIT + 1}}}", f"the path is longer than {_PATH_LIMIT} characters"),
    (r"/|[a-z]:", "it is an absolute path"),
    (r"(?:.*/)?\.\.(?:/|\Z)", "it points outside the package"),
    (r".*\\", "it contains a backslash"),
    (r".*[^\x20-\x7e\\]", "it contains characters other than ASCII"),
    (r".*[A-Z]", "it contains capital letters"),
    (r".*//|(?:.*/)?\.(?:/|\Z)", "part of the path is empty"),
    (r"(?:.*/)?\.", "LMSs drop or refuse hidden files"),
    (r".*[^a-zA-Z0-9._/\\-]", "it contains characters other than a-z 0-9 . _ -"),
    (
        r"(?:.*/)?(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|\Z)|.*\.(?:/|\Z)",
        "Windows does not allow this name",
    ),
    (rf".*\.(?:{_SCRIPTS})\Z", "it could run as a program on the server"),
    (r".*\.zip\Z", "LMSs do not unpack a zip inside a package"),
    (r".*\.(?:dat|br)\Z", "LMSs refuse files with this ending"),
    (
        r".*\.mjs\Z",
        "Moodle serves files with this ending so that browsers do not run them; use .js",
    ),
)
"""Patterns of file names, with what is wrong with them; the first match is reported."""
_NAME_PATTERNS = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _NAME_FAULTS)


def unsafe(archive: Archive) -> tuple[Diagnostic, ...]:
    """Problems for which the members must not be read at all: they are too many, too large, or
    compressed too strongly."""
    return _problems(archive, zips.safety_problems(archive))


def judge(archive: Archive) -> tuple[Diagnostic, ...]:
    """Everything in a zip's format and file names that could make an LMS reject it."""
    words = (fault for check in _CHECKS for fault in check(archive.zip))
    return (*_problems(archive, words), *_name_problems(archive.zip.infolist()))


def _encrypted(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.flag_bits & _ENCRYPTED:
            yield f"“{printable_name(entry.filename)}” is encrypted"


def _compression(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.compress_type not in _METHODS:
            name = printable_name(entry.filename)
            yield f"“{name}” uses a compression method other than stored or deflated"


def _special_files(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            what = "a link" if kind == stat.S_IFLNK else "a special file"
            yield f"“{printable_name(entry.filename)}” is {what}"


def _manifest_first(archive: zipfile.ZipFile) -> Iterator[str]:
    names = [entry.filename for entry in archive.infolist()]
    if MANIFEST in names:
        if names[0] != MANIFEST:
            yield f"{MANIFEST} is not its first file"
        return
    inside = [name for name in names if name.endswith(f"/{MANIFEST}")]
    where = (
        f"; it is in the folder “{printable_name(inside[0].rpartition('/')[0])}”" if inside else ""
    )
    yield f"there is no {MANIFEST} at its root{where}"


def _layout(archive: zipfile.ZipFile) -> Iterator[str]:
    file = archive.fp
    if file is None or not archive.infolist():
        return
    file.seek(0)
    if file.read(len(_LOCAL_HEADER)) != _LOCAL_HEADER:
        yield "there is data before its first file"
    needs_zip64 = any(entry.extract_version == _ZIP64_VERSION for entry in archive.infolist())
    if needs_zip64 or _ends_as_zip64(file, len(archive.comment)):
        yield "it uses ZIP64, which PKZIP 2.04g does not support"


def _ends_as_zip64(file: IO[bytes], comment: int) -> bool:
    end = file.seek(0, 2) - comment - _END_RECORD_SIZE
    file.seek(max(0, end - _LOCATOR_SIZE))
    return file.read(len(_ZIP64_LOCATOR)) == _ZIP64_LOCATOR


_CHECKS: tuple[_Check, ...] = (_layout, _encrypted, _compression, _special_files, _manifest_first)


def _problems(archive: Archive, faults: Iterable[str]) -> tuple[Diagnostic, ...]:
    position = Position(archive.name)
    return tuple(problem("package-zip", position, problem=words) for words in faults)


def _name_problems(entries: list[zipfile.ZipInfo]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for entry in entries:
        # The name stored in the zip; zipfile cuts at NUL and converts backslashes on Windows.
        name = entry.orig_filename
        words = _name_fault(name.removesuffix("/"))
        if name.lower() in seen:
            words = f"it is in the zip twice, also as “{printable_name(seen[name.lower()])}”"
        seen.setdefault(name.lower(), name)
        if words:
            yield problem(
                "package-name",
                Position(printable_name(name)),
                name=FileName(printable_name(name)),
                problem=words,
            )


def _name_fault(name: str) -> str | None:
    for pattern, words in _NAME_PATTERNS:
        if pattern.match(name):
            return words
    return None if name else "it is empty"
