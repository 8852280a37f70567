"""Generates example trainees for the author, and explains saved states."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from builder import updating
from builder.course.state import BEST_LIMIT, LIMIT, encode
from builder.package.artifacts import OUTLINE
from builder.preview.warm import View
from builder.updating import Outline, Stage

Json = dict[str, Any]


def outline(view: View) -> Outline | None:
    """The outline of the course in a view."""
    member = view.files.get(OUTLINE)
    return updating.parse(member.read()) if member else None


def explain(view: View, text: str) -> Json | None:
    """Explain a saved state in words, including the trainee's own text."""
    course_outline = outline(view)
    if course_outline is None:
        return None
    found = asdict(updating.explain(course_outline, text, show_text=True))
    return found | {"limit": LIMIT, "worst": course_outline.worst_state}


def trainees(view: View) -> dict[str, Json | None]:
    """The example trainees, with the data that each has sent to the LMS; ``None`` if impossible."""
    course_outline = outline(view)
    if course_outline is None:
        return {}
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


def _has_failed_quiz(stage: Stage) -> bool:
    """Whether a quiz was not passed."""
    return any(quiz.best not in (None, BEST_LIMIT) for quiz in stage.state.quizzes.values())


def _lms_data(course_outline: Outline, stage: Stage) -> Json:
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
