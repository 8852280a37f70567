"""Renders the cover: what the course is, for whom, how long it takes, and what it requires."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from builder.course import interface
from builder.course.model import Course
from builder.package.artifacts import Plan
from builder.package.render.pattern import pattern
from builder.package.render.templates import Templates


def cover(plan: Plan, templates: Templates) -> Markup | None:
    """The HTML of the cover; ``None`` if the course starts with its first page."""
    course_cover = plan.course.cover
    if not course_cover:
        return None
    return templates.render(
        "cover.html.j2",
        cover=course_cover,
        facts=list(facts(plan.course, templates)),
        picture=plan.media.get(course_cover.picture),
        pattern=pattern(plan.course.id),
    )


def facts(course: Course, templates: Templates) -> Iterator[str]:
    """The requirements of the course, one short text each."""

    def count_text(key: str, count: int) -> str:
        form = interface.plural(course.language, count)
        return templates.text(f"{key}_{form}", n=count)

    yield count_text("page.cover-minutes", sum(page.minutes for page in course.pages))
    yield count_text("page.cover-pages", len(course.pages))
    marks = {
        course.tracking.pass_mark if page.rules.pass_mark is None else page.rules.pass_mark
        for page in course.pages
        if page.quiz
    } - {0}
    # Quizzes with their own pass marks show them themselves.
    if len(marks) == 1:
        yield templates.text("page.cover-pass", mark=marks.pop())
    if any(page.record for page in course.pages):
        yield templates.text("page.cover-record")
    yield templates.text("page.cover-stop")
