"""What the owner of the course decides and reviews: the pass mark, the dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from builder.codes import problem
from builder.diagnostics import Diagnostic
from builder.questions.base import Shape
from builder.sources import Place
from builder.validate.material import Material


def incomplete(shape: Shape, place: Place, act: str) -> Diagnostic | None:
    """What is missing where only one of ``approved_by`` and ``approved_on`` has a value, or of
    the pair of another ``what``; ``shape`` stands at ``place``."""
    for has, lacks in ((f"{act}_by", f"{act}_on"), (f"{act}_on", f"{act}_by")):
        if getattr(shape, has) and not getattr(shape, lacks):
            return problem("approval-incomplete", place.find([has]).key, has=has, lacks=lacks)
    return None


def review(material: Material) -> Iterator[Diagnostic]:
    """The course has a date for its next review, which is not past."""
    review_by = material.course.review_by
    place = material.course_place("review_by")
    if review_by is None:
        if material.course_whole:
            yield problem("review-unset", place.key)
    elif review_by < material.today:
        yield problem("review-overdue", place.at, review_by=review_by.isoformat())


def pass_mark(material: Material) -> Iterator[Diagnostic]:
    """Where there is a quiz, the owner has approved the pass marks: the course's, where a quiz goes
    by it, and those of quizzes of their own."""
    tracking = material.course.tracking
    approved = tracking.approved_by and tracking.approved_on
    quizzes = [page for page in material.pages.values() if page.shape.kind == "quiz"]
    if not quizzes or approved or not material.course_whole:
        return
    half = incomplete(tracking, material.course_place("tracking"), "approved")
    if half:
        yield half
        return
    own = [page for page in quizzes if page.shape.quiz and page.shape.quiz.pass_mark is not None]
    if len(own) < len(quizzes):
        place = material.course_place("tracking", "pass_mark")
        yield problem("tracking-unapproved", place.at, pass_mark=tracking.pass_mark)
    for page in own:
        mark = page.shape.quiz and page.shape.quiz.pass_mark
        yield problem(
            "tracking-unapproved", page.front("quiz", "pass_mark").at, pass_mark=str(mark)
        )


def future(material: Material) -> Iterator[Diagnostic]:
    """Nothing was reviewed, checked, confirmed or approved on a day that is still to come."""
    for key, day, place in _days(material):
        if day and day > material.today:
            yield problem("date-future", place.find([key]).at, key=key, day=day.isoformat())


def _days(material: Material) -> Iterator[tuple[str, date | None, Place]]:
    course, at = material.course, material.course_place
    yield "reviewed_on", course.reviewed_on, at()
    yield "approved_on", course.tracking.approved_on, at("tracking")
    for name, variable in course.variables.items():
        yield "confirmed_on", variable.confirmed_on, at("variables", name)
    for index, reference in enumerate(course.references):
        yield "checked_on", reference.checked_on, at("references", index)
    for item in material.questions:
        yield "approved_on", item.shape.approved_on, item.place


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (review, pass_mark, future)
