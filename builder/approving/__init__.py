"""Records approvals of parts of a course: reads the course, and writes ``approvals.yaml``."""

from builder.approving.names import clean_name
from builder.approving.reading import Reading, read, standing
from builder.approving.writing import Entry, NotEditedError, update_text, write

__all__ = [
    "Entry",
    "NotEditedError",
    "Reading",
    "clean_name",
    "read",
    "standing",
    "update_text",
    "write",
]
