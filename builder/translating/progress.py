"""How far a translation is: what is translated, stale and missing, by file of the course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.course.sources import Sources
from builder.course.translations import Message, own_media, pictures_without_own
from builder.diagnostics.diagnostic import Position
from builder.translating.po_file import PoDocument
from builder.translating.tags import PSEUDO


@dataclass(frozen=True, slots=True)
class FileProgress:
    """The number of messages in a file of the course, and of those that are ``done``, ``stale``
    and ``missing`` in a language."""

    path: str
    total: int
    done: int
    stale: int
    missing: int


@dataclass(frozen=True, slots=True)
class Open:
    """A message that is stale or missing: its place in the PO file (``at``; line 0 if the file does
    not have it), and the message."""

    at: Position
    message: Message
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of the language ``tag``: for each file, the open messages in their order, and
    the pictures without a file of their own for this language."""

    tag: str
    files: tuple[FileProgress, ...]
    open: tuple[Open, ...]
    pictures: tuple[str, ...]

    def count(self, name: str) -> int:
        """The sum of a number of ``FileProgress`` over all files."""
        return sum(getattr(one, name) for one in self.files)


def progress(
    tag: str, path: str, document: PoDocument, messages: Sequence[Message], sources: Sources
) -> Progress:
    """The progress of a language; ``path`` is the path of its PO file."""
    entries = {one.key: (one, line) for one, line in document.lines() if not one.po.obsolete}
    counts: dict[str, list[int]] = {}
    found = []
    own = own_media(sources.media, tag)
    for message in messages:
        if message.part in own:
            # Captions with a file of their own in this language need no translation.
            continue
        count = counts.setdefault(message.position.path, [0, 0, 0])
        entry, line = entries.get((message.part, message.text), (None, 0))
        state = 2 if entry is None or not entry.is_translated else int(entry.po.fuzzy)
        count[state] += 1
        if state:
            found.append(Open(Position(path, line), message, state == 1))
    files = tuple(FileProgress(path, sum(one), *one) for path, one in counts.items())
    pictures = () if tag == PSEUDO else pictures_without_own(sources, tag)
    return Progress(tag, files, tuple(found), pictures)
