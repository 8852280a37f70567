"""Reads packages to compare: their outlines, ours or whatever else a file may be, their bytes."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from pathlib import Path

from builder import zips
from builder.artifacts import OUTLINE, Member
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position
from builder.outline import Outline, UnreadableError, parse


def read(path: Path) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    """The outline of the package at ``path``, or why there is none.

    Bounded and safe for any file: nothing is extracted, and of all members only ``course.json`` is
    read, of at most 32 MiB. Never raises; the position of a problem is the name of the file.
    """
    try:
        with zips.opened(path) as archive:
            if faults := zips.unsafe(archive):
                raise UnreadableError(faults[0])
            if OUTLINE not in archive.files:
                raise UnreadableError(f"there is no {OUTLINE} in it, as every package of ours has")
            return parse(archive.read(OUTLINE)), ()
    except (zips.DamagedError, UnreadableError) as error:
        return None, (problem("package-foreign", Position(path.name), problem=error),)


def outline_among(files: Sequence[Member]) -> Outline:
    """The outline of a package that is still to be written, of its files."""
    [outline] = (file.read() for file in files if file.name == OUTLINE)
    return parse(outline)


def same_bytes(old: Path, new: Path) -> bool:
    """Whether two packages are the same file, byte for byte; never where one is a folder, or
    cannot be read. What ``course.json`` says of a build stays when a file beside it is changed.
    """
    try:
        return old.is_file() and new.is_file() and filecmp.cmp(old, new, shallow=False)
    except OSError:
        return False
