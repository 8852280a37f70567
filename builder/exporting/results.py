"""What became of writing a document, and of reading one that came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics.diagnostic import Diagnostic, Position

if TYPE_CHECKING:
    # Whoever only writes a document needs nothing of what reads one.
    from builder.approving import Verdict
    from builder.exporting.banks import Listed
    from builder.exporting.review import Applied, Review


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A review document that was made at ``path``, or not; and why not.

    ``open`` counts what makes the course a draft.
    """

    path: Path
    made: bool
    diagnostics: tuple[Diagnostic, ...]
    title: str = ""
    pages: int = 0
    questions: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """A course that was written to ``path`` in a format, or not; and why not.

    Of a bank, ``counts`` has for each kind how many there are in the course and in the file,
    ``listed`` what the file does not say, and ``places`` where each question stands. ``answers`` is
    whether a page to read has them.
    """

    path: Path
    to: str
    made: bool
    diagnostics: tuple[Diagnostic, ...]
    title: str = ""
    pages: int = 0
    questions: int = 0
    answers: bool = False
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    listed: tuple[Listed, ...] = ()
    places: Mapping[str, Position] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the remarks of a document: how many are ``new`` in ``remarks.yaml``, how many
    of the document's are ``open`` there; or the ``problem`` that kept them from being written. The
    ids of all of them are in ``ids``, by their numbers in the document."""

    new: int = 0
    open: int = 0
    ids: Mapping[int, str] | None = None
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A review that came back, and what was applied of it; or why it cannot be read. ``signed`` is
    what becomes of the rows of its approval sheet in which somebody has written; ``overtaken`` are
    those of their parts of which the document says something else than the course, or whose words
    are others once its changes have been applied. ``kept`` is what became of its remarks in
    ``remarks.yaml``."""

    review: Review | None
    applied: Applied | None
    diagnostics: tuple[Diagnostic, ...]
    signed: tuple[Verdict, ...] = ()
    overtaken: frozenset[str] = frozenset()
    kept: Kept | None = None
