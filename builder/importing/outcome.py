"""The result of an import, as data for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from builder.base.immutable import immutable
from builder.diagnostics.diagnostic import Diagnostic
from builder.importing.document.form import Contacts, Document, Question, Reading, Record
from builder.importing.document.question_types import repeated_answers, repeated_choices
from builder.importing.document.tally import Counts, split
from builder.importing.writing import WrittenCourse
from builder.importing.writing.division import split_gaps, typed_numbers

ENOUGH_SHARE = 0.98
"""Minimum share of a document's words that must be imported or listed."""
_MAX_SEARCHED = 2_000
"""Maximum number of words searched for by their letters, since each search scans the whole
course."""
_MAX_RUN = 12
"""Maximum number of missing words shown together."""


@immutable
class Words:
    """Word counts of a document: all, those in the course, those that only explain other words
    (such as “Answer: B”), and those listed with the reason why they were not imported. ``missing``
    are all other words, in runs of consecutive words."""

    document: int
    course: int
    steering: int
    listed: int = 0
    missing: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of the words that were imported, used or listed."""
        known = self.course + self.steering + self.listed
        return known / self.document if self.document else 1.0

    @property
    def enough(self) -> bool:
        """Whether enough words were imported for the import to count as complete."""
        return self.share >= ENOUGH_SHARE


def total_words(each: Iterable[Words]) -> Words:
    """The word counts of several files, added up."""
    found = list(each)
    return Words(
        document=sum(one.document for one in found),
        course=sum(one.course for one in found),
        steering=sum(one.steering for one in found),
        listed=sum(one.listed for one in found),
        missing=tuple(run for one in found for run in one.missing),
    )


@immutable
class FileOutcome:
    """The result for one file: its words, how many parts of each kind it has (``kinds``) and the
    course has from it (``made``), and whether it is a ``bank``."""

    source: Path
    words: Words
    kinds: Mapping[str, int]
    made: Mapping[str, int]
    bank: bool


@immutable
class Merged:
    """What a repeated import did to a course; each entry names a place in the course.

    ``changed``, ``added``, ``moved`` and ``gone`` are changes in the source. ``both`` are parts
    changed by source and author; the author's version stays.
    """

    changed: tuple[Edit, ...] = ()
    added: tuple[Edit, ...] = ()
    moved: tuple[Edit, ...] = ()
    gone: tuple[Edit, ...] = ()
    both: tuple[Edit, ...] = ()


@immutable
class Edit:
    """A changed part of a file: its line now, its text in the course, and its text in the
    source."""

    path: str
    line: int
    course: str
    source: str


@immutable
class Imported:
    """The course made from ``source`` in ``folder``; ``folder`` is ``None`` for a dry run.
    ``files`` has the result for each of several files.

    ``kinds`` counts the parts of each kind in the files. ``problems`` are those of the course: the
    errors that make it a draft, and everything else to check. ``later`` maps the earlier name of a
    renamed file to its new name.
    """

    source: Path
    folder: Path | None
    made: WrittenCourse
    words: Words
    kinds: Mapping[str, int]
    problems: tuple[Diagnostic, ...] = ()
    merged: Merged | None = None
    files: tuple[FileOutcome, ...] = ()
    later: Mapping[str, str] = field(default_factory=dict)


def compare_words(counts: Counts, document: Document, made: WrittenCourse) -> Words:
    """Compare a source's words with those of the course."""
    source = [word for text in counts.words for word in split(text)]
    pools = {
        "course": _count_words(made.words),
        "steering": _count_words(_consumed_words(document)),
        "listed": _count_words(one.rest.words for one in made.listed),
    }
    known, letters = frozenset(pools["course"]), "".join(split(" ".join(made.words)))
    found: Counter[str] = Counter()
    runs: list[list[str]] = []
    last, searched = -2, 0
    for at, word in enumerate(source):
        kind = next((kind for kind, pool in pools.items() if pool[word]), "")
        if kind:
            pools[kind][word] -= 1
        elif word not in known and searched < _MAX_SEARCHED:
            # Word boundaries may differ in the course, as they do beside a ruby text.
            searched += 1
            beside = (source[max(at - 1, 0) : at + 1], source[at : at + 2])
            kind = "course" if any("".join(pair) in letters for pair in beside) else ""
        found[kind] += 1
        if kind:
            continue
        if at == last + 1 and len(runs[-1]) < _MAX_RUN:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = at
    missing = tuple(map(" ".join, runs))
    return Words(len(source), found["course"], found["steering"], found["listed"], missing)


def _count_words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in split(text))


def _consumed_words(document: Document) -> Iterator[str]:
    yield from document.consumed
    yield from () if document.bank else typed_numbers(document.blocks)
    for block in document.blocks:
        if isinstance(block, Question | Record | Contacts | Reading):
            yield from block.consumed
        if isinstance(block, Question):
            for question in split_gaps(block):
                yield from repeated_answers(question)
            yield from repeated_choices(block)
