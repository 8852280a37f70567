"""Reads packages of a course, also those that are not written yet."""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from builder.base import zips
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package.artifacts import OUTLINE, Member
from builder.package.outline import Outline, UnreadableError, parse

_Read = TypeVar("_Read")


def read(path: Path) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    """Read the outline of the package at ``path``, or report why there is none.

    Safe for any file: extracts nothing, and reads only ``course.json``, up to 32 MiB. Never raises;
    the position of a problem is the name of the file.
    """
    return read_from(path, lambda archive: parse(archive.read(OUTLINE)))


def read_from(
    path: Path, take: Callable[[zips.Archive], _Read]
) -> tuple[_Read | None, tuple[Diagnostic, ...]]:
    """Open the package at ``path`` and return what ``take`` reads from it, or report why that is
    not possible. ``take`` may raise ``DamagedError`` and ``UnreadableError``."""
    try:
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                raise UnreadableError(faults[0])
            if OUTLINE not in archive.files:
                raise UnreadableError(f"it has no {OUTLINE}, so scorm-builder did not make it")
            return take(archive), ()
    except (zips.DamagedError, UnreadableError) as error:
        return None, (problem("package-foreign", Position(path.name), problem=error),)


def outline_among(files: Sequence[Member]) -> Outline:
    """Read the outline (``course.json``) from the files of a package that is not written yet."""
    [outline] = (file.read() for file in files if file.name == OUTLINE)
    return parse(outline)


def same_bytes(old: Path, new: Path) -> bool:
    """Whether the packages ``old`` and ``new`` have the same content, byte for byte.

    False if one is a folder or cannot be read. ``course.json`` alone does not show this: it keeps
    the digest of its build when another file of the package is changed.
    """
    try:
        return old.is_file() and new.is_file() and filecmp.cmp(old, new, shallow=False)
    except OSError:
        return False
