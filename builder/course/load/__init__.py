"""Reads a course folder: finds, decodes and parses its files, without validating their content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from builder.base import regular_files, transaction
from builder.base.cache import NO_CACHE, Cache
from builder.course.load import po, text, yaml
from builder.course.load.discovery import (
    APPROVALS,
    COURSE,
    INTERFACE,
    REMARKS,
    TRANSLATIONS,
    Folder,
    discover,
    failed_by,
    unreadable,
)
from builder.course.media import durations, images, pictures
from builder.course.media.formats import BEGINNING, CAPTIONS
from builder.course.sources import STYLES, MediaFile, PageFile, PoFile, Sources, YamlFile
from builder.diagnostics.codes import did_you_mean, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_MEGABYTE = 1_000_000
TEXT_LIMIT = 4 * _MEGABYTE
"""Maximum size in bytes of a page or a YAML file, a hundred times the size of a very long page."""

APPROVALS_LIMIT = 20 * _MEGABYTE
"""Maximum size in bytes of ``approvals.yaml``, which repeats all approved words of the course."""

APPROVALS_COUNT = 50_000
"""Maximum number of entries of ``approvals.yaml``; a course of 1,000 pages has some thousands."""

PO_LIMIT = 50 * _MEGABYTE
"""Maximum size in bytes of a translation, which repeats all words of the course."""

DRAWING_LIMIT = 30 * _MEGABYTE
"""Maximum size in bytes of an SVG, which is read into memory as a whole."""
_SVG = ".svg"
T = TypeVar("T")
Read = tuple[T | None, tuple[Diagnostic, ...]]
"""The content of a file, parsed (``None`` if it cannot be read), and the problems found in it."""


def load(root: Path, cache: Cache = NO_CACHE) -> tuple[Sources | None, tuple[Diagnostic, ...]]:
    """Read a course folder; return its sources and all problems of finding, decoding and parsing.

    First finishes or undoes what an interrupted command left half-written. The sources are ``None``
    if that fails, if ``course.yaml`` cannot be read, or if a folder has a wrong name. Other files
    that cannot be read are reported and left out. Never raises, whatever the folder contains.
    """
    cache.start_pass()
    try:
        undone = transaction.recover(root)
    except transaction.ExchangeError as error:
        words = {"reason": error.problem, "fix": error.fix}
        return None, (problem("course-busy", Position("."), **words),)
    sources, problems = _Loader(root, cache).sources()
    notices = (problem("course-undone", Position(undone.path)),) if undone else ()
    return sources, (*notices, *problems)


def _too_large(path: str, size: int, limit: int, kind: str) -> Diagnostic:
    words = {"size": f"{size / _MEGABYTE:.1f}", "limit": limit // _MEGABYTE, "kind": kind}
    return problem("file-too-large", Position(path), **words)


class _Loader:
    def __init__(self, root: Path, cache: Cache) -> None:
        self.root = root
        self.cache = cache
        self.files = Files((), cache)
        self.problems: list[Diagnostic] = []

    def sources(self) -> tuple[Sources | None, tuple[Diagnostic, ...]]:
        if not os.path.lexists(self.root / COURSE):
            return None, (self._course_missing(),)
        folder, problems = discover(self.root)
        self.problems.extend(problems)
        if any(found.code == "folder-name" for found in problems):
            # Otherwise each file of the misnamed folder would be reported as missing.
            return None, tuple(found for found in problems if found.code == "folder-name")
        self.files = Files(self._paths(folder), self.cache)
        course = self._parse_file(COURSE, self.root / COURSE, yaml.read) if folder.course else None
        approvals = (
            self._parse_file(APPROVALS, self.root / APPROVALS, self._approvals, APPROVALS_LIMIT)
            if folder.approvals
            else None
        )
        remarks = (
            self._parse_file(REMARKS, self.root / REMARKS, self._entries)
            if folder.remarks
            else None
        )
        pages = {
            path: self._parse_file(path, file, yaml.read_page)
            for path, file in folder.pages.items()
        }
        questions = {
            path: self._parse_file(path, file, self._entries)
            for path, file in folder.questions.items()
        }
        media = {path: self._media(path, file) for path, file in folder.media.items()}
        styles, captions = (self._texts(folder, media, ending) for ending in (STYLES, CAPTIONS))
        translations = {path: self._po(path, file) for path, file in folder.translations.items()}
        if course is None:
            return None, tuple(self.problems)
        read: list[tuple[str, object]] = [
            *translations.items(),
            *(*pages.items(), *questions.items(), *media.items()),
            *(*styles.items(), *captions.items()),
        ]
        read += [(APPROVALS, approvals)] if folder.approvals else []
        read += [(REMARKS, remarks)] if folder.remarks else []
        sources = Sources(
            course=course,
            approvals=approvals,
            remarks=remarks,
            pages={path: page for path, page in pages.items() if page},
            questions={path: file for path, file in questions.items() if file},
            media={path: file for path, file in media.items() if file},
            failed=frozenset(
                (
                    *folder.failed,
                    *(path for path, file in read if file is None),
                    *(path for one in self.problems for path in failed_by(one)),
                )
            ),
            styles={path: text for path, text in styles.items() if text is not None},
            captions={path: text for path, text in captions.items() if text is not None},
            translations=_by_tag(translations, own=False),
            interface=_by_tag(translations, own=True),
        )
        return sources, tuple(self.problems)

    def _texts(
        self, folder: Folder, media: Mapping[str, MediaFile | None], ending: str
    ) -> dict[str, str | None]:
        """The texts of media files with this extension; ``None`` for one that cannot be read."""
        return {
            path: self._parse_file(path, file, _unparsed)
            for path, file in folder.media.items()
            if path.endswith(ending) and media[path]
        }

    def _paths(self, folder: Folder) -> tuple[Path, ...]:
        """The paths on disk of all files of the course."""
        return (
            *(self.root / name for name in (COURSE, APPROVALS, REMARKS)),
            *folder.pages.values(),
            *folder.questions.values(),
            *folder.media.values(),
            *folder.translations.values(),
        )

    def _course_missing(self) -> Diagnostic:
        try:
            names = [entry.name for entry in self.root.iterdir()]
        except OSError:
            names = []
        near = did_you_mean(COURSE, [name for name in names if name.startswith("course")])
        words, place = "This folder has no course.yaml", COURSE
        if not os.path.lexists(self.root):
            words, place = f"There is no folder “{self.root}”", "."
        return problem("course-missing", Position(place), problem=words, did_you_mean=near)

    def _entries(self, content: str, path: str) -> Read[YamlFile]:
        return yaml.read_list(content, path, self.cache)

    def _approvals(self, content: str, path: str) -> Read[YamlFile]:
        # The entries are counted by their hyphens first, since parsing takes a while.
        count = content.count("\n-")
        if count <= APPROVALS_COUNT:
            file, problems = self._entries(content, path)
            count = len(file.value) if file and isinstance(file.value, list) else 0
        if count <= APPROVALS_COUNT:
            return file, problems
        cause = f"there are {count:,} or more entries, more than any course has parts"
        fix = (
            f"Keep only the entries for parts of this course: at most {APPROVALS_COUNT:,} are read."
        )
        words = {"key": path, "problem": cause, "fix": fix, "did_you_mean": ""}
        return None, (problem("value-invalid", Position(path, 1, 1), **words),)

    def _parse_file(
        self,
        path: str,
        file: Path,
        parse: Callable[[str, str], Read[T]],
        limit: int = TEXT_LIMIT,
        kind: str = "a page or a YAML file",
    ) -> T | None:
        """Read a text file and apply ``parse``; ``None`` and a reported problem if that fails.

        ``path`` is the file's path in the course, ``limit`` its maximum size in bytes, ``kind``
        what a message calls such files.
        """
        try:
            size = self.files.size(file)
            if size > limit:
                self.problems.append(_too_large(path, size, limit, kind))
                return None
            raw = self.files.read(file)
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return None
        value, problems = self.cache.get_or_compute(
            ("text", path), (raw,), lambda: _parse_text(raw, path, parse)
        )
        self.problems.extend(problems)
        return value

    def _po(self, path: str, file: Path) -> PoFile | None:
        return self._parse_file(path, file, po.read, PO_LIMIT, "a translation")

    def _media(self, path: str, file: Path) -> MediaFile | None:
        try:
            media, problems = self.files.cached(path, file, lambda: _examine_media(path, file))
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return None
        self.problems.extend(problems)
        return media


def _parse_text(raw: bytes, path: str, parse: Callable[[str, str], Read[T]]) -> Read[T]:
    content, problems = text.decode(raw, path)
    if content is None:
        return None, problems
    if found := text.merge_conflict(content):
        return None, (*problems, problem("merge-conflict", Position(path, found, 1)))
    value, parse_problems = parse(content, path)
    return value, (*problems, *parse_problems)


def _by_tag(files: Mapping[str, PoFile | None], own: bool) -> dict[str, PoFile]:
    """The PO files by the tag of their language: the course's own interface texts if ``own``, else
    its translations."""
    return {
        file.tag: file
        for path, file in files.items()
        if file and path.startswith(f"{INTERFACE}/") is own
    }


def _unparsed(content: str, path: str) -> Read[str]:
    return content, ()


def _examine_media(path: str, file: Path) -> Read[MediaFile]:
    with regular_files.open_file(file) as stream:
        start = stream.read(BEGINNING)
        stream.seek(0)
        pixels = images.size(stream)
        stream.seek(0)
        damage = pictures.find_damage(stream)
        seconds = durations.seconds(stream)
        svg_problems = _check_svg(path, stream)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
    media = MediaFile(path, file, size, digest, start, pixels, damage, seconds)
    return (None if svg_problems else media), svg_problems


def _check_svg(path: str, stream: BinaryIO) -> tuple[Diagnostic, ...]:
    """The reasons to reject an SVG: too large, or an encoding that other programs may read
    differently. Empty for other files."""
    if not path.lower().endswith(_SVG):
        return ()
    stream.seek(0)
    raw = stream.read(DRAWING_LIMIT + 1)
    if len(raw) > DRAWING_LIMIT:
        size = os.fstat(stream.fileno()).st_size
        return (_too_large(path, size, DRAWING_LIMIT, "a drawing"),)
    return text.not_utf_8(raw, path)


_SIZE = 2
_GRANULARITY = 2_500_000_000
"""Granularity of file times in nanoseconds: 2 s on FAT, 1 s on some servers, and a margin."""


class Files:
    """Reads files through a cache, keyed by the sizes, times and inodes of the files.

    A file that is written twice within the granularity of its file system can change without a new
    time. Files almost as new as the newest of ``files`` are therefore read again every time. The
    comparison uses times of the file system only, never the clock of this computer.
    """

    def __init__(self, files: Iterable[Path], cache: Cache) -> None:
        self._cache = cache
        self._stamps: dict[Path, tuple[int, ...]] = {}
        latest = 0
        for file in files:
            try:
                status = file.stat()
            except OSError:
                # The file was deleted since it was listed; reading it reports that.
                continue
            latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
            self._stamps[file] = _stamp(status)
        self._settled_before = latest - _GRANULARITY

    def size(self, file: Path) -> int:
        """The size of a file in bytes."""
        stamp = self._stamps.get(file)
        return stamp[_SIZE] if stamp else file.stat().st_size

    def read(self, file: Path) -> bytes:
        """The content of a file."""
        return self.cached("bytes", file, lambda: _read_bytes(file))

    def cached(self, name: str, file: Path, make: Callable[[], T]) -> T:
        """The result of ``make``, cached until the file changes; it must depend on this file alone.

        ``name`` keeps results of different functions for the same file apart.
        """
        stamp = self._stamps.get(file)
        settled = stamp and max(stamp[:2]) < self._settled_before
        # A new object as the key never equals a cached one, so the file is read again.
        return self._cache.get_or_compute(
            (name, str(file)), stamp if settled and stamp else (object(),), make
        )


def _read_bytes(file: Path) -> bytes:
    with regular_files.open_file(file) as stream:
        return stream.read()


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return (
        *(status.st_mtime_ns, status.st_ctime_ns, status.st_size),
        *(status.st_ino, status.st_dev),
    )


def read_entries(content: str, path: str) -> list[object]:
    """The entries of a file of questions, given by its text, without their places; empty if it
    cannot be parsed."""
    file, _ = yaml.read(content, path)
    return file.value if file is not None and isinstance(file.value, list) else []


def replace_texts(
    sources: Sources, texts: Mapping[str, str]
) -> tuple[Sources | None, tuple[Diagnostic, ...]]:
    """The sources with some files replaced, and the problems of parsing the new texts.

    ``texts`` are the new contents by path: pages, ``course.yaml``, files of questions or
    translations. Returns ``None`` for the sources if a text cannot be parsed. Writes no file.
    """
    problems: list[Diagnostic] = []
    pages: dict[str, PageFile] = {}
    files: dict[str, YamlFile] = {}
    translations: dict[str, PoFile] = {}
    for path, written in texts.items():
        content, found = text.decode(written.encode(), path)
        problems.extend(found)
        if content is None:
            continue
        if path in sources.pages:
            page, found = yaml.read_page(content, path)
            pages |= {path: page} if page else {}
        elif path.startswith(f"{TRANSLATIONS}/"):
            translated, found = po.read(content, path)
            translations |= {translated.tag: translated} if translated else {}
        else:
            file, found = yaml.read(content, path)
            files |= {path: file} if file else {}
        problems.extend(found)
    if len(pages) + len(files) + len(translations) < len(texts):
        return None, tuple(problems)
    course = files.pop(COURSE, sources.course)
    changed = replace(
        sources,
        course=course,
        pages={**sources.pages, **pages},
        questions={**sources.questions, **files},
        translations={**sources.translations, **translations},
    )
    return changed, tuple(problems)
