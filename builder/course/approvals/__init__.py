"""The parts of a course that can be approved, and which approvals count."""

from builder.course.approvals.changes import Change, changes, told
from builder.course.approvals.code import CODE_PATTERN, RULE, code_of, normal, read_code
from builder.course.approvals.parts import KINDS, Kind, Part, is_part, parts
from builder.course.approvals.standing import (
    Standing,
    State,
    UnknownPartError,
    Validity,
    chosen,
    is_damaged,
    standings,
    validity,
)

__all__ = [
    "CODE_PATTERN",
    "KINDS",
    "RULE",
    "Change",
    "Kind",
    "Part",
    "Standing",
    "State",
    "UnknownPartError",
    "Validity",
    "changes",
    "chosen",
    "code_of",
    "is_damaged",
    "is_part",
    "normal",
    "parts",
    "read_code",
    "standings",
    "told",
    "validity",
]
