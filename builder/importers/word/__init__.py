"""Word files: one reader that reads them, and another that counts what they hold."""

from builder.importers.word.counting.file import counts
from builder.importers.word.reader import read

__all__ = ["counts", "read"]
