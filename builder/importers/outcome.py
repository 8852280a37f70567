"""What an import has come to, for whoever tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from builder.diagnostics import Diagnostic
from builder.immutable import immutable
from builder.importers.form import Contacts, Document, Question, Reading, Record
from builder.importers.formats import Counts
from builder.importers.tally import split
from builder.importers.writing import Made
from builder.importers.writing.fitting import repeated_answers, repeated_choices
from builder.importers.writing.preparing import by_gap, typed_numbers

ENOUGH = 0.98
"""The least share of a document's words that has to come over."""


@immutable
class Words:
    """How many words a document has, how many of them the course has, and how many said only how
    to read others, such as “Answer: B”."""

    document: int
    course: int
    steering: int

    @property
    def share(self) -> float:
        """The share of the words that came over or were used."""
        return (self.course + self.steering) / self.document if self.document else 1.0

    @property
    def enough(self) -> bool:
        """Whether so many came over that the import counts as whole."""
        return self.share >= ENOUGH


def total(each: Iterable[Words]) -> Words:
    """The words of several files together."""
    found = list(each)
    return Words(
        document=sum(one.document for one in found),
        course=sum(one.course for one in found),
        steering=sum(one.steering for one in found),
    )


@immutable
class Filed:
    """What has come of one file: its words, how many parts of each kind it has by its second
    reader, and how many the course has of it; whether it is a ``bank``."""

    source: Path
    words: Words
    kinds: Mapping[str, int]
    made: Mapping[str, int]
    bank: bool


@immutable
class Merged:
    """What importing again did to a course. Each entry names a place in the course.

    ``changed``, ``added``, ``moved`` and ``gone`` are what the source says otherwise, more,
    elsewhere and no more, in its words; ``both`` is what source and author have changed, and stays
    as the author has it.
    """

    changed: tuple[Edit, ...] = ()
    added: tuple[Edit, ...] = ()
    moved: tuple[Edit, ...] = ()
    gone: tuple[Edit, ...] = ()
    both: tuple[Edit, ...] = ()


@immutable
class Edit:
    """A part of a file: the line at which it stands now, what stands there, and what the source
    says."""

    path: str
    line: int
    course: str
    source: str


@immutable
class Imported:
    """The course that was made of ``source`` in ``folder``, which is ``None`` where it was only to
    be shown what would come. Where several were given, ``files`` has each.

    ``kinds`` are how many parts of each kind they have, by their second reader. ``problems`` are
    those of the course: what makes it a draft, and whatever else is to be looked at. ``later`` is
    what a file is called that had another name when it was imported before, by that name.
    """

    source: Path
    folder: Path | None
    made: Made
    words: Words
    kinds: Mapping[str, int]
    problems: tuple[Diagnostic, ...] = ()
    merged: Merged | None = None
    files: tuple[Filed, ...] = ()
    later: Mapping[str, str] = field(default_factory=dict)


def words_of(counts: Counts, document: Document, made: Made) -> Words:
    """How many of a source's words the course has."""
    inside = Counter(word for text in counts.words for word in split(text))
    course = Counter(word for text in made.words for word in split(text))
    used = Counter(word for text in _consumed(document) for word in split(text))
    came = inside & course
    steered = (inside - came) & used
    return Words(inside.total(), came.total(), steered.total())


def _consumed(document: Document) -> Iterator[str]:
    yield from document.consumed
    yield from () if document.bank else typed_numbers(document.blocks)
    for block in document.blocks:
        if isinstance(block, Question | Record | Contacts | Reading):
            yield from block.consumed
        if isinstance(block, Question):
            for question in by_gap(block):
                yield from repeated_answers(question)
            yield from repeated_choices(block)
