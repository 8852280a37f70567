"""The data of a diagnostic: one problem in a course or a package, and its position."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from operator import attrgetter

from builder.base.immutable import immutable


class Severity(StrEnum):
    """The severity of a problem: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@immutable
class Position:
    """A position in a file.

    ``path`` is relative to the course folder, or to the root of a package, with forward slashes.
    ``line`` and ``column`` (in characters) count from 1; 0 means the whole file or line.
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
"""The positions of pages, questions and record items in a course, by kind (``page``, ``question``
or ``record``) and id."""


class FileName(str):
    """A path in a message that ``codes.renamed`` can replace by another name for the file."""

    __slots__ = ()


class Lines:
    """Converts offsets in the text of a file to positions, by binary search."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, offset: int) -> Position:
        """The position of the character at ``offset``."""
        line = bisect_left(self._ends, offset)
        start = self._ends[line - 1] + 1 if line else 0
        return Position(self.path, line + 1, offset - start + 1)


@immutable
class Diagnostic:
    """One problem: its position, its code in the catalogue, what is wrong (``message``), and what
    to do (``hint``).

    ``draft`` marks problems that make a package a draft: warnings in a build, errors in a release.
    ``words`` are the values of the message's placeholders, stored only if they contain file names,
    for ``codes.renamed``.
    """

    position: Position
    code: str
    message: str
    severity: Severity = field(compare=False)
    hint: str = field(compare=False)
    draft: bool = field(compare=False, default=False)
    words: Mapping[str, object] = field(compare=False, repr=False, default_factory=dict)

    @property
    def urgency(self) -> int:
        """Orders the problems of one line: what stops the build comes first, then what stops a
        release, then what else is better mended."""
        return 0 if self.severity is Severity.ERROR else 2 - self.draft

    def __lt__(self, other: Diagnostic) -> bool:
        return _ORDER(self) < _ORDER(other)

    def __str__(self) -> str:
        return f"{self.position}: {self.severity} {self.code} {self.message}"


_ORDER = attrgetter(
    *("position.path", "position.line", "urgency", "position.column", "code", "message")
)
"""The sort key of ``Diagnostic``, faster than calling ``__lt__`` for each comparison."""


_COURSE = re.compile(r"(?<=scorm-builder )(?P<command>approve|review|translate) COURSE\b")


def name_course(hint: str, folder: str) -> str:
    """Write the folder of the course, quoted for a command line, into the commands of a hint."""
    return _COURSE.sub(lambda found: f"{found['command']} {folder}", hint)


def tidy(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort problems by file, line, urgency and column, and remove duplicates."""
    return tuple(sorted(set(diagnostics), key=_ORDER))
