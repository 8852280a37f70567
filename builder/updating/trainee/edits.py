"""Adapts a trainee's saved state to a course that its author has edited (the player's
``state/edits.ts``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import TypeVar

from builder.course.keys import Former
from builder.course.state import State
from builder.package.outline import Outline, Page
from builder.updating.trainee.asked import is_read
from builder.updating.trainee.course import Course
from builder.updating.trainee.private_words import forget_words
from builder.updating.trainee.tracking import COMPLETED

_Kept = TypeVar("_Kept")


def carry_over(course: Course, state: State) -> State:
    """Return the state in which everything that is saved under the keys of earlier ids is also
    saved under the present keys.

    Drops typed answers that the course no longer keeps.
    """
    visited = dict.fromkeys(state.visited)
    checks, records = dict(state.checks), dict(state.records)
    quizzes = {}
    for name, quiz in state.quizzes.items():
        answers = dict(quiz.answers)
        _carry(answers, course)
        quizzes[name] = replace(quiz, answers=answers)
    _carry(visited, course)
    _carry(checks, course)
    _carry(records, course)
    _carry(quizzes, course)
    for key in course.private:
        forget_words(checks, quizzes, key)
    return replace(
        state,
        visited=frozenset(visited),
        checks=checks,
        quizzes=quizzes,
        records=records,
        bookmark=_follow_bookmark(state.bookmark, course),
    )


def _carry(section: dict[str, _Kept], course: Course) -> None:
    """Copy what a section of the state has under former keys to the keys that replaced them, in the
    player's order."""
    todo = [heir for key in section for heir in course.successors.get(key, ())]
    heapify(todo)
    while todo:
        at, key = heappop(todo)
        if key not in section:
            section[key] = next(section[old] for old in course.former[key].same if old in section)
            # The player goes through all successors only once, in order, so skip earlier ones.
            for later in course.successors.get(key, ()):
                if later[0] > at:
                    heappush(todo, later)


def _follow_bookmark(bookmark: str, course: Course) -> str:
    last = -1
    while after := [heir for heir in course.successors.get(bookmark, ()) if heir[0] > last]:
        last, bookmark = min(after)
    return bookmark


def has_changed(key: str, former: Former, section: Mapping[str, object] | frozenset[str]) -> bool:
    """Whether a section of the state has an entry for an earlier revision of an item, but none for
    the item's present ``key``. ``former`` are the item's earlier keys."""
    return key not in section and any(key in section for key in former.changed)


def not_seen(outline: Outline, state: State) -> tuple[Page, ...]:
    """The pages that a trainee who returns to an edited course may not have seen.

    These are the pages with a new revision, and unread pages before the last page that the trainee
    has read: they are new, or the trainee skipped them. For a trainee who has finished, all unread
    pages.
    """
    pages = outline.pages
    read = [is_read(page, state) for page in pages]
    if state.status in COMPLETED:
        last = len(pages)
    else:
        last = max((at for at, seen in enumerate(read) if seen), default=-1)
    return tuple(
        page
        for at, page in enumerate(pages)
        if not page.covers
        and not read[at]
        and (at < last or has_changed(page.key, page.former, state.visited))
    )
