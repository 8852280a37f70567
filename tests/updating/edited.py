"""Outlines of a small course before and after an edit."""

from dataclasses import replace
from typing import Any

from builder import updating
from builder.course.keys import former, key
from builder.course.model import Course
from builder.package.artifacts import OUTLINE
from builder.package.outline import Page, Question
from builder.package.plan import plan
from builder.package.render import render
from builder.updating import Comparison, Outline
from tests.support.courses import COURSE


def outline(course: Course) -> Outline:
    [member] = [one for one in render(plan(course)) if one.name == OUTLINE]
    return updating.parse(member.read())


OLD = outline(COURSE)
FIRST, SECOND, QUIZ, RECORD = OLD.pages
QUOTED, SEVERAL = OLD.questions


def pages(*new: Page, old: Outline = OLD, **fields: Any) -> Outline:
    """The course with these pages in place of its own, all in one module."""
    [module] = old.modules
    module = replace(module, pages=tuple(page.id for page in new))
    return replace(old, pages=new, modules=(module,), **fields)


def page(one: Page, old: Outline = OLD, **fields: Any) -> Outline:
    """The course with something changed in one page."""
    changed = replace(one, **fields)
    return pages(*(changed if each == one else each for each in old.pages), old=old)


def question(one: Question, **fields: Any) -> Outline:
    """The course with something changed in one question."""
    changed = replace(one, **fields)
    return replace(OLD, questions=tuple(changed if q == one else q for q in OLD.questions))


def rules(**fields: Any) -> Outline:
    assert QUIZ.rules
    return page(QUIZ, rules=replace(QUIZ.rules, **fields))


def tracking(**fields: Any) -> Outline:
    return replace(OLD, tracking=replace(OLD.tracking, **fields))


def named(kind: Any, identifier: str, revision: int = 1, was: tuple[str, ...] = ()) -> dict:
    """The id, key and former keys of something."""
    return {
        "id": identifier,
        "key": key(kind, identifier, revision),
        "former": former(kind, identifier, revision, was),
        **({} if kind == "record" else {"revision": revision}),
    }


def changed_items(found: Comparison) -> list[tuple[str, ...]]:
    """Everything that has changed: id, fate, why, the id before, and the notes of each thing."""
    return [
        (one.id, one.fate, *filter(None, (one.why, one.was and f"was {one.was}")), *one.notes)
        for one in found.changes
        if one.fate != "kept" or one.was or one.notes
    ]


def odd(found: Comparison) -> list[tuple[str, str]]:
    return [(one.code, one.id) for one in found.suspicions]
