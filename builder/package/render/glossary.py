"""Indexes the terms that a course defines, and the pages that link to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import immutable
from builder.course import blocks as bodies
from builder.course import targets
from builder.course.directives import BLOCKS
from builder.course.markdown import Directive, Prose
from builder.course.model import Course, Page


@immutable
class Entry:
    """A glossary term: the page that defines it, its words and its definition.

    ``key`` identifies the term in the HTML of all pages; ``text`` is ``words`` without markup.
    """

    key: str
    page: Page
    text: str
    words: Prose
    definition: Prose


class Glossary:
    """The terms that the pages of a course define, and the pages that link to each."""

    def __init__(self, course: Course, cache: Cache = NO_CACHE) -> None:
        self._defined = {page.id: _kept_entries(page, cache) for page in course.pages}
        self._entries = {
            (page.path, name): entry
            for page in course.pages
            for name, entry in self._defined[page.id]
        }
        self._used = {page.id: self._linked_terms(page, cache) for page in course.pages}
        self._users: dict[str, list[Page]] = {}
        for page in course.pages:
            for entry in self._used[page.id]:
                self._users.setdefault(entry.key, []).append(page)

    def entry(self, target: str, page: Page) -> Entry | None:
        """The term to which the link ``target`` on a page leads; ``None`` if it leads to no
        term."""
        place = targets.read(target, page.path)
        return self._entries.get((place.name, place.heading))

    def used_on(self, page: Page) -> Sequence[Entry]:
        """The terms to which a page links outside its glossaries, each once, in order."""
        return self._used[page.id]

    def users(self, key: str) -> Sequence[Page]:
        """The pages that link to the term with this key."""
        return self._users.get(key, ())

    def defined_on(self, page: Page) -> Iterator[Entry]:
        """The terms that a page defines."""
        return (entry for _, entry in self._defined[page.id])

    def _linked_terms(self, page: Page, cache: Cache) -> tuple[Entry, ...]:
        if not self._entries:
            return ()
        named = cache.get_or_compute(("links", page.id), (page,), lambda: tuple(_targets(page)))
        entries = (self._entries.get(target) for target in named)
        return tuple({entry.key: entry for entry in entries if entry}.values())


def _targets(page: Page) -> Iterator[tuple[str, str]]:
    """The targets of the links on a page, outside glossaries: the path of the file, and the id of
    the heading or term in it, which may be empty."""
    for prose in _prose_outside_glossaries(page.document.blocks):
        for link in prose.links:
            place = targets.read(link.target, page.path)
            yield place.name, place.heading


def _kept_entries(page: Page, cache: Cache) -> tuple[tuple[str, Entry], ...]:
    return cache.get_or_compute(("terms", page.id), (page,), lambda: tuple(_entries(page)))


def key(page: Page, name: str) -> str:
    """The key by which the HTML of any page refers to a term of the glossary. ``page`` is the page
    that defines the term, and ``name`` the term's id on that page."""
    return f"{page.id}-{name}"


def _entries(page: Page) -> Iterator[tuple[str, Entry]]:
    for block in page.document.walk():
        if not isinstance(block, Directive) or not BLOCKS[block.name].defines:
            continue
        for definition in bodies.definitions(block):
            for term, words in definition.terms:
                yield term.id, Entry(key(page, term.id), page, term.text, words, definition.text)


def _prose_outside_glossaries(blocks: Sequence[Prose | Directive]) -> Iterator[Prose]:
    """Every Markdown text in blocks, apart from those in glossaries."""
    for block in blocks:
        if isinstance(block, Prose):
            yield block
        elif not BLOCKS[block.name].defines:
            yield from _prose_outside_glossaries(block.blocks)
