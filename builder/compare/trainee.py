"""What a trainee's saved state means in a course: what the player would make of it.

The same rules as the player's, in its own words: ``templates/player/state/edits.js`` (what an edit
means), ``locks.js``, ``progress.js`` (how far a trainee is) and ``tracking.js`` (what the LMS is
told). A test shows that they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Literal, TypeVar

from builder.compare.answers import PRIVATE
from builder.keys import Former
from builder.model import Tracking
from builder.outline import Outline, Page, Rules
from builder.state import BEST_LIMIT, CheckState, QuizState, RecordState, State, Status

Word = Literal[
    "not_started", "changed", "visited", "started", "done", "quiz_passed", "quiz_not_passed"
]
"""The word for a page in the contents."""

_RANK: dict[Status, int] = {"incomplete": 1, "failed": 2, "completed": 3, "passed": 4}
_SPACES = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What the player takes for nothing at the ends of a text."""
_FINISHED = ("completed", "passed")
_Kept = TypeVar("_Kept")


def higher(status: Status, other: Status) -> Status:
    """The higher of two statuses: none is ever lowered."""
    return other if _RANK[other] > _RANK[status] else status


@dataclass(frozen=True)
class Course:
    """An outline with what the rules look up in it."""

    outline: Outline

    @cached_property
    def former(self) -> dict[str, Former]:
        """The former keys of everything that has any, by its key."""
        by_key: dict[str, Former] = {}
        questions = {question.id: question for question in self.outline.questions}
        for page in self.outline.pages:
            by_key[page.key] = page.former
            asked = (questions[name] for name in (*page.checks, *page.quiz))
            by_key |= {question.key: question.former for question in asked}
            by_key |= {item.key: item.former for item in page.record}
        return {key: former for key, former in by_key.items() if former}

    @cached_property
    def private(self) -> tuple[str, ...]:
        """The keys of questions of whose answers not a word is kept, former ones too."""
        return tuple(
            key
            for question in self.outline.questions
            if question.answer.get("kept") is False
            for key in (question.key, *question.former.same, *question.former.changed)
        )

    @cached_property
    def successors(self) -> dict[str, list[tuple[int, str]]]:
        """For each former key the keys that take over what was kept under it, each with its place
        in the order in which the player does that."""
        successors: dict[str, list[tuple[int, str]]] = {}
        for at, (key, former) in enumerate(self.former.items()):
            for old in former.same:
                successors.setdefault(old, []).append((at, key))
        return successors

    @cached_property
    def tracked(self) -> tuple[Page, ...]:
        """The pages that have to be visited."""
        pages = self.outline.pages
        if self.outline.tracking.pages == "all":
            return pages
        # With nothing else to go by, a course is done when its last page has been shown.
        return () if any(page.quiz or page.record for page in pages) else pages[-1:]

    @cached_property
    def tracked_keys(self) -> frozenset[str]:
        """The keys of the pages that have to be visited."""
        return frozenset(page.key for page in self.tracked)

    @cached_property
    def quizzes(self) -> tuple[tuple[Page, Rules], ...]:
        """The quizzes, each with its rules."""
        return tuple((page, page.rules) for page in self.outline.pages if page.quiz and page.rules)

    @cached_property
    def records(self) -> tuple[Page, ...]:
        """The pages with a record."""
        return tuple(page for page in self.outline.pages if page.record)

    @cached_property
    def keeps_last(self) -> bool:
        """Whether a quiz keeps its last score, so that a score can become lower."""
        rules = (page.rules for page in self.outline.pages)
        return any(rule.keep == "last" for rule in rules if rule)

    @cached_property
    def waiting(self) -> tuple[Page, ...]:
        """The pages that have gates."""
        return tuple(page for page in self.outline.pages if page.id in self.waits)

    @cached_property
    def waits(self) -> dict[str, tuple[Gate, ...]]:
        """The gates of each page that has any, by its id; those of its module first."""
        by_id = {page.id: page for page in self.outline.pages}
        members: dict[str, list[Page]] = {}
        for module in self.outline.modules:
            members.setdefault(module.title, []).extend(by_id[page] for page in module.pages)
        modules = {title: Gate(tuple(pages), "done") for title, pages in members.items()}

        def gates(lock: Mapping[str, tuple[str, ...]]) -> Iterator[Gate]:
            yield from (Gate((by_id[name],), "done") for name in lock.get("pages", ()))
            yield from (modules[title] for title in lock.get("modules", ()))
            yield from (Gate((by_id[name],), "passed") for name in lock.get("passed", ()))

        by_page = {}
        for module in self.outline.modules:
            shared = tuple(gates(module.lock))
            for page_id in module.pages:
                if waits := (*shared, *gates(by_id[page_id].lock)):
                    by_page[page_id] = waits
        return by_page


@dataclass(frozen=True, eq=False)
class Gate:
    """Opens once all ``pages`` are done; ``until`` passed: once every quiz among them is."""

    pages: tuple[Page, ...]
    until: Literal["done", "passed"]


@dataclass(frozen=True, slots=True)
class Quiz:
    """How a quiz page stands: the score that counts (hundredths of a percent, ``None`` before the
    first), whether its pass mark is reached, whether another attempt could still raise it."""

    page: Page
    score: int | None
    weight: float
    alone: bool
    passed: bool
    open: bool


def carried(course: Course, state: State) -> State:
    """The state with what was kept under former ids under those of now as well, and without words
    that the course keeps no longer."""
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
        _forget_words(checks, quizzes, key)
    return replace(
        state,
        visited=frozenset(visited),
        checks=checks,
        quizzes=quizzes,
        records=records,
        bookmark=_followed(state.bookmark, course),
    )


def _carry(section: dict[str, _Kept], course: Course) -> None:
    """Give what is kept under former keys to their successors, in the player's order."""
    todo = [heir for key in section for heir in course.successors.get(key, ())]
    heapify(todo)
    while todo:
        at, key = heappop(todo)
        if key not in section:
            section[key] = next(section[old] for old in course.former[key].same if old in section)
            # The player goes through all of them once.
            for later in course.successors.get(key, ()):
                if later[0] > at:
                    heappush(todo, later)


def _followed(bookmark: str, course: Course) -> str:
    last = -1
    while after := [heir for heir in course.successors.get(bookmark, ()) if heir[0] > last]:
        last, bookmark = min(after)
    return bookmark


def _forget_words(checks: dict[str, CheckState], quizzes: dict[str, QuizState], key: str) -> None:
    """What was typed and not handed in goes whole."""
    check = checks.get(key)
    if check and check.response:
        checks[key] = replace(check, response=PRIVATE)
        if not check.tries and check.response != PRIVATE:
            del checks[key]
    for name, quiz in quizzes.items():
        if quiz.answers.get(key):
            quizzes[name] = replace(quiz, answers={**quiz.answers, key: PRIVATE})


def has_changed(key: str, former: Former, section: Mapping[str, object] | frozenset[str]) -> bool:
    """Whether a section has an earlier revision of something, and not what it is now."""
    return key not in section and any(key in section for key in former.changed)


@dataclass(frozen=True)
class Trainee:
    """A trainee in a course: ``state`` is what was saved, carried over."""

    course: Course
    state: State

    def not_seen(self) -> tuple[Page, ...]:
        """What the notice of a changed course lists: pages that have changed, and those before the
        last one read (for who has finished: before the end) that have not been read."""
        pages = self.course.outline.pages
        read = [page.key in self.state.visited for page in pages]
        last = (
            len(pages)
            if self.finished
            else max((at for at, seen in enumerate(read) if seen), default=-1)
        )
        return tuple(
            page
            for at, page in enumerate(pages)
            if not read[at]
            and (at < last or has_changed(page.key, page.former, self.state.visited))
        )

    @property
    def notified(self) -> bool:
        """Whether the player says that the course has changed."""
        return bool(self.state.edition) and self.state.edition != self.course.outline.edition

    @property
    def finished(self) -> bool:
        """Whether the course was completed or passed."""
        return self.state.status in _FINISHED

    def resume_page(self, location: str = "") -> Page | None:
        """The page that “Resume” leads to; ``None`` where the course begins with its first page.
        ``location`` is the LMS's ``cmi.core.lesson_location``."""
        pages = self.course.outline.pages
        page = next((page for page in pages if page.key == self.state.bookmark), None)
        page = page or next((page for page in pages if page.id == location), None)
        if page is None and self.state.visited:
            unread = (page for page in pages if page.key not in self.state.visited)
            page = next((page for page in unread if not self.missing(page)), None)
        return page if page is not pages[0] else None

    def opened(self) -> Trainee:
        """The trainee when the course is open: its first page is on view, and the bookmark there
        unless there was somewhere to resume."""
        first = self.course.outline.pages[0]
        state = replace(self.state, visited=self.state.visited | {first.key})
        return replace(self, state=state)

    # Pages

    def word(self, page: Page) -> Word:
        """The word for a page in the contents."""
        if page.kind == "quiz" and page.quiz:
            return self._quiz_word(page)
        if page.kind == "record" and page.record:
            items = [self.state.records.get(item.key) for item in page.record]
            if all(map(_item_done, items)):
                return "done"
            some = any(item and (item.text or item.date) for item in items)
            return "started" if some else "not_started"
        if page.key in self.state.visited:
            return "visited"
        return self._not_yet(page, self.state.visited)

    def _not_yet(self, page: Page, section: Mapping[str, object] | frozenset[str]) -> Word:
        return "changed" if has_changed(page.key, page.former, section) else "not_started"

    def _quiz_word(self, page: Page) -> Word:
        quiz = self.state.quizzes.get(page.key)
        if not quiz:
            return self._not_yet(page, self.state.quizzes)
        if quiz.best is None or quiz.open:
            return "started"
        assert page.rules
        if not page.rules.alone or not page.rules.pass_mark:
            return "done"
        return "quiz_passed" if self._passed(page) else "quiz_not_passed"

    def done(self, page: Page) -> bool:
        """Whether a page was once done: visited, its record filled in, its quiz taken."""
        if page.kind == "quiz" and page.quiz:
            return self._score(page) is not None
        if page.kind == "record" and page.record:
            return all(_item_done(self.state.records.get(item.key)) for item in page.record)
        return page.key in self.state.visited

    def _score(self, page: Page) -> int | None:
        quiz = self.state.quizzes.get(page.key)
        return quiz.best if quiz else None

    def _passed(self, page: Page) -> bool:
        score = self._score(page)
        return score is not None and page.rules is not None and score >= page.rules.pass_mark * 100

    def attempts_left(self, page: Page) -> float:
        """Attempts that a quiz page still allows; infinity without a limit."""
        limit = page.rules.attempts if page.rules else 0
        quiz = self.state.quizzes.get(page.key)
        return max(limit - (quiz.attempts if quiz else 0), 0) if limit else float("inf")

    # Locks

    def missing(self, page: Page) -> tuple[Gate, ...]:
        """The gates of a page that are not open; none for a page that is."""
        waits = self.course.waits.get(page.id, ())
        if not waits or page.key in self.state.visited or self.finished:
            return ()
        return tuple(gate for gate in waits if not self._is_open(gate))

    @cached_property
    def _gates(self) -> dict[Gate, bool]:
        """Which gates are open, as far as anybody has asked: many pages wait at one."""
        return {}

    def _is_open(self, gate: Gate) -> bool:
        if gate not in self._gates:
            self._gates[gate] = all(self.opens(gate, page) for page in gate.pages)
        return self._gates[gate]

    def opens(self, gate: Gate, page: Page) -> bool:
        """Whether a page does its part to open a gate."""
        return self._passed(page) if gate.until == "passed" and page.quiz else self.done(page)

    def _is_lost(self, gate: Gate) -> bool:
        return gate.until == "passed" and any(
            page.quiz
            and not self._passed(page)
            and not self._under_way(page)
            and not self.attempts_left(page)
            for page in gate.pages
        )

    def _under_way(self, page: Page) -> bool:
        quiz = self.state.quizzes.get(page.key)
        return quiz is not None and quiz.open

    def shut(self, page: Page) -> bool:
        """Whether a page can open no more, being behind a quiz without an attempt left."""
        return page.id in self._shut

    @cached_property
    def _shut(self) -> frozenset[str]:
        """The ids of the pages behind a gate that is lost, and of those behind these."""
        behind: dict[str, list[Gate]] = {}
        waiting: dict[Gate, list[str]] = {}
        for page in self.course.waiting:
            for gate in self.missing(page):
                waiting.setdefault(gate, []).append(page.id)
        for gate in waiting:
            for page in gate.pages:
                behind.setdefault(page.id, []).append(gate)
        todo = [gate for gate in waiting if self._is_lost(gate)]
        shut: set[str] = set()
        while todo:
            for name in waiting.pop(todo.pop(), ()):
                if name not in shut:
                    shut.add(name)
                    todo += behind.get(name, ())
        return frozenset(shut)

    # The result

    def quizzes(self) -> tuple[Quiz, ...]:
        """How every quiz stands, in the order of the pages."""
        return tuple(
            Quiz(
                page,
                score=self._score(page),
                weight=rules.weight,
                alone=rules.alone,
                passed=self._passed(page),
                open=(self._under_way(page) or self.attempts_left(page) > 0)
                and not self.shut(page)
                and self._score(page) != BEST_LIMIT,
            )
            for page, rules in self.course.quizzes
        )

    @property
    def nothing_left(self) -> bool:
        """Whether every page that has to be visited is, and every record is filled in; pages that
        can open no more are not missed."""
        course, visited = self.course, self.state.visited
        read = course.tracked_keys <= visited or all(
            page.key in visited or self.shut(page) for page in course.tracked
        )
        return read and all(self.word(page) == "done" or self.shut(page) for page in course.records)

    def earned(self) -> tuple[Status, int | None]:
        """The status and the score that this state has earned by itself in this course."""
        quizzes = self.quizzes()
        return self._status(quizzes), course_score(quizzes)

    def _status(self, quizzes: tuple[Quiz, ...]) -> Status:
        tracking = self.course.outline.tracking
        if not self.nothing_left:
            return "incomplete"
        if not quizzes:
            return "completed"
        together = [quiz for quiz in quizzes if not quiz.alone]
        score = course_score(tuple(together)) or 0
        enough = all(quiz.score is not None for quiz in together) and (
            score >= tracking.pass_mark * 100
        )
        lacking = [quiz for quiz in quizzes if not (quiz.passed if quiz.alone else enough)]
        if not lacking:
            return "completed" if tracking.report == "completed" else "passed"
        left = tracking.failed == "never" or any(quiz.open for quiz in lacking)
        return "incomplete" if left else "failed"

    def told(self) -> tuple[Status, int | None]:
        """The status and the score that the LMS is told: no status is ever lowered, and a score
        only where a quiz keeps its last one. ``None`` where it is told no score, or not yet."""
        status, score = self.earned()
        kept = self.state.score
        if score is None:
            score = kept
        elif not self.course.keeps_last:
            score = max(score, kept or 0)
        status = higher(self.state.status, status)
        return status, score if tells(status, score, self.course.outline.tracking) else None


def tells(status: Status, score: int | None, tracking: Tracking) -> bool:
    """Whether the LMS is told a score with a status: never where the course tells none; where the
    manifest names the mark, only one that an LMS judges the same way."""
    if score is None or not tracking.score:
        return False
    return tracking.mastery is None or status == (
        "failed" if score < tracking.mastery * 100 else "passed"
    )


def _item_done(item: RecordState | None) -> bool:
    return bool(item and item.text.strip(_SPACES) and item.date)


def course_score(quizzes: tuple[Quiz, ...]) -> int | None:
    """The weighted mean of the scores, halves rounded up; ``None`` before any was finished.
    Weights count to two decimals."""
    if all(quiz.score is None for quiz in quizzes):
        return None
    weights = [int(quiz.weight * 100 + 0.5) for quiz in quizzes]
    earned = sum(weight * (quiz.score or 0) for weight, quiz in zip(weights, quizzes, strict=True))
    possible = sum(weights)
    return (2 * earned + possible) // (2 * possible)
