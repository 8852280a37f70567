"""Rules for pass marks that only full marks can reach."""

from __future__ import annotations

from collections.abc import Iterator

from builder.course.marks import Mark, marks
from builder.course.model import Course
from builder.course.shaping import written
from builder.course.test_out import with_test_pages
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_FULL = 100
"""A pass mark that says itself that everything must be right."""


def full_marks(material: Material, course: Course) -> Iterator[Diagnostic]:
    """Report pass marks below 100 % of ``course``, the model made from the material, that nobody
    reaches with a mistake. A mark that several parts share is reported once."""
    found = [mark for mark in marks(with_test_pages(course)) if mark.full and mark.percent < _FULL]
    shared = [mark for mark in found if mark.shared]
    for mark in (*shared[:1], *(mark for mark in found if not mark.shared)):
        best = (mark.best or 0) // 100
        yield problem(
            "pass-mark-full",
            _position(mark, material),
            mark=str(mark.percent),
            what="the parts of the course together" if mark.shared else f"“{mark.page.title}”",
            need=f": trainees need {mark.need}" if mark.need else "",
            fix=f"Write “pass_mark: {best}” or less, ask" if best else "Ask",
        )


def _position(mark: Mark, material: Material) -> Position:
    """The place of the pass mark that a part uses; of the part itself if the mark is the default,
    or if a test-out uses that of the course."""
    page = mark.page
    for tested in material.tests:
        if page.covers and {one.id for one in tested.pages} & set(page.covers):
            key = "pass_mark" if tested.shape.pass_mark is not None else "count"
            return tested.place.find([key]).at
    if page.rules.pass_mark is not None:
        return material.pages[page.path].front("quiz", "pass_mark").at
    if "pass_mark" in written(material.course.tracking):
        return material.course_place("tracking", "pass_mark").at
    return material.pages[page.path].front("kind").at
