"""Imports Word documents and question banks: makes a new course from them, writes their later
versions into the course that was made from them, or adds question banks to any course."""

from builder.importing.reading import AnotherBankError, RefusedError, Request
from builder.importing.run import run

__all__ = ["AnotherBankError", "RefusedError", "Request", "run"]
