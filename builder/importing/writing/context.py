"""The state shared by all pages while a course is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.importing.document.form import Block, Inline, Link, Paragraph, Place, Rest, Text
from builder.importing.writing import names
from builder.importing.writing.names import Names
from builder.importing.writing.pictures import Pictures


@dataclass
class Context:
    """Shared by all pages of a course.

    ``places`` maps bookmarks to link targets. ``notes`` are the document's notes. ``rest`` collects
    what is not imported; ``changed`` counts what is imported in another form. ``page_notes`` maps
    the notes of the current page to their names, in order. ``addresses`` are the external addresses
    linked to, in order.
    """

    notes: Mapping[str, tuple[Block, ...]]
    names: Names
    pictures: Pictures
    places: dict[str, str] = field(default_factory=dict)
    rest: list[Rest] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    page_notes: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)

    def add_rest(self, kind: str, place: Place, words: str, reason: str) -> None:
        """List something that is not imported."""
        self.rest.append(Rest(kind, place, " ".join(words.split()), reason))

    def note_name(self, note: str) -> str:
        """The name of a note on the current page. It is made from the note's words, so that it does
        not change when other notes are added or removed."""
        if note not in self.page_notes:
            first = next(iter(self.notes[note]), None)
            words = words_of(first.inlines) if isinstance(first, Paragraph) else ""
            base_name = name = (
                names.id_from_words(words)[:_MAX_NOTE_NAME].strip("-") if words else ""
            ) or "note"
            while name in self.page_notes.values():
                number = int(name.removeprefix(base_name).strip("-") or 1) + 1
                name = f"{base_name}-{number}"
            self.page_notes[note] = name
        return self.page_notes[note]


_MAX_NOTE_NAME = 24
"""Maximum number of characters in the name of a note."""
NOWHERE = Place("", 0)


def words_of(inlines: Iterable[Inline]) -> str:
    """The text of a line, without notes and images."""
    return "".join(_words(inlines))


def _words(inlines: Iterable[Inline]) -> Iterator[str]:
    for one in inlines:
        if isinstance(one, Text):
            yield one.words
        elif isinstance(one, Link):
            yield from (text.words for text in one.texts)
        else:
            yield " "


def is_blank(inlines: Iterable[Inline]) -> bool:
    """Whether a line shows nothing."""
    return all(isinstance(one, Text) and not one.words.strip() for one in inlines)


def heading_words(paragraph: Paragraph) -> str:
    """The text of a heading after the number that the source shows before it."""
    return " ".join(f"{paragraph.label} {words_of(paragraph.inlines)}".split())
