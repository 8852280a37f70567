"""The results of writing a document, and of reading a returned one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics.diagnostic import Diagnostic, Position

if TYPE_CHECKING:
    # Code that only writes documents need not import the code that reads them.
    from builder.approving import Verdict
    from builder.exporting.banks import Listed
    from builder.exporting.review import Applied, Review


@dataclass(frozen=True, slots=True)
class Reviewable:
    """The result of writing a review document to ``path``, with the problems if it failed.

    ``open`` is the number of reasons for the draft.
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
    """The result of exporting a course to ``path``, with the problems if it failed.

    For a question bank, ``counts`` has the numbers in the course and in the file by kind,
    ``listed`` what the file cannot express, and ``places`` the position of each question.
    ``answers`` is whether a page contains right answers.
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
class SavedRemarks:
    """The result of saving the remarks of a document in ``remarks.yaml``.

    ``new`` is the number of added remarks, ``open`` the number of the document's remarks that are
    still open. ``problem`` says why they were not saved. ``ids`` are the ids of all of them, by
    their numbers in the document.
    """

    new: int = 0
    open: int = 0
    ids: Mapping[int, str] | None = None
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The result of reading a returned review, and of applying its changes.

    ``signed`` has a verdict for each row of the approval sheet that somebody filled in.
    ``overtaken`` are parts of these rows for which the document and the course differ, or whose
    words have changed because changes were applied. ``kept`` is the result of saving its remarks.
    """

    review: Review | None
    applied: Applied | None
    diagnostics: tuple[Diagnostic, ...]
    signed: tuple[Verdict, ...] = ()
    overtaken: frozenset[str] = frozenset()
    kept: SavedRemarks | None = None
