"""Approving words: what there is to approve, what a sheet says, and how it is written down."""

from builder.approving.astray import other_words, unknown_part
from builder.approving.filled import Filled, Verdict, judged
from builder.approving.ledger import Entry, NotEditedError, updated
from builder.approving.moving import Moved, moved
from builder.approving.sheet import Row, rows
from builder.approving.standing import Standing, State, UnknownPartError, chosen, standings
from builder.approving.who import named

__all__ = [
    "Entry",
    "Filled",
    "Moved",
    "NotEditedError",
    "Row",
    "Standing",
    "State",
    "UnknownPartError",
    "Verdict",
    "chosen",
    "judged",
    "moved",
    "named",
    "other_words",
    "rows",
    "standings",
    "unknown_part",
    "updated",
]
