"""Word files: one reader that reads them, and another that counts what they hold."""

from builder.importing.word.counting.file import counts
from builder.importing.word.reader import read

__all__ = ["counts", "read"]
