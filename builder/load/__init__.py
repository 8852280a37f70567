"""Reads a course folder; judges nothing but whether it can be read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from builder import images, pictures
from builder.codes import did_you_mean, problem
from builder.diagnostics import Diagnostic, Position
from builder.formats import BEGINNING, CAPTIONS
from builder.load import front_matter, text, yaml
from builder.load.discovery import COURSE, discover, unreadable
from builder.sources import STYLES, MediaFile, PageFile, Sources, YamlFile

_MEGABYTE = 1_000_000
TEXT_LIMIT = 4 * _MEGABYTE
"""Bytes of a page or a YAML file: a hundred times the longest that anybody reads."""

DRAWING_LIMIT = 30 * _MEGABYTE
"""Bytes of an SVG, which is read as a whole."""
_SVG = ".svg"


def load(root: Path) -> tuple[Sources | None, tuple[Diagnostic, ...]]:
    """What a course folder holds, and every problem met in reading it.

    A file that cannot be read hides nothing in others. There are no sources only where
    ``course.yaml`` itself could not be read. Raises nothing for whatever is in the folder.
    """
    return _Loader(root).sources()


def _too_large(path: str, size: int, limit: int, kind: str) -> Diagnostic:
    words = {"size": f"{size / _MEGABYTE:.1f}", "limit": limit // _MEGABYTE, "kind": kind}
    return problem("file-too-large", Position(path), **words)


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Diagnostic] = []

    def sources(self) -> tuple[Sources | None, tuple[Diagnostic, ...]]:
        if not os.path.lexists(self.root / COURSE):
            return None, (self._no_course(),)
        folder, problems = discover(self.root)
        self.problems.extend(problems)
        course = self._yaml(COURSE, self.root / COURSE) if folder.course else None
        pages = {path: self._page(path, file) for path, file in folder.pages.items()}
        questions = {path: self._yaml(path, file) for path, file in folder.questions.items()}
        media = {path: self._media(path, file) for path, file in folder.media.items()}
        styles, captions = (
            {
                path: self._text(path, file)
                for path, file in folder.media.items()
                if path.endswith(ending) and media[path]
            }
            for ending in (STYLES, CAPTIONS)
        )
        if course is None:
            return None, tuple(self.problems)
        read = [
            *(*pages.items(), *questions.items(), *media.items()),
            *(*styles.items(), *captions.items()),
        ]
        failed = folder.failed | {path for path, file in read if file is None}
        sources = Sources(
            course=course,
            pages={path: page for path, page in pages.items() if page},
            questions={path: file for path, file in questions.items() if file},
            media={path: file for path, file in media.items() if file},
            failed=frozenset(failed),
            styles={path: text for path, text in styles.items() if text is not None},
            captions={path: text for path, text in captions.items() if text is not None},
        )
        return sources, tuple(self.problems)

    def _no_course(self) -> Diagnostic:
        try:
            names = [entry.name for entry in self.root.iterdir()]
        except OSError:
            names = []
        near = did_you_mean(COURSE, [name for name in names if name.startswith("course")])
        words, place = "This folder holds no course.yaml", COURSE
        if not os.path.lexists(self.root):
            words, place = f"There is no folder “{self.root}”", "."
        return problem("course-missing", Position(place), problem=words, did_you_mean=near)

    def _text(self, path: str, file: Path) -> str | None:
        try:
            size = file.stat().st_size
            if size > TEXT_LIMIT:
                self.problems.append(_too_large(path, size, TEXT_LIMIT, "a page or a YAML file"))
                return None
            raw = file.read_bytes()
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return None
        content, problems = text.decode(raw, path)
        self.problems.extend(problems)
        return content

    def _yaml(self, path: str, file: Path) -> YamlFile | None:
        content = self._text(path, file)
        if content is None:
            return None
        value, problems = yaml.read(content, path)
        self.problems.extend(problems)
        return value

    def _page(self, path: str, file: Path) -> PageFile | None:
        content = self._text(path, file)
        if content is None:
            return None
        page, problems = front_matter.read(content, path)
        self.problems.extend(problems)
        return page

    def _media(self, path: str, file: Path) -> MediaFile | None:
        try:
            with file.open("rb") as stream:
                start = stream.read(BEGINNING)
                stream.seek(0)
                pixels = images.size(stream)
                stream.seek(0)
                damage = pictures.damage(stream)
                drawing = self._drawing(path, stream)
                stream.seek(0)
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                size = stream.tell()
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return None
        return MediaFile(path, file, size, digest, start, pixels, damage) if drawing else None

    def _drawing(self, path: str, stream: BinaryIO) -> bool:
        """Whether a file is no SVG, or one that every browser reads alike."""
        if not path.lower().endswith(_SVG):
            return True
        stream.seek(0)
        raw = stream.read(DRAWING_LIMIT + 1)
        if len(raw) > DRAWING_LIMIT:
            size = os.fstat(stream.fileno()).st_size
            self.problems.append(_too_large(path, size, DRAWING_LIMIT, "a drawing"))
            return False
        problems = text.not_utf_8(raw, path)
        self.problems.extend(problems)
        return not problems
