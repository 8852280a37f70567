"""Which files of a folder make a course: pages, question lists and media."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.codes import problem
from builder.diagnostics import Diagnostic, Position

COURSE = "course.yaml"
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "pages": (".md",),
    "questions": (".yaml", ".yml"),
    "media": ("",),
}
"""Where each kind of file lives, and how the names of its files end."""
_IGNORED = re.compile(r"\..*|thumbs\.db|desktop\.ini|.*~|~\$.*|#.*#|.*\.(?:tmp|bak|swp)", re.I)
"""What systems and editors leave behind: hidden files, thumbnails, backups."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a course by their path in it, sorted; ``failed`` are those not to be read.

    ``course`` is whether there is a ``course.yaml`` to read.
    """

    course: bool
    pages: dict[str, Path]
    questions: dict[str, Path]
    media: dict[str, Path]
    failed: set[str]


def discover(root: Path) -> tuple[Folder, tuple[Diagnostic, ...]]:
    """Every file of a course folder; what leads out of it or is no file is refused."""
    walk = _Walk(root.resolve())
    course = walk.is_file(walk.root / COURSE, COURSE)
    files = {
        kind: dict(sorted(walk.files(walk.root / kind, kind, endings)))
        for kind, endings in _FOLDERS.items()
    }
    failed = {one.position.path for one in walk.found}
    return Folder(course=course, **files, failed=failed), tuple(walk.found)


def unreadable(path: str, error: OSError) -> Diagnostic:
    """What the system says of a file, in words."""
    reasons = {
        PermissionError: "this account may not read it",
        FileNotFoundError: "it is a link to a file that is gone",
        IsADirectoryError: "it is a folder",
    }
    reason = reasons.get(type(error)) or str(error.strerror or error)
    return problem("file-unreadable", Position(path), reason=reason)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


class _Walk:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.found: list[Diagnostic] = []

    def files(
        self, folder: Path, path: str, endings: tuple[str, ...], above: tuple[Path, ...] = ()
    ) -> Iterator[tuple[str, Path]]:
        """The path in the course and on disk of every file below ``folder``, in no order."""
        if not above and not os.path.lexists(folder):
            return
        try:
            # Every folder, since a junction of Windows is no link to Python.
            real = self._target(folder, path)
            if real is None:
                return
            if real in above:
                raise OSError("it leads back to a folder that it is in")
            entries = list(os.scandir(real))
        except OSError as error:
            self.found.append(unreadable(path, error))
            return
        for entry in entries:
            if _IGNORED.fullmatch(entry.name):
                continue
            # macOS takes names apart: “é” in the folder must be “é” in the text.
            inside = f"{path}/{unicodedata.normalize('NFC', entry.name)}"
            file = real / entry.name
            if _is_folder(entry):
                yield from self.files(file, inside, endings, (*above, real))
            elif entry.name.lower().endswith(endings) and self.is_file(file, inside):
                yield inside, file

    def is_file(self, file: Path, path: str) -> bool:
        """Whether this is a file within the course; says why where it is not."""
        try:
            if file.is_symlink() and self._target(file, path) is None:
                return False
            if file.is_dir():
                raise IsADirectoryError
            if not file.is_file():
                raise OSError("it is a device or a pipe")
        except OSError as error:
            self.found.append(unreadable(path, error))
            return False
        return True

    def _target(self, link: Path, path: str) -> Path | None:
        """Where a link leads; ``None`` where that is out of the course."""
        # Path.resolve raises something else for a circle of links in Python 3.11 than in 3.13.
        real = Path(os.path.realpath(link, strict=True))
        if real.is_relative_to(self.root):
            return real
        self.found.append(problem("outside-course", Position(path), path=path))
        return None
