"""What a page is written with: names, pictures, places that links lead to, and what is left."""

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

    ``places`` are the targets of links by the bookmark that they name; ``notes`` the document's;
    ``rest`` gathers what does not come over, ``changed`` counts what comes over otherwise than it
    stood. ``met`` are the names of the notes of the page that is written, in their order.
    """

    notes: Mapping[str, tuple[Block, ...]]
    names: Names
    pictures: Pictures
    places: dict[str, str] = field(default_factory=dict)
    rest: list[Rest] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    met: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)

    def leave(self, kind: str, place: Place, words: str, reason: str) -> None:
        """List what does not come over."""
        self.rest.append(Rest(kind, place, " ".join(words.split()), reason))

    def meet(self, note: str) -> str:
        """The name in the page of a note that is met: by its words, so that others may come and go
        without it getting another one."""
        if note not in self.met:
            first = next(iter(self.notes[note]), None)
            words = words_of(first.inlines) if isinstance(first, Paragraph) else ""
            wanted = name = (names.plain(words)[:_NOTE].strip("-") if words else "") or "note"
            while name in self.met.values():
                number = int(name.removeprefix(wanted).strip("-") or 1) + 1
                name = f"{wanted}-{number}"
            self.met[note] = name
        return self.met[note]


_NOTE = 24
"""Characters of the name of a note."""
NOWHERE = Place("", 0)


def words_of(inlines: Iterable[Inline]) -> str:
    """The words of a line, without its notes and pictures."""
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
    """Whether a line has nothing to read or to see."""
    return all(isinstance(one, Text) and not one.words.strip() for one in inlines)


def heading_words(paragraph: Paragraph) -> str:
    """The words of a heading with the number that the source shows before it."""
    return " ".join(f"{paragraph.label} {words_of(paragraph.inlines)}".split())
