"""An import: files of other programs become a course, or go into the one that was made of them."""

from builder.importing.request import AnotherBankError, RefusedError, Request
from builder.importing.run import run

__all__ = ["AnotherBankError", "RefusedError", "Request", "run"]
