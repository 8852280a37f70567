"""Pages that are rendered again only where they would not be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder import targets
from builder.artifacts import Plan
from builder.memo import Memo
from builder.model import Course, Page
from builder.questions import Question
from builder.render.pages import PageRenderer
from builder.render.surroundings import surroundings
from builder.render.templates import Json


def rendered(plan: Plan, renderer: PageRenderer, memo: Memo) -> Mapping[str, Json]:
    """What the player gets of each page, by the page's id."""
    around = surroundings(plan.course, memo)
    return {page.id: _data(page, renderer, around, memo) for page in plan.course.pages}


def _data(page: Page, renderer: PageRenderer, around: Course, memo: Memo) -> Json:
    given = (page, around, tuple(_depends(page, renderer, memo)))
    return memo.of(("page", page.id), given, lambda: renderer.data(page))


def _depends(page: Page, renderer: PageRenderer, memo: Memo) -> Iterator[Any]:
    """What a page shows of other pages and files than its own."""
    course, glossary = renderer.plan.course, renderer.glossary
    yield tuple(map(tuple, renderer.parts.of(page)))
    yield renderer.templates.helps
    yield tuple(glossary.used_on(page))
    for entry in glossary.defined_on(page):
        yield tuple((user.id, user.title) for user in glossary.users(entry.key))
    named, sources = memo.of(("named", page.id), (page,), lambda: _named(page))
    quoted = tuple(renderer.by_id[source] for source in sources)
    # Their passages are shown to those who want to read again.
    yield tuple((source.title, source.document) for source in quoted)
    there = (name for source in quoted for name in _targets(source))
    for name in dict.fromkeys((*named, *there)):
        to = renderer.pages.get(name)
        yield to and to.id, renderer.plan.media.get(name), course.media.get(name)
        yield course.captions.get(name)


def _named(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of the course that a page names, and the pages that its questions rest on."""
    sources = dict.fromkeys(name for one in page.questions() for name in _sources(one))
    return tuple(_targets(page)), tuple(sources)


def _targets(page: Page) -> Mapping[str, None]:
    texts = tuple(page.prose())
    links = (link.target for prose in texts for link in prose.links)
    images = (image.target for prose in texts for image in prose.images)
    return dict.fromkeys(targets.read(target, page.path).name for target in (*links, *images))


def _sources(question: Question) -> Iterator[str]:
    options = (option.quotation for option in question.options)
    items = (item.quotation for item in question.items)
    if question.source:
        yield question.source
    for quotation in (question.quotation, *options, *items):
        if quotation:
            yield quotation.page
