"""The index of the search: what each page says, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.markdown import Directive, Paragraph
from builder.memo import FORGETFUL, Memo
from builder.model import Course, Page
from builder.render.outline import surroundings
from builder.render.templates import Json, Templates
from builder.render.words import PageWords

LIMIT = 500_000
"""Bytes of text in UTF-8 that the index holds: 10 seconds on a line of 50 kB/s."""
_NOTE = "content-note"
"""The block whose page shows nothing of its text before a trainee goes on."""

Part = tuple[str, str]
"""The id of a heading, empty before the first, and the text below it, one line a paragraph."""


def searchable(course: Course, templates: Templates, memo: Memo = FORGETFUL) -> Json:
    """What the player searches.

    ``noted`` pages begin with a content note, so that nothing of their text is shown among results.
    ``cut`` is true where long pages are in the index with their beginning only, because everything
    would take more than ``LIMIT``.
    """
    words, around = PageWords(course, templates), surroundings(course, memo)
    said = [_said(page, words, around, memo) for page in course.pages]
    sizes = [size for _, size, _ in said]
    room = _room(sizes)
    cut = any(size > room for size in sizes)
    return {
        "cut": cut,
        "pages": [
            {
                "id": page.id,
                "parts": tuple(_within(parts, room)) if size > room else parts,
                "noted": noted,
            }
            for page, (parts, size, noted) in zip(course.pages, said, strict=True)
        ],
    }


def _said(
    page: Page, words: PageWords, around: Course, memo: Memo
) -> tuple[tuple[Part, ...], int, bool]:
    """What a page says, its size, and whether it begins with a content note."""

    def make() -> tuple[tuple[Part, ...], int, bool]:
        parts = tuple(_parts(words.paragraphs(page)))
        return parts, _size(parts), _noted(page)

    return memo.of(("said", page.id), (page, around), make)


def _noted(page: Page) -> bool:
    return any(
        isinstance(block, Directive) and block.name == _NOTE for block in page.document.walk()
    )


def _parts(paragraphs: Iterable[Paragraph]) -> Iterator[Part]:
    heading = ""
    texts: list[str] = []
    for paragraph in paragraphs:
        if paragraph.heading:
            if texts:
                yield heading, "\n".join(texts)
            heading, texts = paragraph.heading, []
        if paragraph.text:
            texts.append(paragraph.text)
    if texts:
        yield heading, "\n".join(texts)


def _size(parts: Iterable[Part]) -> int:
    return sum(len(text.encode()) for _, text in parts)


def _room(sizes: list[int]) -> int:
    """The most bytes of a page with which all pages together stay within ``LIMIT``."""
    left, room = LIMIT, LIMIT
    for number, size in enumerate(sorted(sizes)):
        room = left // (len(sizes) - number)
        if size > room:
            return room
        left -= size
    return LIMIT


def _within(parts: tuple[Part, ...], room: int) -> Iterator[Part]:
    for heading, text in parts:
        if room <= 0:
            return
        encoded = text.encode()
        if len(encoded) > room:
            # Not in the middle of a word.
            text = encoded[:room].decode(errors="ignore").rpartition(" ")[0]
        room -= len(encoded)
        if text:
            yield heading, text
