"""How far a translation is: what is translated, stale, wrong and missing, by file of the course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.base.cache import NO_CACHE
from builder.course import interface
from builder.course.sources import PoEntry, PoFile, Sources
from builder.course.translations import Message, own_media, pictures_without_own
from builder.course.translations.checking import Listed, check
from builder.diagnostics.diagnostic import Position, Severity
from builder.translating.po_file import PoDocument

State = Literal["translated", "stale", "wrong", "missing"]
"""The state of a message in a language; ``wrong`` is a translation with an error."""


@dataclass(frozen=True, slots=True)
class FileProgress:
    """The number of messages in a file of the course, by their state in a language."""

    path: str
    counts: Mapping[State, int]

    @property
    def total(self) -> int:
        """The number of all messages of the file."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Open:
    """A message that is not translated: its place in the PO file (``at``; line 0 if the file does
    not have it), the message, its state, and the error of its translation or empty."""

    at: Position
    message: Message
    state: State
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of the language ``tag``: for each file, the open messages in their order, and
    the pictures without a file of their own for this language."""

    tag: str
    files: tuple[FileProgress, ...]
    open: tuple[Open, ...]
    pictures: tuple[str, ...]

    def count(self, state: State) -> int:
        """The number of messages in this state."""
        return sum(one.counts[state] for one in self.files)

    @property
    def total(self) -> int:
        """The number of all messages."""
        return sum(one.total for one in self.files)


def progress(
    tag: str,
    path: str,
    document: PoDocument,
    messages: Sequence[Message],
    listed: Listed,
    sources: Sources,
) -> Progress:
    """The progress of a language; ``path`` is the path of its PO file. Each translation is checked
    as in a build."""
    rows = tuple(document.lines())
    entries = {one.key: (one, line) for one, line in rows if not one.po.obsolete}
    file = PoFile(
        path,
        tag,
        tuple(
            PoEntry(*one.key, one.po.msgstr, one.po.fuzzy, bool(one.po.obsolete), line)
            for one, line in rows
        ),
        document.headers,
    )
    errors = {
        one.position.line: one.message
        for one in check(file, listed, sources, NO_CACHE).diagnostics
        if one.severity is Severity.ERROR and one.position.line
    }
    counts: dict[str, Counter[State]] = {}
    found = []
    own = own_media(sources.media, tag)
    for message in messages:
        if message.part in own:
            # Captions with a file of their own in this language need no translation.
            continue
        entry, line = entries.get(message.key, (None, 0))
        state: State = "translated"
        if entry is None or not entry.is_translated:
            state = "missing"
        elif entry.po.fuzzy:
            state = "stale"
        elif line in errors:
            state = "wrong"
        counts.setdefault(message.position.path, Counter())[state] += 1
        if state != "translated":
            found.append(Open(Position(path, line), message, state, errors.get(line, "")))
    files = tuple(FileProgress(path, count) for path, count in counts.items())
    # Nobody makes pictures for tests.
    pictures = () if tag == interface.PSEUDO.tag else pictures_without_own(sources, tag)
    return Progress(tag, files, tuple(found), pictures)
