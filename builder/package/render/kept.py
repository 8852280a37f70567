"""Renders pages, or takes them from the cache if nothing that they show has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder.base.cache import Cache
from builder.base.immutable import immutable
from builder.course import targets
from builder.course.markdown import Directive
from builder.course.model import Page
from builder.course.questions import Question
from builder.package.artifacts import Member
from builder.package.render.chunks import chunk
from builder.package.render.outline import fingerprint, surroundings
from builder.package.render.pages import PageRenderer
from builder.package.render.passages import quotations
from builder.package.render.templates import Json


class Rendering:
    """Renders the pages of a course one at a time, since the data of all would take too much
    memory."""

    def __init__(self, renderer: PageRenderer, cache: Cache) -> None:
        self._renderer = renderer
        self._cache = cache
        self._around = surroundings(renderer.plan.course, cache)

    def data(self, page: Page) -> tuple[str, Json]:
        """Render a page; returns its fingerprint, and its data for the player."""
        return self._cache.get_or_compute(
            ("page", page.id), self._given(page), lambda: self._data(page)
        )

    def chunk(self, page: Page) -> tuple[str, Member]:
        """Render a page; returns its fingerprint, and the chunk with its data."""

        def make() -> tuple[str, Member]:
            printed, data = self._data(page)
            return printed, chunk("page", page.id, data, self._renderer.plan.tag)

        return self._cache.get_or_compute(("chunk", page.id), self._given(page), make)

    def _given(self, page: Page) -> tuple[Any, ...]:
        facts = _kept_facts(page, self._cache)
        untranslated = self._renderer.plan.course.untranslated & facts.plain
        accepted = self._renderer.plan.accepted
        answers = tuple(
            (tag, *words)
            for question in page.questions()
            for tag, words in accepted.get(question.id, {}).items()
        )
        depends = _depends(page, facts, self._renderer, self._cache)
        # The sheet of a record says whether the course is a draft.
        draft = bool(page.record) and self._renderer.plan.course.draft
        return (page, self._around, draft, untranslated, answers, *depends)

    def _data(self, page: Page) -> tuple[str, Json]:
        data = self._renderer.data(page)
        return fingerprint(data["html"], self._around), data


def _plain_texts(page: Page) -> frozenset[str]:
    """The texts of a page that are not Markdown."""
    blocks = (block for block in page.document.walk() if isinstance(block, Directive))
    quoted = (words for one in page.questions() for words in quotations(one))
    return frozenset(
        (
            page.title,
            page.signature,
            *(block.argument for block in blocks),
            *(part for quotation in quoted for part in quotation.parts),
        )
    )


def _depends(page: Page, facts: _Facts, renderer: PageRenderer, cache: Cache) -> Iterator[Any]:
    """What a page shows of other pages and files: values whose change changes the page.

    The number of values depends only on the page and the values before, so two such sequences for
    the same page can be compared one by one.
    """
    course, glossary = renderer.plan.course, renderer.glossary
    yield renderer.parts.of(page)
    yield renderer.templates.helps
    yield renderer.passages.anchors(page)
    yield tuple(glossary.used_on(page))
    for entry in glossary.defined_on(page):
        yield tuple((user.id, user.title) for user in glossary.users(entry.key))
    names = dict.fromkeys(facts.names)
    for source in map(renderer.by_id.__getitem__, facts.sources):
        # Passages of the source are shown to trainees who want to read it again.
        yield source.title
        yield source.document
        names |= dict.fromkeys(_kept_facts(source, cache).names)
    for name in names:
        to = renderer.pages.get(name)
        yield to and to.id
        yield renderer.plan.media.get(name)
        yield course.media.get(name)
        yield course.captions.get(name)


@immutable
class _Facts:
    """What follows from the content of a page alone.

    ``plain`` are its texts that are not Markdown, ``names`` the paths of the files to which it
    refers, ``sources`` the ids of the pages that its questions quote or name as their source.
    """

    plain: frozenset[str]
    names: tuple[str, ...]
    sources: tuple[str, ...]


def _kept_facts(page: Page, cache: Cache) -> _Facts:
    def make() -> _Facts:
        sources = dict.fromkeys(name for one in page.questions() for name in _sources(one))
        return _Facts(_plain_texts(page), tuple(_targets(page)), tuple(sources))

    return cache.get_or_compute(("facts", page.id), (page,), make)


def _targets(page: Page) -> Mapping[str, None]:
    texts = tuple(page.prose())
    links = (link.target for prose in texts for link in prose.links)
    images = (image.target for prose in texts for image in prose.images)
    return dict.fromkeys(targets.read(target, page.path).name for target in (*links, *images))


def _sources(question: Question) -> Iterator[str]:
    if question.source:
        yield question.source
    for quotation in quotations(question):
        yield quotation.page
