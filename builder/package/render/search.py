"""Builds the search index: the plain text of each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.base.cache import NO_CACHE, Cache
from builder.course.markdown import Directive, Paragraph
from builder.course.model import Course, Page
from builder.package.render.outline import surroundings
from builder.package.render.templates import Json, Templates
from builder.package.render.words import PageWords

LIMIT = 500_000
"""Maximum size of the index's text in UTF-8 bytes: 10 seconds at 50 kB/s."""
_NOTE = "content-note"
"""The block that hides its page's text from search results, because it warns about the content."""

Part = tuple[str, str]
"""The id of a heading (empty before the first), and the text below it with one line per
paragraph."""


def searchable(course: Course, templates: Templates, cache: Cache = NO_CACHE) -> Json:
    """The index that the player searches.

    ``noted`` marks pages with a content note, whose text is not shown among the results. ``cut`` is
    true if long pages are indexed only partly, to stay within ``LIMIT``.
    """
    words, around = PageWords(course, templates), surroundings(course, cache)
    said = [_indexed_text(page, words, around, cache) for page in course.pages]
    sizes = [size for _, size, _ in said]
    room = _room(sizes)
    cut = any(size > room for size in sizes)
    return {
        "cut": cut,
        "pages": [
            {
                "id": page.id,
                "parts": tuple(_cut_to(parts, room)) if size > room else parts,
                "noted": noted,
            }
            for page, (parts, size, noted) in zip(course.pages, said, strict=True)
        ],
    }


def _indexed_text(
    page: Page, words: PageWords, around: Course, cache: Cache
) -> tuple[tuple[Part, ...], int, bool]:
    """The text of a page, its size, and whether it has a content note."""

    def make() -> tuple[tuple[Part, ...], int, bool]:
        parts = tuple(_parts(words.paragraphs(page)))
        return parts, _size(parts), _has_content_note(page)

    return cache.get_or_compute(("said", page.id), (page, around), make)


def _has_content_note(page: Page) -> bool:
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
    """The maximum number of bytes per page with which all pages stay within ``LIMIT``."""
    left, room = LIMIT, LIMIT
    for number, size in enumerate(sorted(sizes)):
        room = left // (len(sizes) - number)
        if size > room:
            return room
        left -= size
    return LIMIT


def _cut_to(parts: tuple[Part, ...], room: int) -> Iterator[Part]:
    for heading, text in parts:
        if room <= 0:
            return
        encoded = text.encode()
        if len(encoded) > room:
            # Cut between words.
            text = encoded[:room].decode(errors="ignore").rpartition(" ")[0]
        room -= len(encoded)
        if text:
            yield heading, text
