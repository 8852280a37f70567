"""Generates the pages of test-outs, on which trainees can show that they know a module.

Such a page is a quiz: attempts, drawing and saved answers are those of any quiz. It is neither part
of the score nor of what must be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from builder.course import keys
from builder.course.keys import Former
from builder.course.markdown import Document
from builder.course.model import Course, Module, Page, QuizRules, TestOut

PREFIX = "test-out_"
"""Begins the id of each generated page. No author's page can have such an id, because ids have no
underscores. An LMS may refuse interactions whose ids have other characters
(facts/scorm-1.2.md#data-types)."""

FILE = "course.yaml"
"""The file in which authors write what generated pages are made of."""

_OF_PAGE = "page_"
"""Follows the prefix if the pages are outside any module, which has no id then."""


def with_test_pages(course: Course) -> Course:
    """A copy of the course, and of its translations, in which each module with a test-out begins
    with the generated page, or in a refresher with what is new; the course itself if there is
    none."""
    if not any(module.test_out for module in course.modules):
        return course
    return replace(
        course,
        modules=tuple(_with_test_page(module, course) for module in course.modules),
        translations=tuple(with_test_pages(one) for one in course.translations),
    )


def page_id(module: Module) -> str:
    """The id of the generated page of a module."""
    return PREFIX + (module.id or _OF_PAGE + module.pages[0].id)


def page_title(module: Module, texts: Mapping[str, str]) -> str:
    """The title of the generated page of a module, from the interface's texts."""
    title = texts["page.test-out-title" if module.title else "page.test-out"]
    return title.replace("{title}", module.title)


def _with_test_page(module: Module, course: Course) -> Module:
    test = module.test_out
    if test is None or not module.pages:
        return module
    covered = [page for page in module.pages if page.id not in test.always]
    page = _page(module, test, tuple(page.id for page in covered), course)
    pages = [_covered(one) if one in covered else one for one in module.pages]
    first = _new_pages(module, course)
    before = [one for one in pages if one.id in first]
    after = [one for one in pages if one.id not in first]
    return replace(module, pages=(*before, page, *after))


def _new_pages(module: Module, course: Course) -> set[str]:
    """The ids of the pages of a refresher's module that come before its test: those on which
    something is new, unless they wait for a page behind it."""
    news = course.refresher.news if course.refresher else {}
    behind = {page.id for page in module.pages}
    found = set()
    for page in module.pages:
        waits = (*page.lock.pages, *page.lock.passed) if page.lock else ()
        if page.kind == "page" and page.id in news and behind.isdisjoint(waits):
            found.add(page.id)
            behind.remove(page.id)
    return found


def _covered(page: Page) -> Page:
    """A copy of a page with the keys that say that a test-out has shown it."""
    earlier = keys.former("shown", page.id, page.revision, page.was)
    return replace(
        page,
        shown=keys.key("shown", page.id, page.revision),
        shown_was=earlier.same,
        # A page that was shown in an earlier revision has changed, like one that was read.
        former=Former(page.former.same, (*page.former.changed, *earlier.changed)),
    )


def count_tries(test: TestOut) -> int:
    """How often a trainee may try a test-out: as often as its author allows, and as there are
    questions that were not asked before."""
    return min(tries(len(draw.questions), draw.count, test.attempts) for draw in test.draws)


def tries(pool: int, count: int, attempts: int) -> int:
    """The same for ``pool`` questions of which each try asks ``count``; ``attempts`` is 0 for no
    limit."""
    enough = max(pool // count, 1)
    return min(enough, attempts or enough)


def count_questions(test: TestOut) -> int:
    """The number of questions that a test asks, which is also its duration in minutes."""
    return sum(draw.count for draw in test.draws)


def _page(module: Module, test: TestOut, covers: tuple[str, ...], course: Course) -> Page:
    name = page_id(module)
    return Page(
        path=FILE,
        id=name,
        key=keys.key("page", name),
        title=page_title(module, course.texts),
        revision=1,
        kind="test-out",
        minutes=count_questions(test),
        document=Document(()),
        checks=(),
        quiz=tuple(question for draw in test.draws for question in draw.questions),
        record=(),
        rules=QuizRules(
            draws=test.draws,
            shuffle_questions=True,
            shuffle_options=True,
            feedback="at-end",
            attempts=count_tries(test),
            pass_mark=test.pass_mark,
            keep="best",
        ),
        covers=covers,
    )
