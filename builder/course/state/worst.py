"""Computes the maximum length of the saved state of a course's trainees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from builder.base.immutable import immutable
from builder.course.letters import room
from builder.course.state.bits import most_key_bits
from builder.course.state.codec import (
    CHECK_BITS,
    QUIZ_BITS,
    answer_bits,
    day_size,
    empty_size,
    language_size,
    record_bits,
)
from builder.course.state.model import LIMIT

if TYPE_CHECKING:
    # Importing the state must not import the libraries that read a course.
    from builder.course.model import Course, Page
    from builder.course.questions import Question
    from builder.course.scenarios.model import Scenario, Scene

_LISTED_FROM = 27
"""Maximum length in letters of answers that ``Worst.parts`` lists together; a longer answer is
listed separately."""


@immutable
class Worst:
    """The maximum length of a saved state, in characters, and the parts that make it up.

    ``parts`` are pairs of a description and a size in characters, rounded up, largest first.
    """

    size: int
    parts: tuple[tuple[str, int], ...]


@immutable
class _Part:
    what: str
    bits: int


def worst(course: Course) -> Worst:
    """Compute the maximum length of the saved state of a course's trainees.

    The result is an upper bound: the state of a trainee who does everything is a few characters
    shorter. Keys of deleted pages and questions are not included, since the player drops them
    first when there is no room.
    """
    # Imported here, because reading a state must not import the libraries that read a course.
    from builder.course.test_out import with_test_pages

    course = with_test_pages(course)
    sections = [list(section) for section in _sections(course)]
    parts = [
        (part.what, _characters(part.bits)) for section in sections for part in section if part.bits
    ]
    frame = empty_size()
    parts.append(("the frame", frame))
    size = frame + sum(_characters(sum(part.bits for part in section)) for section in sections)
    tag = max((one.language for one in course.translations), key=language_size, default="")
    if tag:
        parts.append(("the chosen language", language_size(tag)))
        size += language_size(tag)
    day = day_size(tag)
    if _keeps_day(course, size + day):
        parts.append(("the day of completion", day))
        size += day
    return Worst(size, tuple(sorted(parts, key=lambda part: -part[1])))


def _keeps_day(course: Course, size: int) -> bool:
    """Whether the longest state includes the day of completion; ``size`` is its length with it.

    A certificate requires the day. If the course has only a record, the player drops the day when
    there is no room (``templates/player/state/shortening.ts``).
    """
    if course.certificate:
        return True
    return size <= LIMIT and any(page.record for page in course.pages)


def _characters(bits: int) -> int:
    return -(-bits // 6)


def _rooms(course: Course) -> dict[str, int]:
    """The maximum length of the response to each question in any language, by key.

    A typed response in a translation includes the tag of that language.
    """
    mark = max((_mark_room(one.language) for one in course.translations), default=0)
    rooms: dict[str, int] = {}
    for one in (course, *course.translations):
        for question in (question for page in one.pages for question in page.questions()):
            size = question.room + (mark if "accepted" in question.answer else 0)
            rooms[question.key] = max(size, rooms.get(question.key, 0))
    return rooms


def _mark_room(tag: str) -> int:
    """The maximum length of the mark with the tag of a language after a typed response, in letters.

    It has the letter that ends a run of another alphabet.
    """
    return room(f"\n{tag}") + 1


def _sections(course: Course) -> Iterator[Iterable[_Part]]:
    rooms = _rooms(course)
    asked: list[Question] = []
    if course.tracking.pages == "all":
        yield [_visited(course)]
        asked = [question for page in course.pages for question in page.checks]
    scenes = [scene for page in course.pages for scene in page.scenes()]
    yield _checks(asked, scenes, rooms)
    yield _quizzes([page for page in course.pages if page.quiz or page.scenario], rooms)
    yield _records(course)


def _keys(what: str, keys: list[str]) -> _Part:
    return _Part(what, most_key_bits(keys, len(keys)) if keys else 0)


def _visited(course: Course) -> _Part:
    """The pages that were read or shown by a test-out: at most one key for each of them, and none
    for the page of a test-out."""
    pages = course.own_pages
    keys = [key for page in pages for key in (page.key, page.shown) if key]
    return _Part("visited pages", most_key_bits(keys, len(pages)) if pages else 0)


def _checks(
    questions: list[Question], scenes: list[Scene], rooms: Mapping[str, int]
) -> Iterator[_Part]:
    what = "ids of practice questions and scenes" if scenes else "ids of practice questions"
    yield _keys(what, [*(one.key for one in questions), *(scene.key for scene in scenes)])
    yield _Part("first decisions", len(scenes) * (CHECK_BITS + answer_bits(1)))
    short = [question for question in questions if rooms[question.key] <= _LISTED_FROM]
    yield _Part("practice answers", sum(CHECK_BITS + answer_bits(rooms[one.key]) for one in short))
    for question in questions:
        if rooms[question.key] > _LISTED_FROM:
            bits = CHECK_BITS + answer_bits(rooms[question.key])
            yield _Part(f"the answer to “{question.id}”", bits)


def _quizzes(pages: list[Page], rooms: Mapping[str, int]) -> Iterator[_Part]:
    some = any(page.scenario for page in pages)
    yield _keys("ids of quizzes" + some * " and scenarios", [page.key for page in pages])
    for page in pages:
        if page.scenario:
            yield _walk(page, page.scenario)
            continue
        asked = _longest_drawn(page, rooms)
        keys = most_key_bits([question.key for question in page.quiz], len(asked))
        answers = sum(answer_bits(rooms[question.key]) for question in asked)
        yield _Part(f"the quiz “{page.title}”", QUIZ_BITS + keys + answers)


def _walk(page: Page, scenario: Scenario) -> _Part:
    """The current walk through a scenario: a choice for each scene on the longest path."""
    from builder.course.scenarios.proof import prove

    keys = [scene.key for scene in scenario.scenes if scene.choices]
    proof = prove(scenario)
    # With loops, a walk may go through scenes that no path to an ending has.
    most = len(keys) if proof.loops else max(proof.length.most - 1, 0)
    bits = QUIZ_BITS + most_key_bits(keys, most) + most * answer_bits(1)
    return _Part(f"the walk through “{page.title}”", bits)


def _longest_drawn(page: Page, rooms: Mapping[str, int]) -> list[Question]:
    """The questions of the possible attempt at a quiz whose answers take the most room."""
    asked = [*page.fixed()]
    for draw in page.rules.draws:
        asked += sorted(draw.questions, key=lambda question: -rooms[question.key])[: draw.count]
    return asked


def _records(course: Course) -> Iterator[_Part]:
    items = [item for page in course.pages for item in page.record]
    yield _keys("ids of record answers", [item.key for item in items])
    for item in items:
        yield _Part(f"the answer to the record question “{item.id}”", record_bits(item.limit))
