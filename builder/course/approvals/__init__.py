"""The parts of a course that can be approved, and which approvals count."""

from builder.course.approvals.changes import Change, changes, describe_changes
from builder.course.approvals.code import CODE_PATTERN, RULE, code_of, format_code, read_code
from builder.course.approvals.parts import KINDS, Kind, Part, is_part, parts
from builder.course.approvals.status import (
    ApprovalStatus,
    State,
    UnknownPartError,
    Validity,
    approval_statuses,
    is_damaged,
    select_parts,
    validity,
)

__all__ = [
    "CODE_PATTERN",
    "KINDS",
    "RULE",
    "ApprovalStatus",
    "Change",
    "Kind",
    "Part",
    "State",
    "UnknownPartError",
    "Validity",
    "approval_statuses",
    "changes",
    "code_of",
    "describe_changes",
    "format_code",
    "is_damaged",
    "is_part",
    "parts",
    "read_code",
    "select_parts",
    "validity",
]
