"""The outline of a course made in memory, as its package has it."""

from builder import compare
from builder.artifacts import OUTLINE
from builder.compare import Outline
from builder.model import Course
from builder.plan import plan
from builder.render import render


def outline(course: Course) -> Outline:
    members = {member.name: member for member in render(plan(course))}
    return compare.parse(members[OUTLINE].read())
