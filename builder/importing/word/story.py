"""Holds the state while a Word file is read: a ``Reading`` for the file, a ``Story`` for each text
in it (the body, a note, a text box), and a ``Line`` for each paragraph.

Also reads two kinds of elements that wrap content: content controls (ISO/IEC 29500-1, 17.5.2), and
alternatives of the same content for newer and older programs (29500-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from builder.base.immutable import immutable
from builder.importing.document.form import (
    Break,
    Image,
    Inline,
    Link,
    Mark,
    NoteMark,
    Place,
    Rest,
    Text,
)
from builder.importing.word.fields import Fields
from builder.importing.word.names import UNDERSTOOD, Element, child, name, value
from builder.importing.word.numbering import Numbering
from builder.importing.word.parts import Parts, Pictures, Relation
from builder.importing.word.styles import Styles


@immutable
class PageBreak:
    """A page break within a paragraph."""


@immutable
class _StyledText:
    """Text in which all characters have the same marks and the same link address (empty if it is
    not a link)."""

    words: str
    marks: frozenset[Mark]
    address: str


@dataclass(slots=True)
class Line:
    """The contents of a paragraph: its pieces in order, and the text boxes that are anchored in
    it."""

    pieces: list[_StyledText | Break | NoteMark | Image | PageBreak] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)
    """Text boxes to read after the paragraph: each is an element, or plain text if it comes from
    WordArt or from a shape of another Office program."""
    bookmarks: list[str] = field(default_factory=list)

    def add_text(self, words: str, marks: frozenset[Mark], address: str) -> None:
        if words:
            self.pieces.append(_StyledText(words, marks, address))

    def plain_text(self, since: int = 0) -> str:
        """The plain text of the pieces from index ``since`` on; each piece that is not text becomes
        a space."""
        return "".join(
            one.words if isinstance(one, _StyledText) else " " for one in self.pieces[since:]
        )

    def split_at_page_breaks(self) -> list[tuple[bool, tuple[Inline, ...]]]:
        """Split the contents of the paragraph at page breaks. Each part is a pair: whether a page
        break precedes it, and its content."""
        found: list[tuple[bool, list[_StyledText | Break | NoteMark | Image]]] = [(False, [])]
        for piece in self.pieces:
            if isinstance(piece, PageBreak):
                found.append((True, []))
            else:
                found[-1][1].append(piece)
        return [(begins, _inlines(pieces)) for begins, pieces in found]

    def inlines(self) -> tuple[Inline, ...]:
        """The contents of the paragraph, with line breaks instead of page breaks."""
        pieces = [Break() if isinstance(one, PageBreak) else one for one in self.pieces]
        return _inlines(pieces)


def _inlines(pieces: list[_StyledText | Break | NoteMark | Image]) -> tuple[Inline, ...]:
    """The content of a paragraph, made from its pieces: texts with equal marks are merged, texts
    with an address become links, and blank pieces at both ends are removed."""
    found: list[Inline] = []
    texts: list[Text] = []
    address = ""

    def close() -> None:
        if texts:
            found.extend((Link(_merge_texts(texts), address),) if address else _merge_texts(texts))
            texts.clear()

    for piece in pieces:
        if isinstance(piece, _StyledText):
            if piece.address != address:
                close()
                address = piece.address
            texts.append(Text(piece.words, piece.marks))
        else:
            close()
            found.append(piece)
    close()
    return _trim(found)


def _merge_texts(texts: list[Text]) -> tuple[Text, ...]:
    runs: list[tuple[frozenset[Mark], list[str]]] = []
    for text in texts:
        if runs and runs[-1][0] == text.marks:
            runs[-1][1].append(text.words)
        else:
            runs.append((text.marks, [text.words]))
    return tuple(Text("".join(words), marks) for marks, words in runs)


def _trim(found: list[Inline]) -> tuple[Inline, ...]:
    first, last = 0, len(found)
    while first < last and _is_blank(found[first]):
        first += 1
    while first < last and _is_blank(found[last - 1]):
        last -= 1
    trimmed = found[first:last]
    # Leading white space in code is its indentation.
    if trimmed and isinstance(trimmed[0], Text) and "code" not in trimmed[0].marks:
        trimmed[0] = Text(trimmed[0].words.lstrip(), trimmed[0].marks)
    if trimmed and isinstance(trimmed[-1], Text):
        trimmed[-1] = Text(trimmed[-1].words.rstrip(), trimmed[-1].marks)
    return tuple(trimmed)


def _is_blank(one: Inline) -> bool:
    if isinstance(one, Link):
        return not any(text.words.strip() for text in one.texts)
    return isinstance(one, Break) or (isinstance(one, Text) and not one.words.strip())


_LONGEST_START = 60
"""Maximum number of characters of a paragraph that the import report shows."""
_PIECES = 200
"""Maximum number of elements that are read to find the start of a paragraph's text."""
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
    """The state while one Word file is read: its parts, styles, numbering and images, and what has
    been found in it so far. ``rest`` is the content that is not imported."""

    parts: Parts
    main: str
    styles: Styles
    numbering: Numbering
    pictures: Pictures
    rest: list[Rest] = field(default_factory=list)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """The keys in ``Document.notes`` of the notes that the text refers to, by kind (``footnote`` or
    ``endnote``) and id, in order of reference."""
    comment_places: dict[str, Place] = field(default_factory=dict)
    """The place in the text of each comment, by comment id."""
    languages: Counter[str] = field(default_factory=Counter)
    """Number of characters in each language, by language tag; the tag is empty for text without a
    language."""
    right_to_left: Counter[bool] = field(default_factory=Counter)
    """Number of right-to-left paragraphs (``True``) and of left-to-right paragraphs (``False``)."""
    paragraph_counts: Counter[str] = field(default_factory=Counter)
    """Number of paragraphs read so far in all texts with the same name, such as ``body``; and under
    ``footnote noted`` and ``endnote noted``, the number of notes that have keys."""

    def note(self, kind: str, identity: str) -> str:
        """The key in ``Document.notes`` of a note that the text refers to. ``kind`` is ``footnote``
        or ``endnote``, and ``identity`` is Word's id for it."""
        if (kind, identity) not in self.notes:
            self.paragraph_counts[f"{kind} noted"] += 1
            self.notes[kind, identity] = f"{kind}-{self.paragraph_counts[f'{kind} noted']}"
        return self.notes[kind, identity]

    def report(self, kind: str, place: Place, words: str, reason: str = "") -> None:
        """Add content to the list of what is not imported, or imported with changes. ``kind`` says
        what it is, such as ``table of contents``, and ``words`` is its text. Without a ``reason``,
        the usual reason for this ``kind`` is used."""
        explanation = reason or REASONS[kind]
        self.rest.append(Rest(kind, place, " ".join(words.split()), explanation))


class Story:
    """One text of the file, such as the body, a note or a text box. ``part`` is the part that
    contains it, ``place`` its name in reports, and ``root`` its element."""

    def __init__(self, reading: Reading, part: str, place: str, root: Element) -> None:
        self.reading, self.part, self.place = reading, part, place
        self.fields = Fields(_has_balanced_fields(root))
        self.bookmarks: list[str] = []
        """Bookmarks to attach to the next paragraph."""
        self.starts_page = False
        self.current_place = Place(place, 0)
        """The place of the paragraph that is being read."""
        self.sections: Iterator[str] = iter(())
        """How each section after the first starts, such as ``nextPage``, in order."""
        self.in_gallery = 0
        """Number of enclosing content controls that contain a table of contents."""
        self._generated: list[str] = []
        self._generated_at = self.current_place

    def inner_story(self, root: Element, place: str) -> Story:
        """A new story for a text inside this text, such as a text box. ``root`` is the element with
        the text, and ``place`` is what the part is called in positions."""
        return Story(self.reading, self.part, place, root)

    def relation(self, identity: str | None) -> Relation | None:
        return self.reading.parts.relations(self.part).get(identity or "")

    def next_place(self, paragraph: Element) -> Place:
        """Make ``paragraph`` the current paragraph, and return its place."""
        self.current_place = self.upcoming_place(paragraph)
        self.reading.paragraph_counts[self.place] += 1
        if self._generated:
            self._generated.append(" ")
        return self.current_place

    def upcoming_place(self, element: Element) -> Place:
        """The place that ``element``, the next paragraph or table, will have. The current paragraph
        stays the same."""
        pieces = islice(element.iter(_TEXT, *_GAPS), _PIECES)
        words = "".join(one.text or "" if one.tag == _TEXT else " " for one in pieces)
        begins = shorten(words[: 4 * _LONGEST_START])
        return Place(self.place, self.reading.paragraph_counts[self.place] + 1, begins)

    def report(self, kind: str, words: str, reason: str = "") -> None:
        self.reading.report(kind, self.current_place, words, reason)

    @property
    def is_generated(self) -> bool:
        """Whether the current text is part of a table that Word generates, such as a table of
        contents."""
        return self.fields.is_generated or self.in_gallery > 0

    def generate(self, words: str) -> None:
        """Collect text of a table of contents, or of another table that Word has generated, to list
        it as not imported when that table ends."""
        if not self._generated:
            self._generated_at = self.current_place
        self._generated.append(words)

    def end_generated(self) -> None:
        """If a table of contents, or another table that Word generates, has ended before the
        current position, report the text collected from it as not imported."""
        if self._generated and not self.is_generated:
            words = "".join(self._generated)
            self._generated.clear()
            if words.strip():
                self.reading.report("table of contents", self._generated_at, words)


def shorten(words: str) -> str:
    """Shorten a text to its first 60 characters, for reports."""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_START else f"{words[: _LONGEST_START - 1]}…"


def _has_balanced_fields(root: Element) -> bool:
    turns = Counter(one.get(_TURN_KIND) for one in root.iter(_TURN))
    return turns["begin"] == turns["end"]


_CHOICES = (name("w:dropDownList"), name("w:comboBox"))
_ITEM = name("w:listItem")
_SHOWN_TEXT = name("w:t")
_CONTENTS = "Table of Contents"


@contextmanager
def open_control(story: Story, control: Element) -> Iterator[Iterable[Element]]:
    """Enter a content control, and return the elements inside it, to be read in the ``with`` block.
    Empty if the control shows a placeholder, that is, it has not been filled in.

    The placeholder and a list of choices are listed as not imported. In the block, the story knows
    whether the control contains a table of contents.
    """
    properties, content = child(control, "w:sdtPr"), child(control, "w:sdtContent")
    for choices in properties if properties is not None else ():
        if choices.tag in _CHOICES:
            _report_choices(story, choices)
    if child(properties, "w:showingPlcHdr") is not None and content is not None:
        story.report("form field", " ".join(one.text or "" for one in content.iter(_SHOWN_TEXT)))
        yield ()
        return
    gallery = value(properties, "w:docPartObj", "w:docPartGallery") == _CONTENTS
    story.in_gallery += gallery
    yield () if content is None else content
    story.in_gallery -= gallery
    story.end_generated()


def _report_choices(story: Story, choices: Element) -> None:
    labels = [
        one.get(name("w:displayText"), "") or one.get(name("w:value"), "")
        for one in choices.iterfind(_ITEM)
    ]
    if any(labels):
        story.report("form field", " · ".join(filter(None, labels)))


ALTERNATIVES = name("mc:AlternateContent")
_CHARTS = "/chartex"
"""How the namespaces of newer charts end; each year has another one."""
_CHOICE = name("mc:Choice")
_FALLBACK = name("mc:Fallback")


def choose_alternative(alternatives: Element) -> Iterable[Element]:
    """Choose which elements to read out of ``mc:AlternateContent``: those of the first choice that
    requires only known namespaces, else those of the fallback."""
    choices = alternatives.findall(_CHOICE)
    for choice in choices:
        spaces = [choice.nsmap.get(prefix) for prefix in choice.get("Requires", "").split()]
        if all(space in UNDERSTOOD or str(space).endswith(_CHARTS) for space in spaces):
            return choice
    fallback = alternatives.find(_FALLBACK)
    if fallback is not None:
        return fallback
    return choices[0] if choices else ()
