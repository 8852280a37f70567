"""Computes a trainee's progress in a course from the saved state alone (the player's
``state/progress.ts``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal, get_args

from builder.course.scenarios.model import Quality
from builder.course.state import BEST_LIMIT, RecordState, State
from builder.package.outline import Page, Scenario
from builder.updating.trainee.asked import is_read
from builder.updating.trainee.course import Course
from builder.updating.trainee.edits import has_changed
from builder.updating.trainee.locks import Gate
from builder.updating.trainee.tracking import COMPLETED, QuizStanding, Standing

PageStatus = Literal[
    "not_started",
    "changed",
    "visited",
    "shown",
    "optional",
    "no_attempts",
    "started",
    "done",
    "quiz_passed",
    "quiz_not_passed",
]
"""The status of a page, as the course's list of contents shows it."""

_JS_WHITE_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""Characters that JavaScript's ``trim`` removes at both ends of a text."""


def attempts_limit(page: Page) -> int:
    """How many attempts at a quiz count, or walks through a scenario; 0 without a limit."""
    if page.scenario:
        return page.scenario.limit
    return page.rules.attempts if page.rules else 0


def attempts_left(page: Page, state: State) -> float:
    """The number of attempts that still count, without the current one; infinity without a
    limit."""
    limit = attempts_limit(page)
    quiz = state.quizzes.get(page.key)
    return max(limit - (quiz.attempts if quiz else 0), 0) if limit else float("inf")


def counts(page: Page, state: State) -> bool:
    """Whether an attempt is open that counts. A walk beyond the limit is practice, but the first
    one to an ending always counts."""
    quiz = state.quizzes.get(page.key)
    if quiz is None or not quiz.open:
        return False
    limit = attempts_limit(page) if page.scenario and quiz.best is not None else 0
    return not limit or quiz.attempts <= limit


def can_rise(page: Page, state: State) -> bool:
    """Whether the score of a quiz or a scenario can rise in this attempt or another one."""
    best = kept_score(page, state)
    if page.scenario and best is None:
        return True
    return best != BEST_LIMIT and (counts(page, state) or attempts_left(page, state) > 0)


def kept_score(page: Page, state: State) -> int | None:
    """The score that counts for a quiz page, in hundredths of a percent; ``None`` before the first
    finished attempt."""
    quiz = state.quizzes.get(page.key)
    return quiz.best if quiz else None


def quiz_passed(page: Page, state: State) -> bool:
    """Whether the score that counts for a quiz page reaches the quiz's pass mark."""
    score = kept_score(page, state)
    return score is not None and page.rules is not None and score >= page.rules.pass_mark * 100


def item_done(item: RecordState | None) -> bool:
    """Whether a saved record item has both an answer and a date."""
    return bool(item and item.text.strip(_JS_WHITE_SPACE) and item.date)


def page_done(page: Page, state: State) -> bool:
    """Whether a page is done: visited or shown by a test-out, its record filled in, its quiz taken
    at least once, or an ending of its scenario reached that completes it. A test-out is never
    something to do."""
    if page.covers:
        return True
    if page.kind == "quiz" and page.quiz:
        return kept_score(page, state) is not None
    if page.kind == "record" and page.record:
        return all(item_done(state.records.get(item.key)) for item in page.record)
    if page.scenario:
        return any(key in state.checks for key in _ends(page.scenario))
    return is_read(page, state)


def _ends(scenario: Scenario) -> Iterator[str]:
    """Yield the keys of the scenes with an ending that completes a scenario."""
    wanted = ("good",) if scenario.complete == "good" else get_args(Quality)
    return (scene.key for scene in scenario.scenes if scene.ending in wanted)


def gate_open(gate: Gate, state: State) -> bool:
    """Whether a gate (a condition of a lock) is met: all its pages are done, or their quizzes
    passed if the gate requires that."""
    passing = gate.until == "passed"
    return all(
        quiz_passed(page, state) if passing and page.quiz else page_done(page, state)
        for page in gate.pages
    )


def gate_lost(gate: Gate, state: State) -> bool:
    """Whether a gate can never open, because it requires a pass in a quiz that is not passed and
    has neither attempts left nor an unfinished attempt."""
    return gate.until == "passed" and any(
        page.quiz
        and not quiz_passed(page, state)
        and not _has_open_attempt(page, state)
        and not attempts_left(page, state)
        for page in gate.pages
    )


def _has_open_attempt(page: Page, state: State) -> bool:
    quiz = state.quizzes.get(page.key)
    return quiz is not None and quiz.open


def page_status(page: Page, state: State) -> PageStatus:
    """The status of a page, as the course's list of contents shows it."""
    if page.kind == "quiz" and page.quiz:
        return _quiz_status(page, state)
    if page.kind == "record" and page.record:
        items = [state.records.get(item.key) for item in page.record]
        if all(map(item_done, items)):
            return "done"
        some = any(item and (item.text or item.date) for item in items)
        return "started" if some else "not_started"
    if page.scenario:
        if page_done(page, state):
            return "done"
        begun = page.key in state.quizzes
        return "started" if begun else _changed_or_not_started(page, state.quizzes)
    if page.covers:
        return _test_status(page, state)
    if page.key in state.visited:
        return "visited"
    return "shown" if is_read(page, state) else _changed_or_not_started(page, state.visited)


def _test_status(page: Page, state: State) -> PageStatus:
    """The status of a test-out. Nobody has to take it, so it is never failed."""
    if _has_open_attempt(page, state):
        return "started"
    if quiz_passed(page, state):
        return "quiz_passed"
    return "optional" if attempts_left(page, state) else "no_attempts"


def _quiz_status(page: Page, state: State) -> PageStatus:
    quiz = state.quizzes.get(page.key)
    if not quiz:
        return _changed_or_not_started(page, state.quizzes)
    if quiz.best is None or quiz.open:
        return "started"
    assert page.rules
    if not page.rules.alone or not page.rules.pass_mark:
        return "done"
    return "quiz_passed" if quiz_passed(page, state) else "quiz_not_passed"


def _changed_or_not_started(
    page: Page, section: Mapping[str, object] | frozenset[str]
) -> PageStatus:
    return "changed" if has_changed(page.key, page.former, section) else "not_started"


class Progress:
    """A trainee's progress in a course. Evaluates each gate (a condition of a lock) only once,
    since many pages share it."""

    def __init__(self, course: Course, state: State) -> None:
        self.course = course
        self.state = state
        self._gates: dict[Gate, bool] = {}

    def missing(self, page: Page) -> tuple[Gate, ...]:
        """The gates that still lock a page; empty if the trainee can open the page."""
        waits = self.course.gates_by_page.get(page.id, ())
        if not waits or is_read(page, self.state) or self.state.status in COMPLETED:
            return ()
        return tuple(gate for gate in waits if not self._is_open(gate))

    def _is_open(self, gate: Gate) -> bool:
        if gate not in self._gates:
            self._gates[gate] = gate_open(gate, self.state)
        return self._gates[gate]

    def page_shut(self, page: Page) -> bool:
        """Whether a page can never open, because it waits for a quiz without attempts left."""
        return page.id in self._blocked_pages

    @cached_property
    def _blocked_pages(self) -> frozenset[str]:
        """The ids of the pages that can never open, because they wait, directly or indirectly, for
        a quiz without attempts left."""
        gates_by_page: dict[str, list[Gate]] = {}
        pages_by_gate: dict[Gate, list[str]] = {}
        for page in self.course.locked_pages:
            for gate in self.missing(page):
                pages_by_gate.setdefault(gate, []).append(page.id)
        for gate in pages_by_gate:
            for page in gate.pages:
                gates_by_page.setdefault(page.id, []).append(gate)
        todo = [gate for gate in pages_by_gate if gate_lost(gate, self.state)]
        blocked: set[str] = set()
        while todo:
            for name in pages_by_gate.pop(todo.pop(), ()):
                if name not in blocked:
                    blocked.add(name)
                    todo += gates_by_page.get(name, ())
        return frozenset(blocked)

    def measure(self) -> Standing:
        """Count the pages that are left to do, and collect the result of each quiz."""
        return Standing(left=self._count_left(), quizzes=self._quiz_standings())

    def _count_left(self) -> int:
        course, state = self.course, self.state
        unread = () if course.tracked_keys <= state.visited else course.tracked
        left = {page.id for page in unread if not is_read(page, state)}
        left |= {page.id for page in course.tasks if page_status(page, state) != "done"}
        return len(left - self._blocked_pages) if left else 0

    def _quiz_standings(self) -> tuple[QuizStanding, ...]:
        return tuple(map(self._standing, self.course.scored))

    def _standing(self, page: Page) -> QuizStanding:
        rules = page.rules or page.scenario
        assert rules
        assert rules.weight
        return QuizStanding(
            page.key,
            score=kept_score(page, self.state),
            weight=rules.weight,
            alone=page.rules is not None and page.rules.alone,
            passed=quiz_passed(page, self.state),
            open=can_rise(page, self.state) and not self.page_shut(page),
        )
