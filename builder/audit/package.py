"""Reads a third-party package, a zip or a folder, once and within limits.

Nothing is unpacked to disk. Texts are kept up to the limits below, and the report says what was
left out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from builder.audit import manifest as manifests
from builder.audit import markup
from builder.audit.manifest import MANIFEST, Manifest
from builder.audit.markup import Reference
from builder.base import zips
from builder.base.zips import DamagedError

_TEXT_LIMIT = 8 << 20
"""Maximum size of a text, in bytes."""
_TEXTS_LIMIT = 48 << 20
"""Maximum size of all texts together, in bytes."""
_UNPACKED_LIMIT = 512 << 20
"""Maximum number of bytes unpacked to check that files are intact."""
_MEMBERS_LIMIT = 20_000
_PIECE = 1 << 20
_TEXTS = frozenset(
    (
        *(".html", ".htm", ".xhtml", ".js", ".mjs", ".css", ".svg", ".xml", ".json", ".txt"),
        *(".xsd", ".dtd", ".vtt", ".srt", ".md", ".crs", ".au", ".des", ".cst", ".htc", ".hbs"),
        *(".tpl", ".csv", ".webmanifest"),
    )
)


_PAGES = frozenset((".html", ".htm", ".xhtml"))
_SCRIPTS = frozenset((".js", ".mjs"))


_LEFTOVERS = frozenset(
    (".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitattributes", ".gitignore")
)


def is_leftover(path: str) -> bool:
    """Whether a file was left by an operating system or by Git, and is harmless."""
    return path.startswith("__MACOSX/") or path.rpartition("/")[2].lower() in _LEFTOVERS


class RefusedError(Exception):
    """A package must not be read at all; the message completes a finding."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of a zip, folders included, or a file of a folder.

    ``name`` is as written in the zip. ``method`` is the number of the compression: 0 for none, 8
    for deflate. ``special`` says what the member is if it is neither a file nor a folder.
    """

    name: str
    size: int
    packed: int
    method: int = 0
    encrypted: bool = False
    special: str = ""
    is_folder: bool = False


@dataclass(eq=False)
class Text:
    """A text of the package; ``name`` is its path."""

    name: str
    content: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def folder(self) -> str:
        """The folder part of the path, with the slash at its end."""
        return self.name[: self.name.rfind("/") + 1]

    @property
    def is_page(self) -> bool:
        """Whether browsers show this text as a page."""
        return self.suffix in _PAGES

    @property
    def is_program(self) -> bool:
        """Whether this text is a page or a script."""
        return self.suffix in _PAGES or self.suffix in _SCRIPTS

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The addresses in a page's markup; none for other texts."""
        return markup.read(self.decoded) if self.is_page else ()

    @cached_property
    def has_base(self) -> bool:
        """Whether a page sets the base of its addresses with a ``base`` element."""
        return markup.has_base(self.decoded)

    @cached_property
    def decoded(self) -> str:
        """The text as a browser decodes it without a declared encoding."""
        for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if self.content.startswith(mark):
                return self.content.decode(encoding, "replace")
        return self.content.decode("utf-8-sig", "replace")


@dataclass
class Package:
    """A package as its rules see it.

    ``name`` is that of the zip or folder, ``packed`` the size of the zip, 0 of a folder;
    ``entries`` are in the order of the directory. ``files`` are the sizes of the files that can be
    read, by path. ``damaged`` are those that cannot be, with why. ``texts`` are what was kept.
    """

    name: str
    packed: int
    entries: tuple[Entry, ...]
    files: Mapping[str, int]
    texts: dict[str, Text] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)
    not_reached: list[str] = field(default_factory=list)
    zip64: bool = False
    begins_late: bool = False

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(self.files.values())

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest, also in a subfolder or with errors; ``None`` if there is none."""
        at = manifests.find(self.files)
        if at is None or at not in self.texts:
            return None
        return manifests.read(at, self.texts[at].content, self.files)

    @property
    def is_whole(self) -> bool:
        """Whether every text of the package was read."""
        locked = any(one.encrypted for one in self.entries)
        return not (locked or self.damaged or self.not_reached)

    @cached_property
    def by_lower_name(self) -> Mapping[str, str]:
        """The paths of all files by their lower-case form."""
        return {name.lower(): name for name in reversed(list(self.files))}

    def pages(self) -> Iterator[Text]:
        """The texts that browsers show as pages."""
        return (text for text in self.texts.values() if text.is_page)

    def programs(self) -> Iterator[Text]:
        """Pages and scripts."""
        return (text for text in self.texts.values() if text.is_program)


@contextmanager
def open_package(path: Path, stopped: Callable[[], bool] = lambda: False) -> Iterator[Package]:
    """The package at ``path``, a zip or a folder; raises ``RefusedError`` if it must not be read.

    Members, bytes and memory are limited, and nothing is written. Once ``stopped`` returns true, no
    further file is read.
    """
    if path.is_dir():
        yield _of_folder(path, stopped)
        return
    try:
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                raise RefusedError(faults[0])
            yield _of_zip(archive, path.stat().st_size, stopped)
    except DamagedError as damaged:
        raise RefusedError(str(damaged)) from damaged


def _of_zip(archive: zips.Archive, packed: int, stopped: Callable[[], bool]) -> Package:
    entries = tuple(
        Entry(
            name=one.orig_filename,
            size=one.file_size,
            packed=one.compress_size,
            method=one.compress_type,
            encrypted=zips.is_encrypted(one),
            special=_special(one.external_attr >> 16),
            is_folder=one.is_dir(),
        )
        for one in archive.zip.infolist()
    )
    outside = next((one.name for one in entries if _leads_out(one.name)), None)
    if outside is not None:
        raise RefusedError(
            f"“{zips.printable_name(outside)}” would be unpacked outside of its folder"
        )
    link = next((one for one in entries if one.special), None)
    if link is not None:
        raise RefusedError(f"“{zips.printable_name(link.name)}” is {link.special}, not a file")
    if sum(one.packed for one in entries) > packed:
        raise RefusedError("its files overlap, so that it unpacks to far more")
    # Other rules see paths with slashes; zip-backslash reports the backslashes.
    written = {name.replace("\\", "/"): name for name in archive.files}
    files = {path: archive.files[name].file_size for path, name in written.items()}
    package = Package(archive.name, packed, entries, files)
    package.zip64, package.begins_late = zips.layout(archive)
    _read(package, lambda path: archive.chunks(written[path]), stopped)
    return package


def _special(mode: int) -> str:
    kind = stat.S_IFMT(mode)
    if kind in (0, stat.S_IFREG, stat.S_IFDIR):
        return ""
    return "a link" if kind == stat.S_IFLNK else "a special file"


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "\0" in name or name[1:2] == ":"


def _of_folder(folder: Path, stopped: Callable[[], bool]) -> Package:
    try:
        entries = [
            Entry(path.relative_to(folder).as_posix(), size, size) for path, size in _walk(folder)
        ]
    except OSError as error:
        raise RefusedError(_unreachable(folder, error)) from error
    package = Package(
        folder.resolve().name, 0, tuple(entries), {one.name: one.size for one in entries}
    )
    _read(package, lambda name: _pieces(folder / name), stopped)
    return package


def _unreachable(folder: Path, error: OSError) -> str:
    """Which part of a folder cannot be read, and why."""
    name = os.path.relpath(error.filename or folder, folder)
    return f"“{zips.printable_name(name)}” cannot be looked at ({error.strerror})"


def _walk(folder: Path) -> Iterator[tuple[Path, int]]:
    """The files below a folder, sorted by name. Raises ``RefusedError`` for a link, which may lead
    anywhere, and ``OSError`` for what cannot be read."""

    def stop(error: OSError) -> None:
        raise error

    seen = 0
    for parent, folders, names in os.walk(folder, onerror=stop):
        folders.sort()
        for name in sorted((*folders, *names)):
            path = Path(parent, name)
            if path.is_symlink():
                raise RefusedError(f"“{path.relative_to(folder)}” is a link, not a file")
            if not path.is_file():
                continue
            seen += 1
            if seen > _MEMBERS_LIMIT:
                raise RefusedError(f"it holds more than {_MEMBERS_LIMIT} files")
            yield path, path.stat().st_size


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise DamagedError(f"“{path.name}” cannot be read ({error.strerror})") from error


def _read(
    package: Package, pieces: Callable[[str], Iterator[bytes]], stopped: Callable[[], bool]
) -> None:
    """Read every file once: keep the texts, and check that the others are intact."""
    kept = unpacked = skipped = left = 0
    locked = {one.name for one in package.entries if one.encrypted}
    ordered = sorted(package.files, key=lambda name: not manifests.is_manifest(name))
    for read, name in enumerate(ordered):
        if stopped():
            package.not_reached.append(f"{len(ordered) - read:,} files were not read.")
            break
        size = package.files[name]
        if name in locked:
            continue
        is_text = PurePosixPath(name).suffix.lower() in _TEXTS
        keeps = is_text and size <= _TEXT_LIMIT and kept + size <= _TEXTS_LIMIT
        skipped += is_text and not keeps
        if unpacked + size > _UNPACKED_LIMIT:
            left += 1
            continue
        unpacked += size
        try:
            content, length = _read_file(pieces(name), keeps)
            if length < size:
                raise DamagedError(f"“{name}” is shorter than the zip says")
        except DamagedError as damaged:
            package.damaged[name] = str(damaged)
            continue
        if keeps:
            kept += size
            package.texts[name] = Text(name, content)
    package.not_reached.extend(_limits_reached(skipped, left))


def _read_file(pieces: Iterator[bytes], keeps: bool) -> tuple[bytes, int]:
    """The content of a file (empty unless it is kept) and its length."""
    kept = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if keeps:
            kept.append(piece)
    return b"".join(kept), length


def _limits_reached(texts: int, members: int) -> Iterator[str]:
    if texts:
        yield (
            f"{texts} texts are larger than {_TEXT_LIMIT >> 20} MB, or beyond the first "
            f"{_TEXTS_LIMIT >> 20} MB of texts: nothing was looked for in them."
        )
    if members:
        yield (
            f"{members} files are beyond the first {_UNPACKED_LIMIT >> 20} MB: whether they are "
            "whole was not tried."
        )


__all__ = ["MANIFEST", "Entry", "Package", "RefusedError", "Text", "open_package"]
