"""Rules for pass marks that only full marks can reach."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from builder.course import guessing
from builder.course.marks import Mark, allows_no_mistake, marks, reaches, shared_pages
from builder.course.model import Course, Draw
from builder.course.shaping import written
from builder.course.test_out import with_test_pages
from builder.course.test_settings import Settings
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_DEFAULT = " under “tracking:” in course.yaml"
"""Where authors write a pass mark that they have not written yet."""


def full_marks(material: Material, course: Course) -> Iterator[Diagnostic]:
    """Report pass marks below 100 % of ``course``, the model made from the material, that nobody
    reaches with a mistake. A mark that several parts share is reported once; test-outs have a rule
    of their own."""
    found = [mark for mark in marks(course) if allows_no_mistake(mark.best, mark.percent)]
    shared = [mark for mark in found if mark.shared]
    for mark in (*shared[:1], *(mark for mark in found if not mark.shared)):
        position, where = _place(mark, material)
        lower = f" or less{where}, or" if _can_be_lower(mark, course) else ""
        best = (mark.best or 0) // 100
        yield problem(
            "pass-mark-full",
            position,
            mark=str(mark.percent),
            what=_together(course) if mark.shared else f"“{mark.page.title}”",
            need=f": trainees need {mark.need}" if mark.need else "",
            fix=f"{_longer(mark)}. Or write {f'“pass_mark: {best}”{lower} ' if lower else ''}"
            f"“pass_mark: 100”{where} if nobody may make a mistake",
        )


def _together(course: Course) -> str:
    """The parts that are judged together, in words."""
    *others, last = [f"“{page.title}”" for page in shared_pages(course)]
    if len(others) > 2:
        return f"the {len(others) + 1} quizzes and scenarios of the course together"
    return f"{', '.join(others)} and {last} together"


def _longer(mark: Mark) -> str:
    """How to make a part so long that one mistake costs less."""
    if mark.page.scenario and not mark.shared:
        return "Let trainees decide more often"
    if mark.need is None or mark.need.points:
        return "Ask more questions"
    enough = next(
        count for count in range(2, 101) if reaches(Fraction(count - 1, count), mark.percent)
    )
    return f"Ask at least {enough} questions, so that one answer may be wrong"


def _can_be_lower(mark: Mark, course: Course) -> bool:
    """Whether a pass mark that allows one mistake is sensible: a quiz with it, and each test-out
    that uses the pass mark of the course, is not likely to be passed by answers at random."""
    percent, page = (mark.best or 0) // 100, mark.page
    if not percent:
        return False
    if not mark.shared and not page.scenario:
        draws = (*page.rules.draws, Draw(len(page.fixed()), page.fixed()))
        if guessing.chance_to_pass(draws, percent, 1) > guessing.LIKELY:
            return False
    return page.rules.pass_mark is not None or not any(
        Settings(draw.questions, draw.count, percent, one.rules.attempts or 0).guessable
        for one in with_test_pages(course).pages
        if one.covers and one.rules.pass_mark is None
        for draw in one.rules.draws
    )


def _place(mark: Mark, material: Material) -> tuple[Position, str]:
    """The place of the pass mark that a part uses, and where to write it in words, if it is the
    default: the place is that of the part then."""
    page = mark.page
    if page.rules.pass_mark is not None:
        return material.pages[page.path].front("quiz", "pass_mark").at, ""
    if "pass_mark" in written(material.course.tracking):
        return material.course_place("tracking", "pass_mark").at, ""
    return material.pages[page.path].front("kind").at, _DEFAULT
