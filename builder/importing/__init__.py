"""Imports documents and question banks: makes a course of them, or merges them into a course that
an earlier import made."""

from builder.importing.reading import AnotherBankError, RefusedError, Request
from builder.importing.run import run

__all__ = ["AnotherBankError", "RefusedError", "Request", "run"]
