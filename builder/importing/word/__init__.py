"""Imports Word files: ``read`` parses a file, and ``counts`` counts its contents independently of
``read``, so that an import can notice lost content."""

from builder.importing.word.counting import counts
from builder.importing.word.document import read

__all__ = ["counts", "read"]
