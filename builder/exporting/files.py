"""Writes exported files atomically, and the files that authors start from: a JSON Schema for
editors, and a sheet of questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from builder.base import temporary
from builder.course import starter
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package import archive
from builder.package.artifacts import Member

SHEETS = (".xlsx", ".csv")
"""File extensions of a sheet of questions."""


def put_zip(path: Path, members: Sequence[Member]) -> tuple[Diagnostic, ...]:
    """Write a zip with these members to a file; returns the problems. The same members always
    produce the same bytes."""
    return _put(path, lambda made: archive.write(members, made))


def put_text(path: Path, text: str) -> tuple[Diagnostic, ...]:
    r"""Write a text and a final line break to a file, with ``\n`` line ends on every system;
    returns the problems."""
    return _put(path, lambda made: made.write_bytes(f"{text}\n".encode()))


def put_bytes(path: Path, content: bytes) -> tuple[Diagnostic, ...]:
    """Write bytes to a file; returns the problems."""
    return _put(path, lambda made: made.write_bytes(content))


def write_problem(path: Path, error: OSError) -> Diagnostic:
    """The problem for an error while creating the file at ``path``: either a file of the course
    cannot be read, or ``path`` cannot be written."""
    if error.filename is None:
        return _unwritable(path, error)
    reason = error.strerror or str(error)
    return problem("file-unreadable", Position(str(error.filename)), reason=reason)


def _put(path: Path, write: Callable[[Path], int]) -> tuple[Diagnostic, ...]:
    # Write to the target of a link, and keep the link.
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():
        # Replacing a pipe would cut off the programs that read it.
        reason = "it is a folder, a device or a pipe"
        return (problem("output-unwritable", Position(path.as_posix()), reason=reason),)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_atomically(place, write)
    except PermissionError as error:
        if path.exists():
            return (problem("output-open", Position(path.as_posix()), name=path.name),)
        return (_unwritable(path, error),)
    except OSError as error:
        return (_unwritable(path, error),)
    return ()


def _unwritable(path: Path, error: OSError) -> Diagnostic:
    reason = temporary.reason(error)
    return problem("output-unwritable", Position(path.parent.as_posix()), reason=reason)


def schema_file(name: str, path: Path) -> tuple[Diagnostic, ...]:
    """Write a JSON Schema to a file atomically; returns the problems."""
    return put_text(path, starter.schema(name).rstrip("\n"))


def question_sheet(path: Path) -> tuple[Diagnostic, ...]:
    """Write a sheet of questions to fill in, with an example of each type; returns the problems.

    Always writes the same bytes. The caller has checked that the file does not exist.
    """
    from builder.exporting import spreadsheet
    from builder.exporting.spreadsheet import workbook

    listed, heads = spreadsheet.example_rows(), spreadsheet.example_headings()
    if path.suffix.lower() == ".csv":
        return put_bytes(path, spreadsheet.csv_of(listed, heads))
    parts = workbook.parts(listed, heads)
    return put_zip(path, [Member(name, content) for name, content in parts.items()])
