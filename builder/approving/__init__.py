"""Approving words: what there is to approve, what a sheet says, and how it is written down."""

from builder.approving.astray import other_words, unknown_part
from builder.approving.filled import Filled, Verdict, judged
from builder.approving.ledger import Entry, NotEditedError, updated
from builder.approving.sheet import Row, rows
from builder.approving.standing import Standing, State, UnknownPartError, chosen, standings
from builder.approving.who import is_placeholder, named, plausible, signs

__all__ = [
    "Entry",
    "Filled",
    "NotEditedError",
    "Row",
    "Standing",
    "State",
    "UnknownPartError",
    "Verdict",
    "chosen",
    "is_placeholder",
    "judged",
    "named",
    "other_words",
    "plausible",
    "rows",
    "signs",
    "standings",
    "unknown_part",
    "updated",
]
