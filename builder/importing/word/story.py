"""State while a Word file is read: one ``Reading`` a file, one ``Story`` for each text in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from builder.importing.document.form import Place, Rest
from builder.importing.word.fields import Fields
from builder.importing.word.names import Element, name
from builder.importing.word.numbering import Numbering
from builder.importing.word.parts import Parts, Relation
from builder.importing.word.pictures import Pictures
from builder.importing.word.styles import Styles

_LONGEST_START = 60
"""Maximum length, in characters, of the start of a paragraph in reports."""
_PIECES = 200
"""Maximum number of text elements read to find the start of a paragraph."""
_TEXT = name("w:t")
_GAPS = (name("w:p"), name("w:tab"), name("w:br"))
_TURN = name("w:fldChar")
_TURN_KIND = name("w:fldCharType")

REASONS = {
    "comment": "Comments are for authors; the course does not show them.",
    "header": "A course has its own header on every page.",
    "footer": "A course has its own footer on every page.",
    "picture": "This picture cannot be read",
    "linked picture": "The file only links to this picture; it was not fetched.",
    "equation": "It was imported as a line of text. Check it, or replace it by a picture.",
    "hidden text": "Word does not show it either.",
    "embedded file": "Files inside the file are not imported. Put it into media/ if trainees "
    "need it.",
    "embedded document": "Documents inside the document are not imported. Paste the text into "
    "the document.",
    "chart": "Charts are not imported. Put a picture of it into the course.",
    "SmartArt": "SmartArt is not imported. Put a picture of it into the course.",
    "drawing": "Lines and shapes are not imported. Put a picture of them into the course.",
    "video": "The picture of a video that plays elsewhere; link to it, or put a file into media/.",
    "control": "Form controls do not work in a course.",
    "macros": "Macros are never run, and are not imported.",
    "insertion": "A tracked change, read as accepted: these words are in the course.",
    "deletion": "A tracked change, read as accepted: these words are not in the course.",
    "move": "A tracked change, read as accepted: these words are where they were moved to.",
    "formatting change": "A tracked change, read as accepted.",
    "outline level": "This heading is too long, so it was imported as a paragraph.",
    "table of contents": "The course makes its own contents.",
    "form field": "Form fields are not imported. A course asks with questions.",
    "note without a mark": "Nothing in the text refers to this note, and Word does not show it.",
    "table description": "It tells of a table to those who do not see it; tables have no place "
    "for it.",
    "covered cell": "Another cell covers these words, and Word does not show them.",
    "link": "Links on pictures and shapes are not imported.",
}


@dataclass(slots=True)
class Reading:
    """One file being read: its parts, styles and numbering, and what was found besides text."""

    parts: Parts
    main: str
    styles: Styles
    numbering: Numbering
    pictures: Pictures
    rest: list[Rest] = field(default_factory=list)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """Keys of the notes that the text refers to, by kind and id, in order of reference."""
    comment_places: dict[str, Place] = field(default_factory=dict)
    """Place of each comment, by comment id."""
    languages: Counter[str] = field(default_factory=Counter)
    """Number of characters in each language; empty for text without a language."""
    right_to_left: Counter[bool] = field(default_factory=Counter)
    """Number of right-to-left paragraphs (``True``) and others (``False``)."""
    paragraph_counts: Counter[str] = field(default_factory=Counter)
    """Number of paragraphs read so far, by the name of their text."""

    def note(self, kind: str, identity: str) -> str:
        """The key of a note that the text refers to, made on first use."""
        if (kind, identity) not in self.notes:
            self.paragraph_counts[f"{kind} noted"] += 1
            self.notes[kind, identity] = f"{kind}-{self.paragraph_counts[f'{kind} noted']}"
        return self.notes[kind, identity]

    def report(self, kind: str, place: Place, words: str, reason: str = "") -> None:
        """Report content that is not imported, or not unchanged."""
        explanation = reason or REASONS[kind]
        self.rest.append(Rest(kind, place, " ".join(words.split()), explanation))


class Story:
    """One text of the file: body, note, text box. ``place`` is its name in reports."""

    def __init__(self, reading: Reading, part: str, place: str, root: Element) -> None:
        self.reading, self.part, self.place = reading, part, place
        self.fields = Fields(_has_balanced_fields(root))
        self.bookmarks: list[str] = []
        """Bookmarks to attach to the next paragraph."""
        self.starts_page = False
        self.current_place = Place(place, 0)
        """Place of the paragraph being read."""
        self.sections: Iterator[str] = iter(())
        """Start types of the sections after the first, in order."""
        self.in_gallery = 0
        """Number of enclosing content controls that contain a table of contents."""
        self._generated: list[str] = []
        self._generated_at = self.current_place

    def inner_story(self, root: Element, place: str) -> Story:
        """A text inside this one, such as a text box."""
        return Story(self.reading, self.part, place, root)

    def relation(self, identity: str | None) -> Relation | None:
        return self.reading.parts.relations(self.part).get(identity or "")

    def next_place(self, paragraph: Element) -> Place:
        """Advance to the next paragraph and return its place."""
        self.current_place = self.upcoming_place(paragraph)
        self.reading.paragraph_counts[self.place] += 1
        if self._generated:
            self._generated.append(" ")
        return self.current_place

    def upcoming_place(self, element: Element) -> Place:
        """The place that the next paragraph will have, without advancing."""
        pieces = islice(element.iter(_TEXT, *_GAPS), _PIECES)
        words = "".join(one.text or "" if one.tag == _TEXT else " " for one in pieces)
        begins = shorten(words[: 4 * _LONGEST_START])
        return Place(self.place, self.reading.paragraph_counts[self.place] + 1, begins)

    def report(self, kind: str, words: str, reason: str = "") -> None:
        self.reading.report(kind, self.current_place, words, reason)

    @property
    def is_generated(self) -> bool:
        """Whether the text here is generated by Word, such as a table of contents."""
        return self.fields.is_generated or self.in_gallery > 0

    def generate(self, words: str) -> None:
        """Collect text of a generated table."""
        if not self._generated:
            self._generated_at = self.current_place
        self._generated.append(words)

    def end_generated(self) -> None:
        """Report the generated table that ends here, if one does."""
        if self._generated and not self.is_generated:
            words = "".join(self._generated)
            self._generated.clear()
            if words.strip():
                self.reading.report("table of contents", self._generated_at, words)


def shorten(words: str) -> str:
    """The start of a text, for reports."""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_START else f"{words[: _LONGEST_START - 1]}…"


def _has_balanced_fields(root: Element) -> bool:
    turns = Counter(one.get(_TURN_KIND) for one in root.iter(_TURN))
    return turns["begin"] == turns["end"]
