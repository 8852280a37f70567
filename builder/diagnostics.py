"""One problem found in a course or a package, as data."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from operator import attrgetter

from builder.immutable import immutable


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@immutable
class Position:
    """A place in a file.

    ``path`` is relative to the course folder (or to the root of a package), with forward slashes.
    ``line`` and ``column`` count from 1, the column in characters; 0 means the whole file or line.
    """

    path: str
    line: int = 0
    column: int = 0

    def __lt__(self, other: Position) -> bool:
        return _PLACE(self) < _PLACE(other)

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.path, *numbers])


_PLACE = attrgetter("path", "line", "column")

Places = Mapping[tuple[str, str], Position]
"""Where pages, questions and record items stand in a course, by kind and id."""


class FileName(str):
    """The path of a file among the words of a diagnostic: who reads them may know it otherwise."""

    __slots__ = ()


class Lines:
    """Places in the ``text`` of a file, each found in the time that a look-up takes."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, offset: int) -> Position:
        """The place of the character at ``offset``."""
        line = bisect_left(self._ends, offset)
        start = self._ends[line - 1] + 1 if line else 0
        return Position(self.path, line + 1, offset - start + 1)


@immutable
class Diagnostic:
    """One problem: where it is, which rule it breaks, what is wrong and what to do about it.

    ``draft`` marks what makes a package a draft: a warning in a build, an error in a release.
    ``words`` are those that its rule was filled in with, where a file is named among them.
    """

    position: Position
    code: str
    message: str
    severity: Severity = field(compare=False)
    hint: str = field(compare=False)
    draft: bool = field(compare=False, default=False)
    words: Mapping[str, object] = field(compare=False, repr=False, default_factory=dict)

    def __lt__(self, other: Diagnostic) -> bool:
        return _ORDER(self) < _ORDER(other)

    def __str__(self) -> str:
        return f"{self.position}: {self.severity} {self.code} {self.message}"


_ORDER = attrgetter("position.path", "position.line", "position.column", "code", "message")
"""That of ``Diagnostic``, without a call of Python for each two that are compared."""


def tidy(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same problems by file, line and column, each once."""
    return tuple(sorted(set(diagnostics), key=_ORDER))
