"""Makes a refresher of a course: the course for people who completed an earlier version of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from builder.base.immutable import immutable
from builder.course import keys, state
from builder.course.markdown import Directive, Document
from builder.course.model import (
    Course,
    Cover,
    Draw,
    Lock,
    Module,
    Page,
    PageNews,
    Refresher,
    RefresherRules,
    TestOut,
)
from builder.course.questions import Item, Option, Question, Quotation
from builder.course.test_out import FILE, count_questions

ASKED_AGAIN = "asked-again_"
"""The id of the page that asks questions whose right answer has changed. As with test-outs, no
author's page can have it."""
TRIES = 3
"""How often a trainee may try a test-out that the build has made."""


def base_refresher(course: Course, refresher: Refresher, rules: RefresherRules) -> Course:
    """The refresher of a course, in all its languages, without its news and test-outs: with its own
    title, a cover, and without the pages that the author leaves out (``rules``)."""
    left_out = frozenset(page.id for page in course.pages if _is_left_out(page, rules))
    refresher = replace(refresher, left_out=left_out)
    return _in_one_language(course, refresher, rules)


def _is_left_out(page: Page, rules: RefresherRules) -> bool:
    return (page.kind == "quiz" and not rules.quiz) or (page.kind == "record" and not rules.record)


def _in_one_language(course: Course, refresher: Refresher, rules: RefresherRules) -> Course:
    own = course.refreshers or rules
    modules = _kept_modules(course, refresher.left_out)
    titles = {module.title for module in modules}
    pages = [page for module in modules for page in module.pages]
    has_quiz = any(page.quiz for page in pages)
    tracking = course.tracking if has_quiz else replace(course.tracking, mastery=None)
    asked = {question.id: question for page in pages for question in page.questions()}
    return replace(
        course,
        title=own.title,
        refresher=refresher,
        cover=course.cover or Cover(about=course.description),
        certificate=own.certificate,
        tracking=tracking,
        modules=tuple(
            replace(
                module,
                lock=_lock(module.lock, refresher.left_out, titles),
                pages=tuple(
                    replace(page, lock=_lock(page.lock, refresher.left_out, titles))
                    for page in module.pages
                ),
            )
            for module in modules
        ),
        questions=tuple(asked[one.id] for one in course.questions if one.id in asked),
        help=tuple(page for page in course.help if page.id not in refresher.left_out),
        translations=tuple(_in_one_language(one, refresher, rules) for one in course.translations),
    )


def _kept_modules(course: Course, left_out: Collection[str]) -> list[Module]:
    kept = []
    for module in course.modules:
        pages = [_kept_page(page, left_out) for page in module.pages if page.id not in left_out]
        if pages:
            kept.append(replace(module, pages=tuple(pages), test_out=None))
    return kept


def _lock(lock: Lock | None, left_out: Collection[str], titles: Collection[str]) -> Lock | None:
    """What a lock waits for among the pages and modules that the refresher has."""
    if lock is None:
        return None
    kept = Lock(
        pages=tuple(page for page in lock.pages if page not in left_out),
        modules=tuple(title for title in lock.modules if title in titles),
        passed=tuple(page for page in lock.passed if page not in left_out),
    )
    return kept if kept.pages or kept.modules or kept.passed else None


def _kept_page(page: Page, left_out: Collection[str]) -> Page:
    """A page whose questions do not refer to pages that are left out."""
    changed = {one.id: without_pages(one, left_out) for one in page.questions()}
    if all(changed[one.id] is one for one in page.questions()):
        return page
    draws = tuple(
        replace(draw, questions=tuple(changed[one.id] for one in draw.questions))
        for draw in page.rules.draws
    )
    return replace(
        page,
        checks=tuple(changed[one.id] for one in page.checks),
        quiz=tuple(changed[one.id] for one in page.quiz),
        rules=replace(page.rules, draws=draws),
    )


def without_pages(question: Question, left_out: Collection[str]) -> Question:
    """The question without references to the pages ``left_out``; itself if it has none."""
    parts: tuple[Question | Option | Item, ...] = (question, *question.options, *question.items)
    if question.source not in left_out and all(_keeps(one.quotation, left_out) for one in parts):
        return question
    return replace(
        question,
        source=None if question.source in left_out else question.source,
        quotation=question.quotation if _keeps(question.quotation, left_out) else None,
        options=tuple(_option(one, left_out) for one in question.options),
        items=tuple(_item(one, left_out) for one in question.items),
    )


def _keeps(quotation: Quotation | None, left_out: Collection[str]) -> bool:
    return quotation is None or quotation.page not in left_out


def _option(option: Option, left_out: Collection[str]) -> Option:
    return option if _keeps(option.quotation, left_out) else replace(option, quotation=None)


def _item(item: Item, left_out: Collection[str]) -> Item:
    return item if _keeps(item.quotation, left_out) else replace(item, quotation=None)


def with_news(
    course: Course, news: Mapping[str, Mapping[str, PageNews]], answers: Sequence[str]
) -> Course:
    """The refresher ``course`` with what is new, in all its languages. ``news`` has the pages that
    must be read by the tag of each language, ``answers`` the ids of the questions whose right
    answer has changed."""
    assert course.refresher
    found = replace(course.refresher, news=news[course.language], answers=tuple(answers))
    return replace(
        course,
        refresher=found,
        translations=tuple(with_news(one, news, answers) for one in course.translations),
    )


def with_asked_again(course: Course, whole: Course) -> Course:
    """The refresher ``course``, in all its languages, with a first page that asks each question
    whose right answer has changed, unless a page that must be read asks it for practice.

    ``whole`` is the course that the refresher is made of. Quizzes and test-outs may draw other
    questions, or be left out, so that they do not count.
    """
    assert course.refresher
    news = course.refresher.news
    practised = {one.id for page in course.pages if page.id in news for one in page.checks}
    names = [name for name in course.refresher.answers if name not in practised]
    return _asking(course, whole, names) if names else course


def _asking(course: Course, whole: Course, names: Sequence[str]) -> Course:
    assert course.refresher
    known = {one.id: without_pages(one, course.refresher.left_out) for one in whole.questions}
    known |= {one.id: one for one in course.questions}
    page = Page(
        path=FILE,
        id=ASKED_AGAIN,
        key=keys.key("page", ASKED_AGAIN),
        title=course.texts["page.news-asked"],
        revision=1,
        kind="page",
        minutes=len(names),
        document=Document(tuple(Directive("check", name, 1, 1, ()) for name in names)),
        checks=tuple(known[name] for name in names),
        quiz=(),
        record=(),
    )
    asked = {*names, *(one.id for one in course.questions)}
    news = {page.id: PageNews("again", answers=len(names)), **course.refresher.news}
    others = zip(course.translations, whole.translations, strict=True)
    return replace(
        course,
        refresher=replace(course.refresher, news=news),
        modules=(Module("", (page,)), *course.modules),
        questions=tuple(known[one.id] for one in whole.questions if one.id in asked),
        translations=tuple(_asking(one, its_whole, names) for one, its_whole in others),
    )


@immutable
class Untested:
    """A module of a refresher without a test-out: its title, why it has none, and the titles of its
    pages on which nothing is new."""

    title: str
    reason: Literal["new", "questions"]
    pages: tuple[str, ...]


def with_test_outs(
    course: Course, whole: Course, count: int
) -> tuple[Course, tuple[Untested, ...]]:
    """The refresher ``course`` with a test-out of each module in which something is not new, and
    the modules without one.

    ``whole`` is the course that the refresher is made of. A test-out that the author has written
    keeps its rules; any other asks ``count`` questions about the pages that it replaces. Questions
    that the refresher asks elsewhere, in quizzes or because their right answer has changed, are
    used only if there are too few others.
    """
    assert course.refresher
    news = course.refresher.news
    elsewhere = {one.id for page in course.pages for one in page.quiz}
    elsewhere |= {*course.refresher.answers}
    of_author = {page.id: module.test_out for module in whole.modules for page in module.pages}
    untested = []
    tests: dict[str, TestOut] = {}
    for module in course.modules:
        own = of_author[_first_id(module)]
        must_read = {*news, *(own.always if own else ())}
        always = tuple(
            page.id for page in module.pages if page.kind != "page" or page.id in must_read
        )
        test = own or _made(module, always, whole, elsewhere, count)
        others = tuple(page.title for page in module.pages if page.id not in news)
        if len(always) == len(module.pages):
            untested.append(Untested(module.title, "new", others))
        elif test:
            tests[_first_id(module)] = replace(test, always=always)
        else:
            untested.append(Untested(module.title, "questions", others))
    return _tested(course, whole, tests), tuple(untested)


def _made(
    module: Module, always: Collection[str], whole: Course, elsewhere: Collection[str], count: int
) -> TestOut | None:
    """A test-out that asks ``count`` questions about the pages of a module that are not ``always``
    read; ``None`` if there are too few."""
    covered = {page.id for page in module.pages if page.id not in always}
    matching = [one for one in whole.questions if one.scored and one.source in covered]
    spare = [one for one in matching if one.id not in elsewhere]
    pool = spare if len(spare) >= count else matching
    if len(pool) < count:
        return None
    return TestOut((Draw(count, tuple(pool)),), whole.tracking.pass_mark, TRIES)


def _first_id(module: Module) -> str:
    """The id of a module's first page, which no other module has and every language has."""
    return module.pages[0].id


def _tested(course: Course, whole: Course, tests: Mapping[str, TestOut]) -> Course:
    """The refresher with these test-outs, by the id of the first page of their module, and with
    their questions in its language, which is that of ``whole``."""
    assert course.refresher
    left_out = course.refresher.left_out
    known = {one.id: without_pages(one, left_out) for one in whole.questions}
    known |= {one.id: one for one in course.questions}
    modules = []
    asked = {one.id for one in course.questions}
    for module in course.modules:
        test = tests.get(_first_id(module))
        if test:
            draws = tuple(
                replace(draw, questions=tuple(known[one.id] for one in draw.questions))
                for draw in test.draws
            )
            asked |= {one.id for draw in draws for one in draw.questions}
            test = replace(test, draws=draws)
        modules.append(replace(module, test_out=test))
    others = zip(course.translations, whole.translations, strict=True)
    return replace(
        course,
        modules=tuple(modules),
        questions=tuple(known[one.id] for one in whole.questions if one.id in asked),
        translations=tuple(_tested(one, its_whole, tests) for one, its_whole in others),
    )


def with_worst_state(course: Course) -> tuple[Course, state.Worst]:
    """The refresher with the maximum length of its saved state over all its languages."""
    worst = state.worst(course)
    translations = tuple(replace(one, worst_state=worst.size) for one in course.translations)
    return replace(course, worst_state=worst.size, translations=translations), worst


@immutable
class Effort:
    """What a course asks of a trainee: its pages, the questions that the test-outs of a refresher
    ask, and minutes. It is the one source of these numbers for covers and reports.

    The minutes are those of all pages; in a refresher those of a trainee who passes every test-out:
    of the pages that no test-out replaces, and one for each question of a test-out.
    """

    pages: int
    questions: int
    minutes: int


def effort(course: Course) -> Effort:
    """What a course or refresher asks of a trainee."""
    asked = minutes = 0
    for module in course.modules:
        test = module.test_out if course.refresher else None
        asked += count_questions(test) if test else 0
        own = [page for page in module.pages if page.kind != "test-out"]
        minutes += sum(page.minutes for page in own if not test or page.id in test.always)
    return Effort(len(course.own_pages), asked, minutes + asked)
