"""Whether an approval still counts for a part."""

from __future__ import annotations

from typing import Literal

from builder.approvals.code import code_of, is_earlier
from builder.approvals.part import Kind, Part
from builder.model import Approval

Validity = Literal["approved", "stale", "earlier", "damaged"]
"""Of the words of today; of other words; given under the earlier rule of what words are; with words
that are not those of its code."""


def validity(part: Part, approval: Approval) -> Validity:
    """What an approval of a part is worth."""
    if is_damaged(part.kind, approval):
        return "damaged"
    if is_earlier(part.kind, approval.words, approval.code):
        return "earlier"
    return "approved" if approval.code == part.code else "stale"


def is_damaged(kind: Kind, approval: Approval) -> bool:
    """Whether an approval has words that are not those of its code, by any rule."""
    words, code = approval.words, approval.code
    return bool(words) and code != code_of(kind, words) and not is_earlier(kind, words, code)
