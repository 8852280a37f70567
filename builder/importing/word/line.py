"""Collects the contents of one paragraph and merges them into inlines."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.importing.document.form import Break, Image, Inline, Link, Mark, NoteMark, Text
from builder.importing.word.names import Element


@immutable
class PageBreak:
    """A page break within a paragraph."""


@immutable
class StyledText:
    """Text with one set of marks and one link address (empty: no link)."""

    words: str
    marks: frozenset[Mark]
    address: str


@dataclass(slots=True)
class Line:
    """The contents of a paragraph: its pieces in order, and the text boxes anchored in it."""

    pieces: list[StyledText | Break | NoteMark | Image | PageBreak] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)
    """Text boxes to read after the paragraph: an element, or plain text (WordArt, slides)."""
    bookmarks: list[str] = field(default_factory=list)

    def add_text(self, words: str, marks: frozenset[Mark], address: str) -> None:
        if words:
            self.pieces.append(StyledText(words, marks, address))

    def plain_text(self, since: int = 0) -> str:
        """The plain text of the pieces from index ``since`` on."""
        return "".join(
            one.words if isinstance(one, StyledText) else " " for one in self.pieces[since:]
        )

    def split_at_page_breaks(self) -> list[tuple[bool, tuple[Inline, ...]]]:
        """Split the pieces at page breaks: for each part, whether a page break precedes it."""
        found: list[tuple[bool, list[StyledText | Break | NoteMark | Image]]] = [(False, [])]
        for piece in self.pieces:
            if isinstance(piece, PageBreak):
                found.append((True, []))
            else:
                found[-1][1].append(piece)
        return [(begins, _inlines(pieces)) for begins, pieces in found]

    def inlines(self) -> tuple[Inline, ...]:
        """All pieces as inlines, with page breaks turned into line breaks."""
        pieces = [Break() if isinstance(one, PageBreak) else one for one in self.pieces]
        return _inlines(pieces)


def _inlines(pieces: list[StyledText | Break | NoteMark | Image]) -> tuple[Inline, ...]:
    """Merge text with equal marks, make links, and trim blank inlines at both ends."""
    found: list[Inline] = []
    texts: list[Text] = []
    address = ""

    def close() -> None:
        if texts:
            found.extend((Link(_merge_texts(texts), address),) if address else _merge_texts(texts))
            texts.clear()

    for piece in pieces:
        if isinstance(piece, StyledText):
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
