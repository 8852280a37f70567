"""The parts of a course that people approve, such as a page or a question, and the state of each
approval.

An approval names a part and the code of its words, a short hash that changes with the words. It is
valid while the part has the same code.
"""

from builder.course.approvals.parts import (
    CODE_PATTERN,
    KINDS,
    RULE,
    Kind,
    Part,
    code_of,
    format_code,
    is_part,
    parts,
    read_code,
    short_code,
    split_language,
    translated_parts,
    version_code,
)
from builder.course.approvals.status import (
    ApprovalStatus,
    Change,
    State,
    UnknownPartError,
    Validity,
    approval_statuses,
    changes,
    describe_changes,
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
    "short_code",
    "split_language",
    "translated_parts",
    "validity",
    "version_code",
]
