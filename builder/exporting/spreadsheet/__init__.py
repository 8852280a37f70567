"""The format of a sheet of questions (CSV or XLSX): columns, question types, cells.

``columns`` defines the columns, ``kinds`` the types, ``entries`` converts a question to a row. All
code that reads or writes a sheet uses these; docs/import.md explains them to authors.
"""

from builder.exporting.spreadsheet.columns import Column, Head, head_of, heads
from builder.exporting.spreadsheet.rows import Entry, Option, csv_of, needed_headings, row
from builder.exporting.spreadsheet.types import KINDS, Kind, kind_of, word_of

__all__ = [
    "KINDS",
    "Column",
    "Entry",
    "Head",
    "Kind",
    "Option",
    "csv_of",
    "head_of",
    "heads",
    "kind_of",
    "needed_headings",
    "row",
    "word_of",
]
