"""An import: files of other programs become a course, or go into the one that was made of them."""

from builder.importing.line import run
from builder.importing.request import AnotherBankError, RefusedError, Request

__all__ = ["AnotherBankError", "RefusedError", "Request", "run"]
