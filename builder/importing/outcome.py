"""What an import has come to, for whoever tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from builder.base.immutable import immutable
from builder.diagnostics.diagnostic import Diagnostic
from builder.importing.document.form import Contacts, Document, Question, Reading, Record
from builder.importing.document.tally import Counts, split
from builder.importing.writing import Made
from builder.importing.writing.fitting import repeated_answers, repeated_choices
from builder.importing.writing.preparing import by_gap, typed_numbers

ENOUGH = 0.98
"""The least share of a document's words that has to come over or to be listed."""
_TRIED = 2_000
"""Words that are looked for by their letters at most: each search goes through the whole course."""
_RUN = 12
"""Words that are shown together at most."""


@immutable
class Words:
    """How many words a document has, how many of them the course has, how many only explain other
    words, such as “Answer: B”, and how many are listed with the reason why they were not imported.
    ``missing`` are all other words, in runs of consecutive words."""

    document: int
    course: int
    steering: int
    listed: int = 0
    missing: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of the words that came over, were used, or are listed."""
        known = self.course + self.steering + self.listed
        return known / self.document if self.document else 1.0

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
        listed=sum(one.listed for one in found),
        missing=tuple(run for one in found for run in one.missing),
    )


@immutable
class Filed:
    """What has come of one file: its words, how many parts of each kind it has, and how many the
    course has of it; whether it is a ``bank``."""

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

    ``kinds`` are how many parts of each kind they have. ``problems`` are those of the course: what
    makes it a draft, and whatever else is to be looked at. ``later`` is what a file is called that
    had another name when it was imported before, by that name.
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


def compare_words(counts: Counts, document: Document, made: Made) -> Words:
    """How many of a source's words the course has, and which are missing."""
    source = [word for text in counts.words for word in split(text)]
    pools = {
        "course": _counted(made.words),
        "steering": _counted(_consumed(document)),
        "listed": _counted(one.rest.words for one in made.listed),
    }
    known, letters = frozenset(pools["course"]), "".join(split(" ".join(made.words)))
    found: Counter[str] = Counter()
    runs: list[list[str]] = []
    last, tried = -2, 0
    for at, word in enumerate(source):
        kind = next((kind for kind, pool in pools.items() if pool[word]), "")
        if kind:
            pools[kind][word] -= 1
        elif word not in known and tried < _TRIED:
            # Words may end elsewhere in the course, as those beside a ruby text do.
            tried += 1
            beside = (source[max(at - 1, 0) : at + 1], source[at : at + 2])
            kind = "course" if any("".join(pair) in letters for pair in beside) else ""
        found[kind] += 1
        if kind:
            continue
        if at == last + 1 and len(runs[-1]) < _RUN:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = at
    missing = tuple(map(" ".join, runs))
    return Words(len(source), found["course"], found["steering"], found["listed"], missing)


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in split(text))


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
