"""The format of a sheet of questions (CSV or XLSX), for all code that reads or writes one.

``columns`` has the columns, ``types`` the question types, ``rows`` converts a question to a row,
``workbook`` writes XLSX. docs/import.md explains sheets to authors.
"""

from builder.exporting.spreadsheet.columns import head_of
from builder.exporting.spreadsheet.rows import csv_of, needed_headings, row
from builder.exporting.spreadsheet.types import SHEET_TYPES, Entry, Option

__all__ = ["SHEET_TYPES", "Entry", "Option", "csv_of", "head_of", "needed_headings", "row"]
