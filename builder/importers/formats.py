"""The formats that a course can be made of: one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from builder.diagnostics import Diagnostic
from builder.importers.form import Document


class Counts(Protocol):
    """What a file holds, as a second reader counts it that shares no code with the first: how many
    of each kind, and the words in their order."""

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many there are of each kind."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a reader of the file meets."""


@dataclass(frozen=True, slots=True)
class Format:
    """``endings`` are how the names of its files end, those included of which the reader says what
    to save them as. ``read`` gives the document, or ``None`` and why there is none; ``count`` is
    the second reader; ``recognise`` finds questions and records in what was read."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[Path], tuple[Document | None, tuple[Diagnostic, ...]]]
    count: Callable[[Path], Counts]
    recognise: Callable[[Document], Document]


def _read_word(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    # A format's library is loaded when a file of it is read.
    from builder.importers import word

    return word.read(path)


def _count_word(path: Path) -> Counts:
    from builder.importers import word

    return word.counts(path)


def _recognise(document: Document) -> Document:
    from builder.importers import recognise

    return recognise.recognise(document)


FORMATS = (
    Format(
        "Word",
        (".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf"),
        _read_word,
        _count_word,
        _recognise,
    ),
)


def format_of(path: Path) -> Format | None:
    """The format of a file, by how its name ends."""
    ending = path.suffix.lower()
    return next((form for form in FORMATS if ending in form.endings), None)
