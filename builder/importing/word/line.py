"""Collects the contents of one paragraph and merges them into inlines."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.importing.document.form import Break, Image, Inline, Link, Mark, NoteMark, Text
from builder.importing.word.names import Element


@immutable
class Page:
    """A page break within a paragraph."""


@immutable
class Words:
    """Text with one set of marks and one link address (empty: no link)."""

    words: str
    marks: frozenset[Mark]
    address: str


@dataclass(slots=True)
class Line:
    """The contents of a paragraph: its pieces in order, and the text boxes anchored in it."""

    pieces: list[Words | Break | NoteMark | Image | Page] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)
    """Text boxes to read after the paragraph: an element, or plain text (WordArt, slides)."""
    bookmarks: list[str] = field(default_factory=list)

    def say(self, words: str, marks: frozenset[Mark], address: str) -> None:
        if words:
            self.pieces.append(Words(words, marks, address))

    def said(self, since: int = 0) -> str:
        """The plain text of the pieces from index ``since`` on."""
        return "".join(one.words if isinstance(one, Words) else " " for one in self.pieces[since:])

    def parts(self) -> list[tuple[bool, tuple[Inline, ...]]]:
        """Split the pieces at page breaks: for each part, whether a page break precedes it."""
        found: list[tuple[bool, list[Words | Break | NoteMark | Image]]] = [(False, [])]
        for piece in self.pieces:
            if isinstance(piece, Page):
                found.append((True, []))
            else:
                found[-1][1].append(piece)
        return [(begins, _inlines(pieces)) for begins, pieces in found]

    def joined(self) -> tuple[Inline, ...]:
        """All pieces as inlines, with page breaks turned into line breaks."""
        pieces = [Break() if isinstance(one, Page) else one for one in self.pieces]
        return _inlines(pieces)


def _inlines(pieces: list[Words | Break | NoteMark | Image]) -> tuple[Inline, ...]:
    """Merge text with equal marks, make links, and trim blank inlines at both ends."""
    found: list[Inline] = []
    texts: list[Text] = []
    address = ""

    def close() -> None:
        if texts:
            found.extend((Link(_merged(texts), address),) if address else _merged(texts))
            texts.clear()

    for piece in pieces:
        if isinstance(piece, Words):
            if piece.address != address:
                close()
                address = piece.address
            texts.append(Text(piece.words, piece.marks))
        else:
            close()
            found.append(piece)
    close()
    return _trimmed(found)


def _merged(texts: list[Text]) -> tuple[Text, ...]:
    runs: list[tuple[frozenset[Mark], list[str]]] = []
    for text in texts:
        if runs and runs[-1][0] == text.marks:
            runs[-1][1].append(text.words)
        else:
            runs.append((text.marks, [text.words]))
    return tuple(Text("".join(words), marks) for marks, words in runs)


def _trimmed(found: list[Inline]) -> tuple[Inline, ...]:
    first, last = 0, len(found)
    while first < last and _is_blank(found[first]):
        first += 1
    while first < last and _is_blank(found[last - 1]):
        last -= 1
    kept = found[first:last]
    # Leading white space in code is its indentation.
    if kept and isinstance(kept[0], Text) and "code" not in kept[0].marks:
        kept[0] = Text(kept[0].words.lstrip(), kept[0].marks)
    if kept and isinstance(kept[-1], Text):
        kept[-1] = Text(kept[-1].words.rstrip(), kept[-1].marks)
    return tuple(kept)


def _is_blank(one: Inline) -> bool:
    if isinstance(one, Link):
        return not any(text.words.strip() for text in one.texts)
    return isinstance(one, Break) or (isinstance(one, Text) and not one.words.strip())
