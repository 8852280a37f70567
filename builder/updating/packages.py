"""Reads the outlines and bytes of packages that are to be compared."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from pathlib import Path

from builder.base import zips
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package.artifacts import OUTLINE, Member
from builder.package.outline import Outline, UnreadableError, parse


def read(path: Path) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    """Read the outline of the package at ``path``, or report why there is none.

    Safe for any file, with bounded memory: extracts nothing, and reads only ``course.json``, up to
    32 MiB. Never raises; the position of a problem is the name of the file.
    """
    try:
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                raise UnreadableError(faults[0])
            if OUTLINE not in archive.files:
                raise UnreadableError(f"it has no {OUTLINE}, so scorm-builder did not make it")
            return parse(archive.read(OUTLINE)), ()
    except (zips.DamagedError, UnreadableError) as error:
        return None, (problem("package-foreign", Position(path.name), problem=error),)


def outline_among(files: Sequence[Member]) -> Outline:
    """Read the outline from the files of a package that is not written yet."""
    [outline] = (file.read() for file in files if file.name == OUTLINE)
    return parse(outline)


def same_bytes(old: Path, new: Path) -> bool:
    """Whether two packages are the same file, byte for byte.

    False if one is a folder or cannot be read. ``course.json`` alone cannot tell: it keeps its
    build's digest when another file of the package is changed.
    """
    try:
        return old.is_file() and new.is_file() and filecmp.cmp(old, new, shallow=False)
    except OSError:
        return False
