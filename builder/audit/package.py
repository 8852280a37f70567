"""Reads a third-party package, a zip or a folder, once and within limits.

Nothing is unpacked to disk. Text files are kept in memory up to the limits below, and the report
says what was left out.
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
    """Raised if a package cannot or must not be read. The message is the reason, which is filled
    into the finding ``zip-refused``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of a zip, which may be a folder, or a file of an unpacked package.

    ``name`` is the path as the zip writes it. ``size`` and ``packed`` are its bytes without and
    with compression. ``method`` is the zip's number for the compression: 0 for none, 8 for deflate.
    ``special`` says what the member is if it is neither a file nor a folder, such as “a link”.
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
    """A text file of the package, such as a page or a script; ``name`` is its path."""

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
        """Whether this text is a page, by the ending of its name."""
        return self.suffix in _PAGES

    @property
    def is_program(self) -> bool:
        """Whether this text is a page or a script, by the ending of its name."""
        return self.suffix in _PAGES or self.suffix in _SCRIPTS

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The addresses in the markup of this page; none if this text is not a page."""
        return markup.read(self.decoded) if self.is_page else ()

    @cached_property
    def has_base(self) -> bool:
        """Whether this page has a ``base`` element, to which its addresses are relative."""
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
    """A package as the rules of the audit see it.

    ``name`` is the name of the zip or folder. ``packed`` is the size of the zip in bytes, 0 for a
    folder. ``entries`` are the members in the order of the zip's directory. ``files`` maps the path
    of each file to its size in bytes. ``texts`` are the text files kept in memory, by path.
    ``damaged`` maps the path of each file that cannot be read to the reason. ``not_reached`` lists,
    in a sentence each, what was not read. ``begins_late`` says whether other data precedes the zip.
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
        """The size of all files together, unpacked, in bytes."""
        return sum(self.files.values())

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest, even if it is in a subfolder or is not valid XML; ``None`` if there is
        none."""
        at = manifests.find(self.files)
        if at is None or at not in self.texts:
            return None
        return manifests.read(at, self.texts[at].content, self.files)

    @property
    def is_whole(self) -> bool:
        """Whether every file was read: none is encrypted or damaged, and no limit was reached."""
        locked = any(one.encrypted for one in self.entries)
        return not (locked or self.damaged or self.not_reached)

    @cached_property
    def by_lower_name(self) -> Mapping[str, str]:
        """The paths of all files by their lower-case form."""
        return {name.lower(): name for name in reversed(list(self.files))}

    def pages(self) -> Iterator[Text]:
        """The pages among the texts."""
        return (text for text in self.texts.values() if text.is_page)

    def programs(self) -> Iterator[Text]:
        """The pages and scripts among the texts."""
        return (text for text in self.texts.values() if text.is_program)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Read the package at ``path``, a zip or a folder.

    Raises ``RefusedError`` if the package cannot or must not be read. The number of members, the
    bytes read and the memory are limited, and nothing is written.
    """
    if path.is_dir():
        yield _of_folder(path)
        return
    try:
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                raise RefusedError(faults[0])
            yield _of_zip(archive, path.stat().st_size)
    except DamagedError as damaged:
        raise RefusedError(str(damaged)) from damaged


def _of_zip(archive: zips.Archive, packed: int) -> Package:
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
    _read(package, lambda path: archive.chunks(written[path]))
    return package


def _special(mode: int) -> str:
    kind = stat.S_IFMT(mode)
    if kind in (0, stat.S_IFREG, stat.S_IFDIR):
        return ""
    return "a link" if kind == stat.S_IFLNK else "a special file"


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "\0" in name or name[1:2] == ":"


def _of_folder(folder: Path) -> Package:
    try:
        entries = [
            Entry(path.relative_to(folder).as_posix(), size, size) for path, size in _walk(folder)
        ]
    except OSError as error:
        raise RefusedError(_unreachable(folder, error)) from error
    package = Package(
        folder.resolve().name, 0, tuple(entries), {one.name: one.size for one in entries}
    )
    _read(package, lambda name: _pieces(folder / name))
    return package


def _unreachable(folder: Path, error: OSError) -> str:
    """The message that a path in a folder cannot be read, with the reason."""
    name = os.path.relpath(error.filename or folder, folder)
    return f"“{zips.printable_name(name)}” cannot be looked at ({error.strerror})"


def _walk(folder: Path) -> Iterator[tuple[Path, int]]:
    """The files below a folder with their sizes in bytes, sorted by name.

    Raises ``RefusedError`` for a link, which may lead out of the folder, or for too many files, and
    ``OSError`` for a folder that cannot be read.
    """

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


def _read(package: Package, pieces: Callable[[str], Iterator[bytes]]) -> None:
    """Read every file of ``package`` once, to check that it is intact, and keep the text files.

    ``pieces`` returns the content of the file at a path, in pieces. ``package.not_reached`` gets a
    sentence on what was not read.
    """
    kept = unpacked = skipped = left = 0
    locked = {one.name for one in package.entries if one.encrypted}
    ordered = sorted(package.files, key=lambda name: not manifests.is_manifest(name))
    for name in ordered:
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
    """The content of a file, and its length in bytes. The content is empty unless ``keeps``."""
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
