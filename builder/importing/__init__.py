"""Imports Word documents and question banks: makes a new course from them, or merges their later
versions into the course that an earlier import made."""

from builder.importing.reading import AnotherBankError, RefusedError, Request
from builder.importing.run import run

__all__ = ["AnotherBankError", "RefusedError", "Request", "run"]
