"""A sheet of questions, as CSV or XLSX: what its columns mean, and what each type says in them.

``columns`` names the columns, ``kinds`` the types, ``entries`` writes a question as a row. Whoever
reads or writes a sheet goes by these; docs/import.md explains them to authors.
"""

from builder.spreadsheet.columns import Column, Head, head_of, heads
from builder.spreadsheet.entries import Entry, Option, row, used
from builder.spreadsheet.kinds import KINDS, Kind, kind_of, word_of

__all__ = [
    "KINDS",
    "Column",
    "Entry",
    "Head",
    "Kind",
    "Option",
    "head_of",
    "heads",
    "kind_of",
    "row",
    "used",
    "word_of",
]
