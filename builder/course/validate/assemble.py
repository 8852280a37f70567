"""Makes the model of a course from its material; leaves out what rules have reported as wrong."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import fields
from itertools import groupby

from builder.base.cache import NO_CACHE, Cache
from builder.course import keys
from builder.course.approvals import format_code
from builder.course.model import (
    Course,
    Draw,
    Lock,
    Module,
    Page,
    QuickExit,
    QuizRules,
    Reference,
    TestOut,
    Tracking,
)
from builder.course.questions import Question
from builder.course.validate.locks import module_titles
from builder.course.validate.material import LockItem, Material, PageItem, Tested
from builder.course.validate.quizzes import mastery
from builder.course.validate.shapes import QuizShape


def assemble(material: Material, cache: Cache = NO_CACHE) -> Course:
    """Make the model of a course from its material; complete only if the material has no errors.

    Does not set whether the course is a draft and who approved its parts. An unchanged page is the
    same object as in the last call with the same ``cache``.
    """
    shape = material.course
    ids = {path: page.id for path, page in material.pages.items()}
    titles = module_titles(material)
    locks = {entry.path: entry.lock for entry in material.entries()}
    pages = {
        path: _cached_page(page, material, _lock(locks[path], ids, titles), cache)
        for path, page in material.pages.items()
    }
    return Course(
        id=shape.id,
        title=shape.title,
        version=shape.version,
        language=shape.language,
        description=shape.description,
        keywords=shape.keywords,
        owner=shape.owner,
        reviewed_on=shape.reviewed_on,
        review_by=shape.review_by,
        rights=shape.rights,
        reminder=shape.reminder,
        refresh_every=shape.refresh_every or "",
        refreshers=material.refreshers,
        modules=_modules(material, pages, ids),
        questions=tuple(item.question for item in material.asked.values()),
        variables=material.variables,
        references={
            reference.url: Reference(
                reference.url, reference.current, reference.checked_on, reference.organisation
            )
            for reference in shape.references
        },
        tracking=_tracking(material),
        media=material.sources.media,
        captions=material.sources.captions,
        interface=material.interface,
        draft=False,
        show_names=shape.approvals.show_names,
        theme=material.theme,
        typography=shape.typography,
        trainee_names=shape.trainee_names,
        cover=material.cover,
        certificate=material.certificate,
        help=tuple(pages[path] for path in material.help_pages if path in pages),
        quick_exit=QuickExit(shape.quick_exit.url) if shape.quick_exit else None,
    )


def _tracking(material: Material) -> Tracking:
    # The keys under tracking: in course.yaml have the same names as the fields of Tracking.
    written = {part.name: getattr(material.course.tracking, part.name) for part in fields(Tracking)}
    return Tracking(**written | {"mastery": mastery(material)})


def _modules(
    material: Material, pages: Mapping[str, Page], ids: Mapping[str, str]
) -> tuple[Module, ...]:
    # Consecutive pages outside any module form one group without a title.
    tests = {one.module.place.at: _test_out(one, material) for one in material.tests}
    listed = enumerate(material.modules)
    modules = []
    for _, group in groupby(listed, key=lambda pair: pair[0] if pair[1].title else -1):
        items = [item for _, item in group]
        names = [entry.path for item in items for entry in item.entries]
        members = tuple(pages[name] for name in names if name in pages)
        item = items[0]
        named = item.id if item.title else ""
        lock = _lock(item.lock, ids, module_titles(material))
        test = tests.get(item.place.at)
        modules.append(Module(item.title, members, lock, named, test))
    return tuple(modules)


def _test_out(tested: Tested, material: Material) -> TestOut:
    shape = tested.shape
    mark = material.course.tracking.pass_mark if shape.pass_mark is None else shape.pass_mark
    pool = tuple(item.question for item in tested.pool)
    must_read = (
        page.id for page in tested.pages if page.shape.kind != "page" or page.path in tested.always
    )
    return TestOut((Draw(shape.count, pool),), mark, shape.attempts, tuple(must_read))


def _lock(lock: LockItem | None, ids: Mapping[str, str], titles: Mapping[str, str]) -> Lock | None:
    if lock is None:
        return None
    return Lock(
        pages=tuple(ids[name.path] for name in lock.done if name.path in ids),
        modules=tuple(
            titles.get(name.name, name.name) for name in lock.done if name.path not in ids
        ),
        passed=tuple(ids[name.path] for name in lock.passed if name.path in ids),
    )


def _cached_page(page: PageItem, material: Material, lock: Lock | None, cache: Cache) -> Page:
    by_id = material.by_id
    checks = tuple(
        by_id[check.argument].question for check in page.checks() if check.argument in by_id
    )
    quiz = tuple(by_id[name].question for name in material.quizzed_on(page) if name in by_id)
    pools = tuple(tuple(item.question for item in pool) for pool in material.pools[page.path])
    given = (page, lock, checks, quiz, pools)
    return cache.get_or_compute(("assembled", page.path), given, lambda: _page(*given))


def _page(
    page: PageItem,
    lock: Lock | None,
    checks: tuple[Question, ...],
    quiz: tuple[Question, ...],
    pools: tuple[tuple[Question, ...], ...],
) -> Page:
    return Page(
        path=page.path,
        id=page.id,
        key=keys.key("page", page.id, page.shape.revision),
        title=page.shape.title,
        revision=page.shape.revision,
        kind=page.shape.kind,
        minutes=page.shape.minutes,
        document=page.document,
        checks=checks,
        quiz=quiz,
        record=page.record,
        signature=page.shape.signature,
        shown_by_test=page.shape.shown_by_test,
        lock=lock,
        rules=_rules(page, pools),
        former=keys.former("page", page.id, page.shape.revision, page.shape.was),
        was=page.shape.was,
        scenario=page.scenario,
        minor=tuple(map(format_code, page.shape.minor)),
    )


@functools.cache
def _no_quiz() -> QuizShape:
    return QuizShape()


def _rules(page: PageItem, pools: tuple[tuple[Question, ...], ...]) -> QuizRules:
    shape = page.shape.quiz or _no_quiz()
    return QuizRules(
        draws=tuple(Draw(draw.count, pool) for draw, pool in zip(shape.draw, pools, strict=True)),
        shuffle_questions=shape.shuffle_questions,
        shuffle_options=shape.shuffle_options,
        feedback=shape.feedback,
        retake=shape.retake,
        attempts=shape.attempts,
        pass_mark=shape.pass_mark,
        keep=shape.keep,
        weight=shape.weight,
    )
