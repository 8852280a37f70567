"""Puts a document in its place: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from builder import aside, package
from builder.artifacts import Member
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position


def put_zip(path: Path, members: Sequence[Member]) -> tuple[Diagnostic, ...]:
    """Write a zip of these members, the same bytes for the same members; or say why not."""
    return _put(path, lambda made: package.write(members, made))


def put_text(path: Path, text: str) -> tuple[Diagnostic, ...]:
    """Write a text, with ``\\n`` line ends on any system; or say why not."""
    return _put(path, lambda made: made.write_bytes(f"{text}\n".encode()))


def unreadable(error: OSError) -> Diagnostic:
    """A file of the course that could not be read when it was needed."""
    reason = error.strerror or str(error)
    return problem("file-unreadable", Position(str(error.filename or "")), reason=reason)


def _put(path: Path, write: Callable[[Path], int]) -> tuple[Diagnostic, ...]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.folder(path.parent) as own:
            write(own / path.name)
            aside.replace(own / path.name, path)
    except PermissionError as error:
        if path.exists():
            return (problem("output-open", Position(path.as_posix()), name=path.name),)
        return (_unwritable(path, error),)
    except OSError as error:
        return (_unwritable(path, error),)
    return ()


def _unwritable(path: Path, error: OSError) -> Diagnostic:
    reason = aside.REASONS.get(error.errno or 0, error.strerror or str(error))
    return problem("output-unwritable", Position(path.parent.as_posix()), reason=reason)
