"""What any page may say of its course."""

from __future__ import annotations

from dataclasses import replace

from builder.memo import Memo
from builder.model import Course


def surroundings(course: Course, memo: Memo) -> Course:
    """The course without its pages, questions and files."""
    bare = replace(
        course,
        modules=(),
        questions=(),
        media={},
        captions={},
        help=(),
        worst_state=0,
        wording=(),
    )
    return memo.of("around", (bare,), lambda: bare)
