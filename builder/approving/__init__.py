"""Records approvals: reads a course, judges signed lists and sheets, and writes
``approvals.yaml``."""

from builder.approving.lists import Row, rows, signed
from builder.approving.names import is_placeholder, named, plausible, signs
from builder.approving.reading import Reading, read
from builder.approving.sheets import Filled, Verdict, judged
from builder.approving.writing import Entry, NotEditedError, updated, write

__all__ = [
    "Entry",
    "Filled",
    "NotEditedError",
    "Reading",
    "Row",
    "Verdict",
    "is_placeholder",
    "judged",
    "named",
    "plausible",
    "read",
    "rows",
    "signed",
    "signs",
    "updated",
    "write",
]
