"""What a trainee's saved state means in a course: what the player would make of it.

The same rules as the player's, in its own words: ``templates/player/edits.js`` (what an edit
means), ``locks.js``, ``progress.js`` (how far a trainee is) and ``tracking.js`` (what the LMS is
told). A test shows that they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from builder.compare.answers import PRIVATE
from builder.compare.outline import Outline, Page, Tracking
from builder.keys import Former
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


def higher(one: Status, other: Status) -> Status:
    """The higher of two statuses: none is ever lowered."""
    return other if _RANK[other] > _RANK[one] else one


@dataclass(frozen=True)
class Course:
    """An outline with what the rules look up in it."""

    outline: Outline

    @cached_property
    def former(self) -> dict[str, Former]:
        """The former keys of everything that has any, by its key."""
        found: dict[str, Former] = {}
        questions = {question.id: question for question in self.outline.questions}
        for page in self.outline.pages:
            found[page.key] = page.former
            asked = (questions[one] for one in (*page.checks, *page.quiz))
            found |= {question.key: question.former for question in asked}
            found |= {item.key: item.former for item in page.record}
        return {key: former for key, former in found.items() if former}

    @cached_property
    def private(self) -> tuple[str, ...]:
        """The keys of questions of whose answers not a word is kept, former ones too."""
        return tuple(
            key
            for one in self.outline.questions
            if one.answer.get("kept") is False
            for key in (one.key, *one.former.same, *one.former.changed)
        )

    @cached_property
    def waits(self) -> dict[str, tuple[Gate, ...]]:
        """The gates of each page that has any, by its id; those of its module first."""
        by_id = {page.id: page for page in self.outline.pages}
        members: dict[str, tuple[Page, ...]] = {}
        for module in self.outline.modules:
            pages = tuple(by_id[one] for one in module.pages)
            members[module.title] = (*members.get(module.title, ()), *pages)

        def gates(lock: Mapping[str, tuple[str, ...]]) -> Iterator[Gate]:
            yield from (Gate((by_id[one],), "done") for one in lock.get("pages", ()))
            yield from (Gate(members[title], "done") for title in lock.get("modules", ()))
            yield from (Gate((by_id[one],), "passed") for one in lock.get("passed", ()))

        found = {}
        for module in self.outline.modules:
            shared = tuple(gates(module.lock))
            for one in module.pages:
                if waits := (*shared, *gates(by_id[one].lock)):
                    found[one] = waits
        return found


@dataclass(frozen=True, slots=True)
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
    visited = set(state.visited)
    checks, records = dict(state.checks), dict(state.records)
    quizzes = dict(state.quizzes)
    bookmark = state.bookmark
    for key, former in course.former.items():
        if key not in visited and not visited.isdisjoint(former.same):
            visited.add(key)
        _carry(checks, key, former)
        _carry(quizzes, key, former)
        _carry(records, key, former)
        for name, quiz in quizzes.items():
            answers = dict(quiz.answers)
            _carry(answers, key, former)
            quizzes[name] = replace(quiz, answers=answers)
        if bookmark in former.same:
            bookmark = key
    for key in course.private:
        _forget_words(checks, quizzes, key)
    return replace(
        state,
        visited=frozenset(visited),
        checks=checks,
        quizzes=quizzes,
        records=records,
        bookmark=bookmark,
    )


def _carry(section: dict[str, _Kept], key: str, former: Former) -> None:
    old = next((one for one in former.same if one in section), None)
    if key not in section and old is not None:
        section[key] = section[old]


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
    return key not in section and any(one in section for one in former.changed)


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
            else max((at for at, one in enumerate(read) if one), default=-1)
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
        page = next((one for one in pages if one.key == self.state.bookmark), None)
        page = page or next((one for one in pages if one.id == location), None)
        if page is None and self.state.visited:
            unread = (one for one in pages if one.key not in self.state.visited)
            page = next((one for one in unread if not self.missing(one)), None)
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
        return tuple(gate for gate in waits if not self._gate_open(gate))

    def _gate_open(self, gate: Gate) -> bool:
        return all(
            self._passed(page) if gate.until == "passed" and page.quiz else self.done(page)
            for page in gate.pages
        )

    def _gate_lost(self, gate: Gate) -> bool:
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
        return self._is_shut(page, {})

    def _is_shut(self, page: Page, known: dict[str, bool]) -> bool:
        if page.id not in known:
            known[page.id] = False
            known[page.id] = any(
                self._gate_lost(gate) or any(self._is_shut(one, known) for one in gate.pages)
                for gate in self.missing(page)
            )
        return known[page.id]

    # The result

    def quizzes(self) -> tuple[Quiz, ...]:
        """How every quiz stands, in the order of the pages."""
        return tuple(
            Quiz(
                page,
                score=self._score(page),
                weight=page.rules.weight,
                alone=page.rules.alone,
                passed=self._passed(page),
                open=(self._under_way(page) or self.attempts_left(page) > 0)
                and not self.shut(page)
                and self._score(page) != BEST_LIMIT,
            )
            for page in self.course.outline.pages
            if page.quiz and page.rules
        )

    def left(self) -> tuple[Page, ...]:
        """The tracked pages that are not visited, and record pages not done."""
        pages = self.course.outline.pages
        if self.course.outline.tracking.pages == "all":
            tracked = pages
        else:
            # With nothing else to go by, a course is done when its last page has been shown.
            nothing = not any(page.quiz or page.record for page in pages)
            tracked = pages[-1:] if nothing else ()
        return tuple(
            page
            for page in pages
            if not self.shut(page)
            and (
                (page in tracked and page.key not in self.state.visited)
                or (page.record and self.word(page) != "done")
            )
        )

    def earned(self) -> tuple[Status, int | None]:
        """The status and the score that this state has earned by itself in this course."""
        quizzes = self.quizzes()
        return self._status(quizzes), course_score(quizzes)

    def _status(self, quizzes: tuple[Quiz, ...]) -> Status:
        tracking = self.course.outline.tracking
        if self.left():
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
        follows = any(
            page.rules and page.rules.keep == "last" for page in self.course.outline.pages
        )
        kept = self.state.score
        if score is None:
            score = kept
        elif not follows:
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
