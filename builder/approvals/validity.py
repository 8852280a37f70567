"""Whether an approval still counts for a part."""

from __future__ import annotations

from typing import Literal

from builder.approvals.code import code_of
from builder.approvals.part import Kind, Part
from builder.model import Approval

Validity = Literal["approved", "stale", "damaged"]
"""Of the words of today; of other words; with words that are not those of its code."""


def validity(part: Part, approval: Approval) -> Validity:
    """What an approval of a part is worth."""
    if is_damaged(part.kind, approval):
        return "damaged"
    return "approved" if approval.code == part.code else "stale"


def is_damaged(kind: Kind, approval: Approval) -> bool:
    """Whether an approval has words that are not those of its code."""
    return bool(approval.words) and approval.code != code_of(kind, approval.words)
