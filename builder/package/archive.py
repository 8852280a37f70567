"""Writes the zip: inserts its digest, verifies it in a temporary folder, and moves it into place.

The same members give the same bytes on any machine with the same zlib. The digest covers only names
and contents, so it is the same on every machine.
"""

from __future__ import annotations

import errno
import hashlib
import math
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from builder.base import regular_files, temporary
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, FileName, Position
from builder.package.artifacts import DIGEST_PLACEHOLDER, LAUNCH, MANIFEST, OUTLINE, Member

_SEALED = (LAUNCH, OUTLINE)
_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can contain."""
_UNIX = 3
_REGULAR_FILE = 0o100644 << 16
_MAX_ZIP = (1 << 31) - 1
"""Maximum number of bytes of a zip without ZIP64, as in Python's ``zipfile``."""
_MAX_GROWTH = 1.05
"""Factor by which ``zipfile`` assumes that compression may enlarge a member."""
_HEADERS = 200
"""Approximate number of bytes of a member's two headers, with its name."""
_MAX_LISTED = 5
"""Maximum number of the largest files that a message lists."""
_MAX_RATIO = 100
"""Maximum compression ratio that scanners for zip bombs accept."""
_RATIO_CHECKED_FROM = 1 << 20
"""Number of bytes below which no scanner checks the compression ratio of a member."""
_NEW, _OLD = "new", "old"
"""Subfolders of the temporary folder: for the new package with its key file, and for the old key
file."""

_REASONS = temporary.REASONS | {
    errno.EISDIR: "there is a folder where the package or its key should be",
    errno.ENOENT: "the folder does not exist",
}
_NO_FOLDER = _REASONS | {
    errno.EACCES: "there is no such folder, and you may not make it",
    errno.EPERM: "there is no such folder, and you may not make it",
    errno.ENOENT: "there is no such folder, and it cannot be made",
}


class SourceError(Exception):
    """Raised if a member's file on disk cannot be read, or was changed since the course was read.

    ``problem`` is the diagnostic; its position is the member's path in the package.
    """

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.problem = diagnostic


class _OpenElsewhereError(Exception):
    """Raised if a file cannot be replaced because another program has it open."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


def judge_size(members: Sequence[Member], package: str) -> tuple[Diagnostic, ...]:
    """The problem that the members are too large for a zip; empty if they fit. Nothing is written.

    ``package`` is the name of the zip. Raises ``SourceError`` like ``write``.
    """
    sizes = [(_size(member), member.name) for member in members]
    total = sum(size + _HEADERS for size, _ in sizes)
    if total <= _MAX_ZIP and max(sizes)[0] * _MAX_GROWTH <= _MAX_ZIP:
        return ()
    largest = [(size / 2**20, name) for size, name in sorted(sizes, reverse=True)[:_MAX_LISTED]]
    files: list[str] = []
    for size, name in largest:
        if size >= 1:
            files += [", " if files else "", FileName(name), f" ({size:,.0f} MB)"]
    gigabytes = math.ceil(total / 2**30 * 10) / 10
    return (problem("package-too-large", Position(package), size=gigabytes, files=tuple(files)),)


def seal(members: Iterable[Member]) -> tuple[list[Member], str]:
    """Compute the digest of the members, and insert it in two of them; returns the members, sorted
    by name, and the digest.

    For each member, in the order of names, the digest covers ``name LF length LF content``. The
    launch file and the outline contain ``DIGEST_PLACEHOLDER``, which the digest then replaces. The
    digest is SHA-256, as 64 hexadecimal digits. Raises ``ValueError`` if either file has no
    placeholder, and ``SourceError`` if a file on disk cannot be read. Files are read in pieces.
    """
    ordered = sorted(members, key=lambda member: member.name)
    digest = hashlib.sha256()
    for member in ordered:
        digest.update(f"{member.name}\n{_size(member)}\n".encode())
        for piece in _pieces(member):
            digest.update(piece)
    sealed = digest.hexdigest()
    return [
        _insert_digest(member, sealed) if member.name in _SEALED else member for member in ordered
    ], sealed


def _insert_digest(member: Member, digest: str) -> Member:
    content = member.read()
    if DIGEST_PLACEHOLDER.encode() not in content:
        raise ValueError(f"{member.name} has no place for the digest")
    return replace(member, content=content.replace(DIGEST_PLACEHOLDER.encode(), digest.encode()))


def write(members: Iterable[Member], path: Path) -> int:
    """Write a new zip of the members, the manifest first, the others by name; returns its size in
    bytes.

    Date, system and file modes are always the same, and there are no extra fields. Raises
    ``FileExistsError`` if the file exists; ``zipfile.LargeZipFile`` above the limits of a zip
    without ZIP64 (65,535 members, 2 GiB); ``SourceError`` if a member's file cannot be read, or
    differs from its ``sha256``.
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
    entry.file_size = _size(member)
    stored = member.stored or _packs_too_tightly(member, entry.file_size)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w") as target:
        for piece in _checked_pieces(member):
            target.write(piece)


def _packs_too_tightly(member: Member, size: int) -> bool:
    if size < _RATIO_CHECKED_FROM:
        return False
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = sum(len(deflate.compress(piece)) for piece in _pieces(member))
    return size > _MAX_RATIO * (packed + len(deflate.flush()))


def publish(
    members: Sequence[Member],
    path: Path,
    judge: Callable[[Path], tuple[Diagnostic, ...]],
    beside: Member | None = None,
) -> tuple[int, tuple[Diagnostic, ...]]:
    """Write the zip to a temporary folder, check it with ``judge``, and move it to ``path`` if it
    is valid.

    ``beside`` is a file that is put beside the zip: the key to LMS reports. Returns the zip's size
    in bytes, and the problems. If there is a problem, the previous files stay unchanged, and no
    other file is left; the next build deletes what a killed build leaves. An unwritable folder, or
    a package too large for a zip, is reported as a problem. Raises ``SourceError`` like ``write``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return 0, (_unwritable(path.parent, error, _NO_FOLDER),)
    try:
        with temporary.folder(path.parent) as own:
            for left in temporary.abandoned_folders(own):
                with suppress(OSError):
                    _finish(left)
            new = own / _NEW
            new.mkdir()
            # Write it under its final name, which messages contain.
            size = write(members, new / path.name)
            problems = judge(new / path.name)
            if not problems:
                _put_in_place(new / path.name, path, beside)
            return size, problems
    except _OpenElsewhereError as held:
        return 0, (problem("output-open", Position(held.file.as_posix()), name=held.file.name),)
    except zipfile.LargeZipFile:
        words = "it would hold more than 2 GB or more than 65,535 files"
        return 0, (problem("package-zip", Position(path.name), problem=words),)
    except OSError as error:
        return 0, (_unwritable(path.parent, error, _REASONS),)


def _put_in_place(made: Path, path: Path, beside: Member | None) -> None:
    """Move the new zip ``made`` to ``path``, and write the key file ``beside`` it.

    Two files cannot be replaced at the same time. The old key file is moved away first and the new
    one added last. So a key file is never beside the zip of another build, even if the process is
    killed in between. Then ``_finish`` of the next build restores the missing key file.
    """
    if not beside:
        _replace(made, path, path)
        return
    new, final = made.with_name(beside.name), path.with_name(beside.name)
    new.write_bytes(beside.read())
    old = made.parent.with_name(_OLD) / beside.name
    old.parent.mkdir()
    if final.is_dir() and not final.is_symlink():
        raise IsADirectoryError(errno.EISDIR, "a folder")
    try:
        # Move the old key file instead of reading it: it may be a link to an endless device.
        with suppress(FileNotFoundError):
            _replace(final, old, final)
        _replace(made, path, path)
        _replace(new, final, final)
    except BaseException:
        _finish(made.parent.parent)
        raise


def _replace(made: Path, place: Path, blocked: Path) -> None:
    try:
        temporary.replace(made, place)
    except PermissionError as error:
        # The process has just written in this folder, so the file itself must be open elsewhere.
        raise _OpenElsewhereError(blocked) from error


def _finish(left: Path) -> None:
    """Move the key file that a killed build has left in its temporary folder, ``left``, into place:
    the new one if the new zip is in place, else the old one."""
    new, old = left / _NEW, left / _OLD
    if not old.is_dir():
        return
    keys = old if any(new.glob("*.zip")) else new
    for key in keys.iterdir():
        final = left.with_name(key.name)
        if not os.path.lexists(final):
            key.replace(final)


def _unwritable(folder: Path, error: OSError, reasons: Mapping[int, str]) -> Diagnostic:
    reason = reasons.get(error.errno or 0, error.strerror or str(error))
    return problem("output-unwritable", Position(folder.as_posix()), reason=reason)


def _size(member: Member) -> int:
    if isinstance(member.content, bytes):
        return len(member.content)
    with _report_source_errors(member):
        return member.content.stat().st_size


def _pieces(member: Member) -> Iterator[bytes]:
    if isinstance(member.content, bytes):
        yield member.content
        return
    with _report_source_errors(member), regular_files.open_file(member.content) as file:
        while piece := file.read(_CHUNK):
            yield piece


def _checked_pieces(member: Member) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in _pieces(member):
        if member.sha256:
            digest.update(piece)
        yield piece
    if member.sha256 and digest.hexdigest() != member.sha256:
        raise SourceError(problem("file-changed", Position(member.name)))


@contextmanager
def _report_source_errors(member: Member) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        reason = "it has been deleted meanwhile" if gone else error.strerror or str(error)
        fault = problem("file-unreadable", Position(member.name), reason=reason)
        raise SourceError(fault) from error
