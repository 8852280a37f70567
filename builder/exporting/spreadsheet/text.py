"""Writes a sheet of questions as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from builder.base.formula_safety import safe
from builder.exporting.spreadsheet.entries import needed_headings


def csv_of(rows: Sequence[Mapping[str, str]], heads: Sequence[str] = ()) -> bytes:
    """Format rows of ``entries.row`` as CSV (RFC 4180) in UTF-8 with BOM, which Excel needs.

    No cell is a formula. Without ``heads`` the file has the columns that the rows need.
    """
    heads = heads or needed_headings(rows)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    table.writerow(heads)
    table.writerows([safe(row.get(head, "")) for head in heads] for row in rows)
    return text.getvalue().encode("utf-8-sig")
