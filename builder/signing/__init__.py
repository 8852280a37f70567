"""The line from the words of a course to its approvals."""

from builder.signing.reading import Reading, read, signed
from builder.signing.writing import write

__all__ = ["Reading", "read", "signed", "write"]
