"""Describes a trainee's saved state in words, for people who support trainees, and says where it is
damaged (docs/state.md, "When a string is damaged")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from builder.course.keys import NO_FORMER
from builder.course.letters import room
from builder.course.state import LIMIT, Section, State, Status, decode
from builder.course.state.bits import ALPHABET
from builder.package.outline import Outline, Question
from builder.updating.answers import describe, is_private
from builder.updating.trainee import Course, carry_over
from builder.updating.trainee.progress import PageStatus, attempts_left, page_status
from builder.updating.walks import WalkLine, walk_lines

_VERSION = "1"
_HEAD = 26
"""Number of characters of the version, head and checksum at the beginning of a saved state."""
_FRAME = 5
"""Number of characters that a section needs for its length and checksum."""
_SECTIONS: tuple[Section, ...] = get_args(Section)
_SECTION_NAMES = {
    "visited": "the pages visited",
    "checks": "the practice answers",
    "quizzes": "the quizzes",
    "records": "the record answers",
    "late": "which answers still have to be reported to the LMS",
    "finished": "the date on which the course was finished",
    "language": "the chosen language",
}
_UNTOLD: frozenset[Section] = frozenset({"late", "finished", "language"})
"""Sections whose loss the course does not mention, because no page or answer is lost."""


@dataclass(frozen=True, slots=True)
class Damage:
    """The damage of a saved state.

    ``problem`` is a sentence that describes the damage; ``kept`` and ``lost`` name the sections
    that can and cannot be read. ``notice`` is whether the course tells the trainee.
    """

    problem: str
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    notice: bool


def damage(text: str, state: State | None, outline: Outline) -> Damage | None:
    """Describe the damage of a saved state; ``None`` if the state is intact.

    ``text`` is the saved state, and ``state`` what it was decoded to (``None`` if not even its head
    could be read). What the course of ``outline`` does not save is not missing: the day of
    completion, or the choice of a language.
    """
    if state is None:
        return Damage(_head_problem(text), (), ("everything",), bool(text))
    if not state.lost:
        return None
    kept = [name for name in _SECTIONS if name not in state.lost]
    used = {"finished": outline.keeps_day, "language": bool(outline.translations)}
    lost = [name for name in state.lost if used.get(name, True)]
    if not lost:
        return None
    return Damage(
        _section_problem(text, len(kept)),
        ("status, score and bookmark", *(_SECTION_NAMES[name] for name in kept)),
        tuple(_SECTION_NAMES[name] for name in lost),
        not _UNTOLD.issuperset(state.lost),
    )


def _head_problem(text: str) -> str:
    if not text:
        return "It is empty: the trainee has not started, or the LMS saved nothing."
    if not text.startswith(_VERSION):
        if text[0].isdigit():
            return f"It has version {text[0]} of the format; this program reads only version 1."
        return "It does not begin with “1”, so it is not a saved state of scorm-builder."
    if foreign := _invalid_character(text[:_HEAD], 0):
        return foreign
    if len(text) < _HEAD:
        return f"It ends after {len(text)} of the {_HEAD} characters of its header."
    return f"Its first {_HEAD} characters do not match their checksum: at least one has changed."


def _section_problem(text: str, index: int) -> str:
    start = _HEAD
    for _ in range(index):
        start += _FRAME + _decode_length(text[start : start + 2])
    name = _SECTION_NAMES[_SECTIONS[index]]
    size = text[start : start + 2]
    if foreign := _invalid_character(size, start):
        return foreign
    end = start + _FRAME + (_decode_length(size) if len(size) == 2 else 0)
    if foreign := _invalid_character(text[start:end], start):
        return foreign
    if len(text) < end or len(size) < 2:
        cut = f"It is cut short after {len(text)} characters, within {name}."
        return f"{cut} SCORM 1.2 saves at most {LIMIT}." if len(text) >= LIMIT else cut
    return f"The part with {name} does not match its checksum: at least one character has changed."


def _invalid_character(part: str, start: int) -> str:
    for at, character in enumerate(part, start + 1):
        if character not in ALPHABET:
            printable = character if character.isprintable() else ascii(character)[1:-1]
            return f"Character {at} is “{printable}”, which is not used in saved states."
    return ""


def _decode_length(size: str) -> int:
    return ALPHABET.index(size[0]) * 64 + ALPHABET.index(size[1])


@dataclass(frozen=True, slots=True)
class Words:
    """A trainee's answer as text, typed or chosen.

    ``text`` is ``None`` if the trainee typed it and it may not be shown; ``letters`` is the number
    of characters that the answer takes in the saved state.
    """

    text: str | None
    letters: int


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page with its status, as the course's list of contents shows it."""

    id: str
    title: str
    word: PageStatus


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A practice question that the trainee has answered.

    ``tries`` is the number of submitted answers: 7 means seven or more, 0 that none is submitted
    yet.
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
    """The trainee's answer to one question in the last attempt at a quiz."""

    id: str
    prompt: str
    answer: Words


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz or test-out that the trainee has started.

    ``attempts_left`` is ``None`` without a limit. ``best`` is the score that counts, in hundredths
    of a percent. ``open`` is whether an attempt is unfinished.
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
    """The trainee's answer to a record item, with its date: ``YYYY-MM-DD`` or empty."""

    id: str
    question: str
    page: str
    date: str
    answer: Words


@dataclass(frozen=True, slots=True)
class Unknown:
    """Numbers of saved entries that belong to nothing in this version of the course, by their
    kind."""

    pages: int
    checks: int
    quizzes: int
    answers: int
    records: int


@dataclass(frozen=True, slots=True)
class Head:
    """The values in the head of a saved state.

    ``changed`` is whether the course has changed since the trainee's last visit; ``None`` if
    unknown. ``reported`` is whether the LMS has confirmed status and score. ``interactions`` is the
    number of answers reported to the LMS, ``late`` the number still to be reported. ``finished`` is
    the day on the certificate: empty if there is none yet or it is unknown, ``None`` if the course
    keeps no day. ``language`` is the tag of the language that the trainee sees, ``None`` if the
    package has only one; ``wanted`` the tag of a chosen language that the package does not have,
    or empty.
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
    language: str | None = None
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A saved state described in words. If its head cannot be read, ``head`` is ``None`` and
    everything except the damage is empty."""

    course: str
    version: str
    length: int
    damage: Damage | None
    head: Head | None
    pages: tuple[PageLine, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    quizzes: tuple[QuizLine, ...] = ()
    records: tuple[RecordLine, ...] = ()
    scenarios: tuple[WalkLine, ...] = ()
    unknown: Unknown = Unknown(0, 0, 0, 0, 0)


def strip_saved_state(text: str) -> str:
    """Remove the quotes and white space that mail programs, shells and spreadsheets add to a saved
    state."""
    return "".join(text.split()).strip("\"'“”‘’")


def explain(outline: Outline, text: str, show_text: bool) -> Explained:
    """Describe the text of a ``cmi.suspend_data`` in words. Never raises.

    Leaves out what the trainee typed unless ``show_text`` is set.
    """
    text = strip_saved_state(text)
    state = decode(text)
    found_damage = damage(text, state, outline)
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
            PageLine(page.id, page.title, page_status(page, carried))
            for page in outline.pages
            if not page.covers
        ),
        checks=tuple(lines.checks()),
        quizzes=tuple(lines.quizzes()),
        records=tuple(lines.records()),
        scenarios=tuple(walk_lines(outline, carried)),
        unknown=_count_unknown(course, state),
    )


def _head(outline: Outline, state: State) -> Head:
    bookmarked = (page.title for page in outline.pages if page.key == state.bookmark)
    tags = (outline.language, *(one.language for one in outline.translations))
    known = state.language in tags
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
        language=(state.language if known else outline.language) if len(tags) > 1 else None,
        wanted="" if known else state.language,
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
    scenes = {one.key for page in pages if page.scenario for one in page.scenario.scenes}
    checks = {by_id[check] for page in pages for check in page.checks} | scenes
    asked = {by_id[name] for page in pages for name in page.quiz} | scenes
    items = {item.key for page in pages for item in page.record}
    answers = {key for quiz in state.quizzes.values() for key in quiz.answers}

    def count_foreign(kept: Iterable[str], keys: set[str]) -> int:
        former = {old for key in keys for old in course.former.get(key, NO_FORMER).same}
        return len(set(kept) - keys - former)

    return Unknown(
        pages=count_foreign(state.visited, page_keys | {page.shown for page in pages}),
        checks=count_foreign(state.checks, checks),
        quizzes=count_foreign(state.quizzes, page_keys),
        answers=count_foreign(answers, asked),
        records=count_foreign(state.records, items),
    )
