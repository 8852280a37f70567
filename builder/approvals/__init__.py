"""Which words of a course somebody can approve, and what becomes of an approval."""

from builder.approvals.changes import Change, changes, told
from builder.approvals.code import CODE_PATTERN, RULE, code_of, normal, read_code
from builder.approvals.part import KINDS, Kind, Part
from builder.approvals.parts import parts
from builder.approvals.validity import Validity, is_damaged, validity

__all__ = [
    "CODE_PATTERN",
    "KINDS",
    "RULE",
    "Change",
    "Kind",
    "Part",
    "Validity",
    "changes",
    "code_of",
    "is_damaged",
    "normal",
    "parts",
    "read_code",
    "told",
    "validity",
]
