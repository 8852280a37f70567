"""The outline of a course made in memory, as its package has it."""

from builder import updating
from builder.course.model import Course
from builder.package.artifacts import OUTLINE
from builder.package.plan import plan
from builder.package.render import render
from builder.updating import Outline


def outline(course: Course) -> Outline:
    members = {member.name: member for member in render(plan(course))}
    return updating.parse(members[OUTLINE].read())
