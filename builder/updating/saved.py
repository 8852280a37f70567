"""Describes one saved state in words, for people who support trainees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.course.keys import NO_FORMER
from builder.course.letters import room
from builder.course.state import State, Status, decode
from builder.package.outline import Outline, Question
from builder.updating.answers import describe, is_private
from builder.updating.damage import Damage, damage
from builder.updating.trainee import Course, carry_over
from builder.updating.trainee.progress import PageStatus, attempts_left, page_status


@dataclass(frozen=True, slots=True)
class Words:
    """What a trainee has typed or chosen.

    ``text`` is ``None`` if it is the trainee's own text and may not be shown; ``letters`` is the
    number of characters that it takes in the state.
    """

    text: str | None
    letters: int


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page with its status, as the contents list shows it."""

    id: str
    title: str
    word: PageStatus


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A practice question with its answer.

    ``tries`` is 7 for seven or more, and 0 if the answer is not submitted yet.
    """

    id: str
    prompt: str
    page: str
    tries: int
    first: bool
    scored: bool
    answer: Words


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer in the last attempt at a quiz."""

    id: str
    prompt: str
    answer: Words


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz that the trainee has started.

    ``best`` is the score that counts, in hundredths of a percent.
    """

    id: str
    title: str
    attempts: int
    attempts_left: int | None
    best: int | None
    open: bool
    word: PageStatus
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record answer with its date, ``YYYY-MM-DD`` or empty."""

    id: str
    question: str
    page: str
    date: str
    answer: Words


@dataclass(frozen=True, slots=True)
class Unknown:
    """The number of saved entries that this revision of the course does not have."""

    pages: int
    checks: int
    quizzes: int
    answers: int
    records: int


@dataclass(frozen=True, slots=True)
class Head:
    """The values in the head of a state.

    ``changed``: whether the course has changed since the trainee's last visit; ``None`` if unknown.
    ``reported``: whether the LMS has confirmed status and score. ``interactions``: number of
    answers reported; ``late``: number still to be reported. ``finished``: the day on the
    certificate; empty if there is none yet or it is unknown, ``None`` if the course keeps none.
    """

    attempt: str
    saves: int
    status: Status
    score: int | None
    bookmark: str | None
    changed: bool | None
    reported: bool
    interactions: int
    late: int
    finished: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A saved state in words. Without a readable head nothing else can be read."""

    course: str
    version: str
    length: int
    damage: Damage | None
    head: Head | None
    pages: tuple[PageLine, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    quizzes: tuple[QuizLine, ...] = ()
    records: tuple[RecordLine, ...] = ()
    unknown: Unknown = Unknown(0, 0, 0, 0, 0)


def strip_saved_state(text: str) -> str:
    """Remove the quotes and white space that mail programs, shells and spreadsheets add to a
    state."""
    return "".join(text.split()).strip("\"'“”‘’")


def explain(outline: Outline, text: str, show_text: bool) -> Explained:
    """Describe the text of a ``cmi.suspend_data`` in words. Never raises.

    Leaves out the trainee's own text unless ``show_text`` is set.
    """
    text = strip_saved_state(text)
    state = decode(text)
    found_damage = damage(text, state, outline.keeps_day)
    if state is None:
        return Explained(outline.title, outline.version, len(text), found_damage, None)
    course = Course(outline)
    carried = carry_over(course, state)
    lines = _StateLines(outline, carried, show_text)
    return Explained(
        course=outline.title,
        version=outline.version,
        length=len(text),
        damage=found_damage,
        head=_head(outline, carried),
        pages=tuple(
            PageLine(page.id, page.title, page_status(page, carried)) for page in outline.pages
        ),
        checks=tuple(lines.checks()),
        quizzes=tuple(lines.quizzes()),
        records=tuple(lines.records()),
        unknown=_count_unknown(course, state),
    )


def _head(outline: Outline, state: State) -> Head:
    bookmarked = (page.title for page in outline.pages if page.key == state.bookmark)
    return Head(
        attempt=state.attempt,
        saves=state.saves,
        status=state.status,
        score=state.score,
        bookmark=next(bookmarked, None),
        changed=state.edition != outline.edition if state.edition else None,
        reported=state.reported,
        interactions=state.interactions,
        late=len(state.late),
        finished=state.finished,
    )


class _StateLines:
    def __init__(self, outline: Outline, state: State, show_text: bool) -> None:
        self.state = state
        self.pages = outline.pages
        self.questions = {question.id: question for question in outline.questions}
        self.show_text = show_text

    def checks(self) -> Iterator[CheckLine]:
        for page in self.pages:
            for question in map(self.questions.__getitem__, page.checks):
                kept = self.state.checks.get(question.key)
                if kept:
                    answer = self._answer_words(question, kept.response)
                    yield CheckLine(
                        question.id,
                        question.prompt,
                        page.title,
                        kept.tries,
                        kept.first,
                        question.scored,
                        answer,
                    )

    def quizzes(self) -> Iterator[QuizLine]:
        for page in self.pages:
            kept = self.state.quizzes.get(page.key)
            if not page.quiz or kept is None:
                continue
            asked = [self.questions[name] for name in page.quiz]
            left = attempts_left(page, self.state)
            yield QuizLine(
                page.id,
                page.title,
                attempts=kept.attempts,
                attempts_left=None if left == float("inf") else int(left),
                best=kept.best,
                open=kept.open,
                word=page_status(page, self.state),
                answers=tuple(
                    AnswerLine(
                        question.id,
                        question.prompt,
                        self._answer_words(question, kept.answers[question.key]),
                    )
                    for question in asked
                    if question.key in kept.answers
                ),
            )

    def records(self) -> Iterator[RecordLine]:
        for page in self.pages:
            for item in page.record:
                kept = self.state.records.get(item.key)
                if kept:
                    hidden = bool(kept.text) and not self.show_text
                    words = Words(None if hidden else kept.text, room(kept.text))
                    yield RecordLine(item.id, item.text, page.title, kept.date, words)

    def _answer_words(self, question: Question, response: str) -> Words:
        hidden = is_private(question, response) and not self.show_text
        return Words(None if hidden else describe(question, response), room(response))


def _count_unknown(course: Course, state: State) -> Unknown:
    pages = course.outline.pages
    by_id = {question.id: question.key for question in course.outline.questions}
    page_keys = {page.key for page in pages}
    checks = {by_id[check] for page in pages for check in page.checks}
    asked = {by_id[name] for page in pages for name in page.quiz}
    items = {item.key for page in pages for item in page.record}
    answers = {key for quiz in state.quizzes.values() for key in quiz.answers}

    def count_foreign(kept: Iterable[str], keys: set[str]) -> int:
        former = {old for key in keys for old in course.former.get(key, NO_FORMER).same}
        return len(set(kept) - keys - former)

    return Unknown(
        pages=count_foreign(state.visited, page_keys),
        checks=count_foreign(state.checks, checks),
        quizzes=count_foreign(state.quizzes, page_keys),
        answers=count_foreign(answers, asked),
        records=count_foreign(state.records, items),
    )
