"""The zip: sealed with its digest, written aside, judged, and only then put in place.

The same members give the same bytes on any machine with the same zlib; the digest is over names
and contents alone and holds everywhere.
"""

from __future__ import annotations

import errno
import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from builder.artifacts import DIGEST_PLACEHOLDER, LAUNCH, MANIFEST, OUTLINE, Member
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position

_SEALED = (LAUNCH, OUTLINE)
_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold."""
_UNIX = 3
_REGULAR_FILE = 0o100644 << 16

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EACCES: "you may not write in this folder, or the package is open in another program",
    errno.EPERM: "you may not write in this folder, or the package is open in another program",
    errno.EROFS: "the disk cannot be written to",
    errno.EEXIST: "there is a file of the same name",
    errno.ENOTDIR: "part of the path is a file, not a folder",
    errno.EISDIR: "there is a folder where the package should be",
    errno.ENOENT: "the folder does not exist",
    errno.ENAMETOOLONG: "the path is too long",
}


def seal(members: Iterable[Member]) -> tuple[list[Member], str]:
    """The members by name, and their digest: SHA-256, 64 hexadecimal digits.

    For each member, in the order of names, the digest takes in ``name LF length LF content``, with
    ``DIGEST_PLACEHOLDER`` in place of itself; then it replaces the placeholder in the launch file
    and in the outline. Either without a placeholder is a ``ValueError``. Content on disk is read a
    piece at a time.
    """
    ordered = sorted(members, key=lambda member: member.name)
    digest = hashlib.sha256()
    for member in ordered:
        digest.update(f"{member.name}\n{_size(member)}\n".encode())
        for piece in _pieces(member):
            digest.update(piece)
    sealed = digest.hexdigest()
    return [_signed(one, sealed) if one.name in _SEALED else one for one in ordered], sealed


def _signed(member: Member, digest: str) -> Member:
    content = member.read()
    if DIGEST_PLACEHOLDER.encode() not in content:
        raise ValueError(f"{member.name} has no place for the digest")
    return replace(member, content=content.replace(DIGEST_PLACEHOLDER.encode(), digest.encode()))


def write(members: Iterable[Member], path: Path) -> int:
    """Write a new zip of the members, the manifest first, the others by name; its size in bytes.

    Every field is fixed: date, system, modes, no extra fields. ``FileExistsError`` where there is
    a file; ``zipfile.LargeZipFile`` beyond what a zip without ZIP64 holds (65,535 members, 2 GiB).
    """
    ordered = sorted(members, key=lambda member: (member.name != MANIFEST, member.name))
    with path.open("xb") as file:
        with zipfile.ZipFile(file, "w", allowZip64=False) as archive:
            for member in ordered:
                _store(archive, member)
        return file.tell()


def _store(archive: zipfile.ZipFile, member: Member) -> None:
    entry = zipfile.ZipInfo(member.name, _DATE)
    entry.create_system = _UNIX
    entry.external_attr = _REGULAR_FILE
    entry.compress_type = zipfile.ZIP_STORED if member.stored else zipfile.ZIP_DEFLATED
    entry.file_size = _size(member)
    with archive.open(entry, "w") as target:
        for piece in _pieces(member):
            target.write(piece)


def publish(
    members: Sequence[Member], path: Path, judge: Callable[[Path], tuple[Diagnostic, ...]]
) -> tuple[int, tuple[Diagnostic, ...]]:
    """Write the zip aside, let ``judge`` open it, and put it in place if nothing is wrong.

    Gives the size in bytes and the problems. With a problem, a zip that was at ``path`` stays as
    it was and nothing else is left behind. A folder that cannot be written to, or a package that
    is too large for a zip, is a problem too; a member's own file that cannot be read is an
    ``OSError``.
    """
    sources = {str(member.content) for member in members if isinstance(member.content, Path)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # On the same disk, since a rename cannot leave it; under its own name, for messages.
        with tempfile.TemporaryDirectory(prefix=".", suffix=".tmp", dir=path.parent) as folder:
            aside = Path(folder, path.name)
            size = write(members, aside)
            found = judge(aside)
            if not found:
                aside.replace(path)
            return size, found
    except zipfile.LargeZipFile:
        words = "it would hold more than 2 GB or more than 65,535 files"
        return 0, (problem("package-zip", Position(path.name), problem=words),)
    except OSError as error:
        if error.filename in sources:
            raise
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        return 0, (problem("output-unwritable", Position(path.parent.as_posix()), reason=reason),)


def _size(member: Member) -> int:
    content = member.content
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _pieces(member: Member) -> Iterator[bytes]:
    if isinstance(member.content, bytes):
        yield member.content
        return
    with member.content.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece
