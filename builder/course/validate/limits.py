"""Rules for limits of SCORM 1.2: of texts in the manifest, and of the saved state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from builder.base.cache import Cache
from builder.course import state
from builder.course.model import Course, Page
from builder.course.questions import Question
from builder.course.state import Worst
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_TEXTS = {"title": 200, "description": 2000, "rights": 1000}
"""Maximum number of characters of texts in the manifest, by key of ``course.yaml``: of the title in
IMS Content Packaging 1.1.2, of the others in IMS metadata 1.2.1."""
_KEYWORD = 1000
"""Maximum number of characters of one keyword (IMS metadata 1.2.1)."""
_NO_PAGES = "write “pages: none” under “tracking:” (which saves only the current page), "
_MAX_PARTS_NAMED = 6
_MIN_SIZE_NAMED = state.LIMIT // 20


def texts(material: Material) -> Iterator[Diagnostic]:
    """Require that the texts of ``course.yaml`` are short enough for the manifest."""
    for key, limit in _TEXTS.items():
        size = len(getattr(material.course, key))
        if size > limit:
            position = material.course_place(key).at
            yield problem("text-too-long", position, key=key, size=size, limit=limit)
    refresher = material.course.refresher
    if refresher and len(refresher.title) > _TEXTS["title"]:
        words = {"key": "title", "size": len(refresher.title), "limit": _TEXTS["title"]}
        position = material.course_place("refresher", "title").at
        yield problem("text-too-long", position, **words)
    for index, keyword in enumerate(material.course.keywords):
        if len(keyword) > _KEYWORD:
            position = material.course_place("keywords", index).at
            words = {"key": "keywords", "size": len(keyword), "limit": _KEYWORD}
            yield problem("text-too-long", position, **words)


def with_worst_state(course: Course, material: Material) -> tuple[Course, Worst]:
    """A copy of the course with the maximum length of its saved state over all its languages, and
    the parts of that length.

    Drops a certificate that the author has not asked for if the state, with the certificate's date,
    gets near the limit: a default must not cause a warning.
    """
    worst = state.worst(course)
    is_optional = course.certificate and material.course.certificate.show is None
    if is_optional and worst.size > state.LIMIT * state.NEAR_LIMIT:
        course = _in_all_languages(course, certificate=None)
        worst = state.worst(course)
    return _in_all_languages(course, worst_state=worst.size), worst


def _in_all_languages(course: Course, **changes: Any) -> Course:
    translations = tuple(replace(one, **changes) for one in course.translations)
    return replace(course, translations=translations, **changes)


def progress(material: Material, course: Course, worst: Worst) -> Iterator[Diagnostic]:
    """Report a course whose saved state can get near the limit of SCORM 1.2 or exceed it.

    ``course`` is the model made from the material, ``worst`` the maximum length of its state.
    """
    if code := _code(worst.size):
        yield _progress(code, material.course_place("tracking").key, course, worst)


def progress_of_translations(course: Course, worst: Worst) -> Iterator[Diagnostic]:
    """Report the translation that needs most room, if the saved state gets near the limit, or
    exceeds it, only because of the translations.

    Each language of ``course`` has the rooms of its own answers, and ``worst_state`` is that of the
    source alone; ``worst`` is the maximum length in all languages.
    """
    code = _code(worst.size)
    if code and code != _code(course.worst_state):
        tag = max(course.translations, key=lambda one: _size_with(course, one)).language
        place = Position(f"translations/{tag}.po")
        yield _progress(code, place, course, worst, f" in “{tag}”")


def _size_with(course: Course, translation: Course) -> int:
    return state.worst(replace(course, translations=(translation,))).size


def _code(size: int) -> str | None:
    if size > state.LIMIT:
        return "state-too-large"
    return "state-near-limit" if size > state.LIMIT * state.NEAR_LIMIT else None


def _progress(
    code: str, at: Position, course: Course, worst: Worst, language: str = ""
) -> Diagnostic:
    large = [part for part in worst.parts if part[1] >= _MIN_SIZE_NAMED][:_MAX_PARTS_NAMED]
    parts = ", ".join(f"{name} ({size})" for name, size in large or worst.parts[:1])
    less = "" if _needs_pages(course) else _NO_PAGES
    return problem(code, at, size=worst.size, parts=parts, language=language, less=less)


def _needs_pages(course: Course) -> bool:
    """Whether a course cannot do without the saved progress of pages, or saves none anyway."""
    tested = any(module.test_out for module in course.modules)
    uses = tested or course.locks or course.refreshers is not None
    return uses or course.tracking.pages == "none"


def with_equal_rooms(course: Course, cache: Cache) -> Course:
    """A copy of the course in which a typed answer has the same room in every language: that of
    the language with the longest accepted answer."""
    languages = (course, *course.translations)
    rooms: dict[str, int] = {}
    for question in (question for one in languages for question in one.questions):
        if "room" in question.answer:
            rooms[question.id] = max(question.room, rooms.get(question.id, 0))
    source, *translations = (_with_rooms(one, rooms, cache) for one in languages)
    return replace(source, translations=tuple(translations))


def _with_rooms(course: Course, rooms: Mapping[str, int], cache: Cache) -> Course:
    """A copy of the course, of one language, whose typed answers have ``rooms``, by question."""
    own = cache.scope(("rooms", course.language))
    changed = {
        question.id: _with_room(question, room, own)
        for question in course.questions
        if (room := rooms.get(question.id, question.room)) != question.room
    }
    if not changed:
        return course
    modules = tuple(
        replace(module, pages=tuple(_with_questions(page, changed, own) for page in module.pages))
        for module in course.modules
    )
    return replace(course, questions=_questions(course.questions, changed), modules=modules)


def _with_room(question: Question, room: int, cache: Cache) -> Question:
    return cache.get_or_compute(
        ("question", question.id),
        (question, room),
        lambda: replace(question, room=room, answer={**question.answer, "room": room}),
    )


def _questions(
    questions: tuple[Question, ...], changed: Mapping[str, Question]
) -> tuple[Question, ...]:
    return tuple(changed.get(question.id, question) for question in questions)


def _with_questions(page: Page, changed: Mapping[str, Question], cache: Cache) -> Page:
    asked = tuple(changed[one.id] for one in page.questions() if one.id in changed)
    if not asked:
        return page

    def make() -> Page:
        draws = (replace(one, questions=_questions(one.questions, changed)) for one in drawn)
        return replace(
            page,
            checks=_questions(page.checks, changed),
            quiz=_questions(page.quiz, changed),
            rules=replace(page.rules, draws=tuple(draws)),
        )

    drawn = page.rules.draws
    return cache.get_or_compute(("page", page.id), (page, asked), make)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (texts,)
