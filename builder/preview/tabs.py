"""The data for the tabs of the author's window: figures of the course, example trainees, saved
states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from builder import updating
from builder.course import markdown, state
from builder.course.media.formats import FORMATS
from builder.course.model import Course, Page
from builder.course.questions import Question
from builder.course.refreshing import effort
from builder.course.state import BEST_LIMIT, LIMIT, encode
from builder.diagnostics.diagnostic import Position
from builder.package.artifacts import OUTLINE
from builder.preview import desk
from builder.preview.stage import Stage
from builder.preview.warm import View
from builder.updating import Outline

Json = dict[str, Any]

_WORD = re.compile(r"\w[\w’'-]*")
_SENTENCE = re.compile(r"[.!?…](?=\s|$)|\n")
_LETTER = re.compile(r"\w")
_MAX_PICTURES = 12
"""Maximum number of pictures that are listed among the figures."""


def course_figures(stage: Stage) -> Json | None:
    """Figures of the course that is shown, such as reading times and sizes; ``None`` if no course
    has been built yet."""
    view = stage.shown
    if view.plan is None:
        return None
    course = view.plan.course
    worst = state.worst(course)
    return {
        "language": course.language,
        "minutes": effort(course).minutes,
        "questions": len(course.questions),
        "pages": [_page(stage, course, page) for page in course.own_pages],
        "unexplained": [
            _question_link(stage, one) for one in course.questions if not one.explanation
        ],
        "unsourced": [
            _question_link(stage, one) for one in course.questions if not _has_source(one)
        ],
        "pictures": list(_pictures(course)),
        "room": {
            "worst": worst.size,
            "limit": state.LIMIT,
            "parts": [{"what": what, "size": size} for what, size in worst.parts[:8]],
        },
    }


def _page(stage: Stage, course: Course, page: Page) -> Json:
    values = {name: one.value or one.label for name, one in course.variables.items()}
    text = "\n".join(markdown.plain(prose, values) for prose in page.prose())
    words = len(_WORD.findall(text))
    return {
        "id": page.id,
        "title": page.title,
        "kind": page.kind,
        "minutes": page.minutes,
        "words": words,
        "age": _reading_age(text, words),
        "place": _position_link(stage, "page", page.id, page.path),
    }


def _reading_age(text: str, words: int) -> int | None:
    """The age from which a text is easy to read, by the Automated Readability Index (Smith and
    Senter 1967), whose grades start at age five.

    ``words`` is the number of words in the text; ``None`` for fewer than 30.
    """
    sentences = len([part for part in _SENTENCE.split(text) if _LETTER.search(part)])
    if words < 30 or not sentences:
        return None
    grade = 4.71 * len(_LETTER.findall(text)) / words + 0.5 * words / sentences - 21.43
    return max(5, round(grade) + 5)


def _has_source(question: Question) -> bool:
    return bool(question.source or question.quotation)


def _question_link(stage: Stage, question: Question) -> Json:
    return {"id": question.id, "place": _position_link(stage, "question", question.id, "questions")}


def _position_link(stage: Stage, kind: str, name: str, path: str) -> Json:
    position = stage.now.places.get((kind, name), Position(path))
    return desk.position_data(stage.course, position)


def _pictures(course: Course) -> Iterator[Json]:
    used = (course.media[path] for path in course.media_used())
    pictures = [file_ for file_ in used if _is_picture(file_.path)]
    for file_ in sorted(pictures, key=lambda file: (-file.size, file.path))[:_MAX_PICTURES]:
        yield {"path": file_.path, "size": file_.size, "pixels": file_.pixels}


def _is_picture(path: str) -> bool:
    ending = f".{path.rpartition('.')[2].lower()}"
    return ending in FORMATS and FORMATS[ending].mime.startswith("image/")


def _outline(view: View) -> Outline | None:
    """The outline of the course in a view; ``None`` if the view has no package yet."""
    member = view.files.get(OUTLINE)
    return updating.parse(member.read()) if member else None


def explain(view: View, text: str) -> Json | None:
    """Explain a saved state, ``text``, in words, including what the trainee wrote; ``None`` if the
    view has no package yet."""
    course_outline = _outline(view)
    return None if course_outline is None else explain_state(course_outline, text)


def explain_state(course_outline: Outline, text: str) -> Json:
    """Explain a saved state, ``text``, of the course with this outline, as ``explain`` does."""
    found = asdict(updating.explain(course_outline, text, show_text=True))
    return found | {"limit": LIMIT, "worst": course_outline.worst_state}


def trainees(view: View) -> dict[str, Json | None]:
    """The example trainees (half-way, finished, failed) by name, each with the data that the
    trainee's course has sent to the LMS; ``None`` for a trainee who cannot exist in this course."""
    course_outline = _outline(view)
    return {} if course_outline is None else trainees_of(course_outline)


def trainees_of(course_outline: Outline) -> dict[str, Json | None]:
    """The example trainees of the course with this outline, as ``trainees`` has them."""
    found = list(updating.stages(course_outline))
    under_way = [
        one for one in found if one.state.status == "incomplete" and not _has_failed_quiz(one)
    ]
    finished = found[-1] if found[-1].state.status in ("completed", "passed") else None
    failed = updating.failed_stage(course_outline)
    return {
        "half-way": _lms_data(course_outline, under_way[len(under_way) // 2])
        if under_way
        else None,
        "finished": _lms_data(course_outline, finished) if finished else None,
        "failed": _lms_data(course_outline, failed) if failed else None,
    }


def _has_failed_quiz(stage: updating.Stage) -> bool:
    """Whether a trainee at this stage has failed a quiz."""
    return any(quiz.best not in (None, BEST_LIMIT) for quiz in stage.state.quizzes.values())


def _lms_data(course_outline: Outline, stage: updating.Stage) -> Json:
    state = stage.state
    marked = next((page.id for page in course_outline.pages if page.key == state.bookmark), "")
    values = {
        "cmi.suspend_data": encode(state),
        "cmi.core.lesson_location": marked,
        "cmi.core.session_time": "0000:10:00",
        "cmi.core.exit": "suspend",
    }
    if state.score is not None and course_outline.tracking.score:
        values |= {
            "cmi.core.score.min": "0",
            "cmi.core.score.max": "100",
            "cmi.core.score.raw": f"{state.score / 100:g}",
        }
    return {"name": stage.name, "values": values | {"cmi.core.lesson_status": state.status}}
