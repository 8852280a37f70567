"""Which words of a course somebody can approve, and what becomes of an approval."""

from builder.approvals.changes import Change, changes, told
from builder.approvals.code import CODE_PATTERN, code_of, normal, read_code
from builder.approvals.part import KINDS, Kind, Part
from builder.approvals.parts import parts

__all__ = [
    "CODE_PATTERN",
    "KINDS",
    "Change",
    "Kind",
    "Part",
    "changes",
    "code_of",
    "normal",
    "parts",
    "read_code",
    "told",
]
