"""The line from the words of a course to its approvals."""

from builder.signing.migration import Migration, migrate
from builder.signing.reading import Reading, read, signed
from builder.signing.writing import write

__all__ = ["Migration", "Reading", "migrate", "read", "signed", "write"]
