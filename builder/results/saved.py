"""Reads the figures of ``results.json`` in the folder of a course, for the preview."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from builder.base.immutable import immutable
from builder.package.outline import UnreadableError
from builder.package.outline.reading import loads, read

NAME = "results.json"
_MAX_BYTES = 16 << 20


@immutable
class SavedStatement:
    """A statement about a question, and what to do."""

    finding: str
    advice: str


@immutable
class SavedQuestion:
    """The figures of a question: ``facility`` and ``discrimination`` are in percent, ``None`` if
    there are none. ``page`` is the id of the page with the question. ``use`` is what the page uses
    it for: a value of ``builder.results.packages.Asked.use``."""

    question: str
    page: str
    use: str
    prompt: str
    people: int
    facility: float | None
    discrimination: float | None
    statements: tuple[SavedStatement, ...]


@immutable
class Saved:
    """The figures of a course."""

    format: int
    course: str
    questions: tuple[SavedQuestion, ...]


def read_saved(folder: Path, course: str) -> tuple[tuple[SavedQuestion, ...], str]:
    """Read ``results.json`` in the folder of the course with the id ``course``: the figures, and a
    sentence about why there are none, or an empty text. Without a file, both are empty. Never
    raises."""
    path = folder / NAME
    try:
        if not path.is_file():
            return (), ""
        found = path.stat()
        saved = _read(path, found.st_mtime_ns, found.st_size)
    except (OSError, UnreadableError, ValueError, RecursionError):
        return (), (
            f"{NAME} cannot be read. Write it again: scorm-builder results REPORT --package "
            f"FILE.zip -o {NAME}"
        )
    if saved.course != course:
        return (), f"{NAME} is of the course “{saved.course}”, not of this one."
    return saved.questions, ""


@lru_cache(maxsize=1)
def _read(path: Path, changed: int, size: int) -> Saved:
    """Read the file; ``changed`` and ``size`` tell a new file from the one that was read last."""
    if size > _MAX_BYTES:
        raise UnreadableError("it is too large")
    found: Saved = read(Saved, loads(path.read_bytes()))
    if found.format != 1:
        raise UnreadableError("it has another format")
    return found
