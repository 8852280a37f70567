"""What became of writing a document, and of reading one that came back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic

if TYPE_CHECKING:
    # Whoever only writes a document needs nothing of what reads one.
    from builder.exporters.review import Applied, Review


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
class ReadBack:
    """A review that came back, and what was applied of it; or why it cannot be read."""

    review: Review | None
    applied: Applied | None
    diagnostics: tuple[Diagnostic, ...]
