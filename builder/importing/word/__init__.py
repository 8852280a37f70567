"""Imports Word files: ``read`` parses a file, ``counts`` counts its contents independently."""

from builder.importing.word.counting import counts
from builder.importing.word.document import read

__all__ = ["counts", "read"]
