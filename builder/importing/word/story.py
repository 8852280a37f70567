"""What is known while a Word file is read, and the text that is being read just now."""

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

_BEGINS = 60
"""Characters that tell a paragraph from others in a list."""
_PIECES = 200
"""Pieces of text that these are looked for in."""
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
    "equation": "It came over as a line of text; look it over, or put a picture in its place.",
    "hidden text": "Word does not show it either.",
    "embedded file": "A file within the file stays out; put it into media/ if trainees need it.",
    "embedded document": "A document within the document is not read; paste its text into it.",
    "chart": "Charts are not pictures; put a picture of it into the course.",
    "SmartArt": "SmartArt is not a picture; put a picture of it into the course.",
    "drawing": "Drawn lines and shapes are not pictures; put a picture of them into the course.",
    "video": "The picture of a video that plays elsewhere; link to it, or put a file into media/.",
    "control": "A control of a form does nothing in a course.",
    "macros": "Programs in the file are never run, and do not come over.",
    "insertion": "A tracked change, read as accepted: these words are in the course.",
    "deletion": "A tracked change, read as accepted: these words are not in the course.",
    "move": "A tracked change, read as accepted: these words are where they were moved to.",
    "formatting change": "A tracked change, read as accepted.",
    "outline level": "It is a paragraph, and too long for a heading: it came over as one.",
    "table of contents": "The course makes its own contents.",
    "form field": "What a form offers or asks for; a course asks by questions.",
    "note without a mark": "Nothing in the text refers to this note, and Word does not show it.",
    "table description": "It tells of a table to those who do not see it; tables have no place "
    "for it.",
    "covered cell": "Another cell covers these words, and Word does not show them.",
    "link": "A picture or shape that is a link; the picture is there, its link is not.",
}


@dataclass(slots=True)
class Reading:
    """One file being read: what it is made of, and what comes of it beside the text."""

    parts: Parts
    main: str
    styles: Styles
    numbering: Numbering
    pictures: Pictures
    rest: list[Rest] = field(default_factory=list)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """The key of each note that the text refers to, by its kind and id, in their order."""
    commented: dict[str, Place] = field(default_factory=dict)
    """Where each comment belongs."""
    languages: Counter[str] = field(default_factory=Counter)
    """Characters in each language; the empty one is that of the document."""
    turned: Counter[bool] = field(default_factory=Counter)
    """Paragraphs from right to left, and others."""
    counted: Counter[str] = field(default_factory=Counter)
    """Paragraphs of each part so far."""

    def note(self, kind: str, identity: str) -> str:
        """The key of a note that the text refers to."""
        if (kind, identity) not in self.notes:
            self.counted[f"{kind} noted"] += 1
            self.notes[kind, identity] = f"{kind}-{self.counted[f'{kind} noted']}"
        return self.notes[kind, identity]

    def leave(self, kind: str, place: Place, words: str, reason: str = "") -> None:
        """List something that does not come over, or not as it was."""
        said = reason or REASONS[kind]
        self.rest.append(Rest(kind, place, " ".join(words.split()), said))


class Story:
    """A text of the file: its body, a note, a text box. ``place`` is what its places call it."""

    def __init__(self, reading: Reading, part: str, place: str, root: Element) -> None:
        self.reading, self.part, self.place = reading, part, place
        self.fields = Fields(_balanced(root))
        self.bookmarks: list[str] = []
        """Those that wait for the next paragraph."""
        self.starts_page = False
        self.at = Place(place, 0)
        """The paragraph that is being read."""
        self.sections: Iterator[str] = iter(())
        """How each section after the first begins."""
        self.in_gallery = 0
        """How many content controls round here hold a table of contents."""
        self._generated: list[str] = []
        self._generated_at = self.at

    def within(self, root: Element, place: str) -> Story:
        """A text that stands in this one, such as a text box."""
        return Story(self.reading, self.part, place, root)

    def relation(self, identity: str | None) -> Relation | None:
        return self.reading.parts.relations(self.part).get(identity or "")

    def step(self, paragraph: Element) -> Place:
        """The place of the next paragraph."""
        self.at = self.ahead(paragraph)
        self.reading.counted[self.place] += 1
        if self._generated:
            self._generated.append(" ")
        return self.at

    def ahead(self, element: Element) -> Place:
        """The place of something that begins where the next paragraph does."""
        pieces = islice(element.iter(_TEXT, *_GAPS), _PIECES)
        words = "".join(one.text or "" if one.tag == _TEXT else " " for one in pieces)
        begins = shortened(words[: 4 * _BEGINS])
        return Place(self.place, self.reading.counted[self.place] + 1, begins)

    def leave(self, kind: str, words: str, reason: str = "") -> None:
        self.reading.leave(kind, self.at, words, reason)

    @property
    def is_generated(self) -> bool:
        """Whether what stands here is a table that Word has made of the document."""
        return self.fields.generated or self.in_gallery > 0

    def generate(self, words: str) -> None:
        """Words of such a table."""
        if not self._generated:
            self._generated_at = self.at
        self._generated.append(words)

    def end_generated(self) -> None:
        """List a table that Word has made, if one ends here."""
        if self._generated and not self.is_generated:
            words = "".join(self._generated)
            self._generated.clear()
            if words.strip():
                self.reading.leave("table of contents", self._generated_at, words)


def shortened(words: str) -> str:
    """How words begin, for a list."""
    words = " ".join(words.split())
    return words if len(words) <= _BEGINS else f"{words[: _BEGINS - 1]}…"


def _balanced(root: Element) -> bool:
    turns = Counter(one.get(_TURN_KIND) for one in root.iter(_TURN))
    return turns["begin"] == turns["end"]
