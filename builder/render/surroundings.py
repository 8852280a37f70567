"""The data of the course that any page may show."""

from __future__ import annotations

from dataclasses import replace

from builder.memo import Memo
from builder.model import Course


def surroundings(course: Course, memo: Memo) -> Course:
    """The course without its pages, questions and files."""
    stripped = replace(
        course,
        modules=(),
        questions=(),
        media={},
        captions={},
        help=(),
        worst_state=0,
        wording=(),
    )
    return memo.of("around", (stripped,), lambda: stripped)
