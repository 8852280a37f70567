"""What the approval sheet lists, and who has approved what so far."""

from __future__ import annotations

from builder import approvals
from builder.model import Course, Wording


def parts(course: Course) -> tuple[approvals.Part, ...]:
    """Every part that can be approved: what has no words yet cannot."""
    return tuple(part for part in approvals.parts(course) if part.code)


def approved(course: Course, part: str) -> Wording | None:
    """Who has approved the words of a part as they are now, and when; ``None`` for nobody."""
    return next((one for one in course.wording if one.part == part and one.by), None)
