"""Records approvals of parts of a course: reads the course, judges signed lists and approval
sheets, and writes ``approvals.yaml``."""

from builder.approving.lists import FilledRow, Row, Verdict, judge_rows, read_signed_list, rows
from builder.approving.names import clean_name, is_placeholder, is_plausible_name, is_signature
from builder.approving.reading import Reading, read
from builder.approving.writing import Entry, NotEditedError, update_text, write

__all__ = [
    "Entry",
    "FilledRow",
    "NotEditedError",
    "Reading",
    "Row",
    "Verdict",
    "clean_name",
    "is_placeholder",
    "is_plausible_name",
    "is_signature",
    "judge_rows",
    "read",
    "read_signed_list",
    "rows",
    "update_text",
    "write",
]
