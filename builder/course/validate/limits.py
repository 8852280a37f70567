"""Rules for limits of SCORM 1.2: of texts in the manifest, and of the saved state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from builder.course import state
from builder.course.model import Course
from builder.course.state import Worst
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic

_TEXTS = {"title": 200, "description": 2000, "rights": 1000}
"""Maximum number of characters of texts in the manifest, by key of ``course.yaml``: of the title in
IMS Content Packaging 1.1.2, of the others in IMS metadata 1.2.1."""
_KEYWORD = 1000
"""Maximum number of characters of one keyword (IMS metadata 1.2.1)."""
_MAX_PARTS_NAMED = 6
_MIN_SIZE_NAMED = state.LIMIT // 20


def texts(material: Material) -> Iterator[Diagnostic]:
    """Require that the texts of ``course.yaml`` are short enough for the manifest."""
    for key, limit in _TEXTS.items():
        size = len(getattr(material.course, key))
        if size > limit:
            position = material.course_place(key).at
            yield problem("text-too-long", position, key=key, size=size, limit=limit)
    for index, keyword in enumerate(material.course.keywords):
        if len(keyword) > _KEYWORD:
            position = material.course_place("keywords", index).at
            words = {"key": "keywords", "size": len(keyword), "limit": _KEYWORD}
            yield problem("text-too-long", position, **words)


def with_worst_state(course: Course, material: Material) -> tuple[Course, Worst]:
    """A copy of the course with the maximum length of its saved state, and the parts of that
    length.

    Drops a certificate that the author has not asked for if the state, with the certificate's date,
    gets near the limit: a default must not cause a warning.
    """
    worst = state.worst(course)
    is_optional = course.certificate and material.course.certificate.show is None
    if is_optional and worst.size > state.LIMIT * state.NEAR_LIMIT:
        course = replace(course, certificate=None)
        worst = state.worst(course)
    return replace(course, worst_state=worst.size), worst


def progress(material: Material, worst: Worst) -> Iterator[Diagnostic]:
    """Report a course whose saved state can get near the limit of SCORM 1.2 or exceed it.

    ``worst`` is the maximum length of the state.
    """
    if worst.size <= state.LIMIT * state.NEAR_LIMIT:
        return
    large = [part for part in worst.parts if part[1] >= _MIN_SIZE_NAMED][:_MAX_PARTS_NAMED]
    parts = ", ".join(f"{name} ({size})" for name, size in large or worst.parts[:1])
    code = "state-too-large" if worst.size > state.LIMIT else "state-near-limit"
    position = material.course_place("tracking").key
    yield problem(code, position, size=worst.size, parts=parts)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (texts,)
