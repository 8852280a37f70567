"""Packages of the checkout's own courses, for tests and tools."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from tests.support.commands import finish

ROOT = Path(__file__).resolve().parent.parent.parent


def built(course: Path, folder: Path, *options: str) -> Path:
    """The zip that ``scorm-builder build`` makes of a course, in a folder without another one;
    ``options`` are more arguments, such as ``--language``, ``ar``.

    Raises ``RuntimeError`` with what the command says where it makes none.
    """
    build = [sys.executable, "-m", "builder", "build", str(course), "-o", str(folder), *options]
    made = finish(build, cwd=ROOT)
    if made.returncode:
        raise RuntimeError(made.stdout + made.stderr)
    [path] = folder.glob("*.zip")
    return path


def unpack(package: Path, folder: Path) -> Path:
    """The folder an LMS makes of a package."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder
