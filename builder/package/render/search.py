"""Builds the index for the player's search: the words of each page, in the order shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.base.cache import NO_CACHE, Cache
from builder.course import blocks as bodies
from builder.course import markdown
from builder.course.blocks import Contact, Content, File, Part, Reading
from builder.course.directives import asks, titled
from builder.course.markdown import Directive, Paragraph, Prose
from builder.course.model import Course, Page
from builder.package.render import contacts
from builder.package.render.outline import surroundings
from builder.package.render.templates import Json, Templates

_NOT_SHOWN = frozenset(("sources", "tracks", "poster"))
"""Parts of a video or sound block whose links are shown to trainees without their words."""
_LABELS = {"description": "page.image-described", "transcript": "page.transcript"}
"""The keys of interface texts that introduce a part of a block, by the part's name."""


class PageWords:
    """Collects the words of pages, without titles, questions and common interface texts.

    The outline has the titles. Questions are left out, since a false statement would look like a
    fact among the results.
    """

    def __init__(self, course: Course, templates: Templates) -> None:
        self._course = course
        self._templates = templates

    def paragraphs(self, page: Page) -> Iterator[Paragraph]:
        """The paragraphs of a page from top to bottom, as texts; some are empty."""
        # A scene is shown only to those who have reached it.
        blocks = page.scenario.introduction if page.scenario else page.document.blocks
        yield from self._blocks(blocks)
        for item in page.record:
            question = " ".join(paragraph.text for paragraph in self._prose(item.question))
            yield Paragraph(question, f"record-{item.key}-question")
            if item.reading:
                label = f"{self._templates.text('page.further-reading')}:"
                first, *others = self._prose(item.reading)
                yield Paragraph(f"{label} {first.text}".strip())
                yield from others

    def _prose(self, prose: Prose) -> Iterator[Paragraph]:
        return markdown.paragraphs(prose, self._templates.values)

    def _blocks(self, blocks: Sequence[Prose | Directive]) -> Iterator[Paragraph]:
        for block in blocks:
            if isinstance(block, Prose):
                yield from self._prose(block)
            elif not asks(block.name):
                if titled(block.name):
                    yield Paragraph(markdown.one_line(block.argument))
                yield from self._part_paragraphs(bodies.read(block).parts)

    def _part_paragraphs(self, parts: Mapping[str, Part]) -> Iterator[Paragraph]:
        for name, part in parts.items():
            if not part or name in _NOT_SHOWN:
                continue
            if name in _LABELS:
                yield Paragraph(self._templates.text(_LABELS[name]))
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[Paragraph]:
        if isinstance(part, Prose):
            yield from self._prose(part)
        elif isinstance(part, Content):
            yield from self._blocks(part.blocks)
        elif isinstance(part, File):
            yield from self._prose(part.words)
        elif isinstance(part, Reading):
            yield from self._reading(part)
        elif isinstance(part, Contact):
            yield from self._contact(part)
        elif isinstance(part, Mapping):
            yield from self._part_paragraphs(part)
        elif isinstance(part, tuple):
            for inner in part:
                yield from self._part(inner)

    def _reading(self, reading: Reading) -> Iterator[Paragraph]:
        title = " ".join(paragraph.text for paragraph in self._prose(reading.words))
        organisation = contacts.unnamed_organisation(self._course, reading, title)
        yield Paragraph(f"{title}, {markdown.one_line(organisation)}" if organisation else title)

    def _contact(self, contact: Contact) -> Iterator[Paragraph]:
        variable = self._course.variables[contact.value.name]
        label = " ".join(paragraph.text for paragraph in self._prose(contact.label)).strip()
        yield Paragraph(label or markdown.one_line(contacts.label(variable)))
        for text in contacts.texts(self._templates.values[variable.name]):
            yield Paragraph(markdown.one_line(text))


LIMIT = 500_000
"""Maximum size of all text in the index, in UTF-8 bytes: it loads in 10 seconds at 50 kB/s."""
_NOTE = "content-note"
"""The block that warns about the content of its page. Search results show no text of such a
page."""

IndexedPart = tuple[str, str]
"""The text of a page below one heading: the id of the heading (empty before the first), and the
text with one line per paragraph."""


def searchable(course: Course, templates: Templates, cache: Cache = NO_CACHE) -> Json:
    """The index that the player searches, as JSON.

    ``noted`` marks pages with a content note, whose text is not shown among the results. ``cut`` is
    true if only the beginnings of long pages are indexed, to stay within ``LIMIT``.
    """
    words, around = PageWords(course, templates), surroundings(course, cache)
    pages = course.own_pages
    indexed = [_indexed_text(page, words, around, cache) for page in pages]
    sizes = [size for _, size, _ in indexed]
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
            for page, (parts, size, noted) in zip(pages, indexed, strict=True)
        ],
    }


def _indexed_text(
    page: Page, words: PageWords, around: Course, cache: Cache
) -> tuple[tuple[IndexedPart, ...], int, bool]:
    """The text of a page by heading, the size of this text in bytes, and whether the page has a
    content note.

    ``around`` is what the text depends on apart from the page.
    """

    def make() -> tuple[tuple[IndexedPart, ...], int, bool]:
        parts = tuple(_parts(words.paragraphs(page)))
        return parts, _size(parts), _has_content_note(page)

    return cache.get_or_compute(("indexed", page.id), (page, around), make)


def _has_content_note(page: Page) -> bool:
    return any(
        isinstance(block, Directive) and block.name == _NOTE for block in page.document.walk()
    )


def _parts(paragraphs: Iterable[Paragraph]) -> Iterator[IndexedPart]:
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


def _size(parts: Iterable[IndexedPart]) -> int:
    return sum(len(text.encode()) for _, text in parts)


def _room(sizes: list[int]) -> int:
    """The maximum number of bytes of a page in the index, so that all pages together stay within
    ``LIMIT``. ``sizes`` are the sizes of the pages."""
    left, room = LIMIT, LIMIT
    for number, size in enumerate(sorted(sizes)):
        room = left // (len(sizes) - number)
        if size > room:
            return room
        left -= size
    return LIMIT


def _cut_to(parts: tuple[IndexedPart, ...], room: int) -> Iterator[IndexedPart]:
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
