"""The files that an author has given: whether they are files at all, and how problems name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from builder.codes import problem
from builder.diagnostics import Diagnostic, Position


def no_files(paths: Iterable[Path]) -> Iterator[Diagnostic]:
    """What to say of those that cannot be read as a file is: twice, and to an end."""
    for path in paths:
        # A pipe would be waited for, a device may never end.
        if path.exists() and not path.is_file():
            reason = "it is a folder, a device or a pipe"
            yield problem("file-unreadable", Position(path.as_posix()), reason=reason)


def placed(path: Path, problems: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Problems of a file that a reader knows by its name alone, with the folder that the author has
    named: by it the file is found, and told from another one of its name."""
    return tuple(_placed(path, one) for one in problems)


def _placed(path: Path, found: Diagnostic) -> Diagnostic:
    name, *inside = found.position.path.split("/", 1)
    if name != path.name:
        return found
    place = "/".join([path.as_posix(), *inside])
    return replace(found, position=replace(found.position, path=place))
