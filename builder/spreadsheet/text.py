"""A sheet of questions as a file of text with commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from builder.spreadsheet.entries import used
from builder.spreadsheet.safety import safe


def csv_of(rows: Sequence[Mapping[str, str]], heads: Sequence[str] = ()) -> bytes:
    """Rows as ``entries.row`` gives them, as CSV (RFC 4180) in UTF-8 with the mark by which Excel
    knows it. No cell is a formula. ``heads`` are those that the rows need, if none are given."""
    heads = heads or used(rows)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    table.writerow(heads)
    table.writerows([safe(row.get(head, "")) for head in heads] for row in rows)
    return text.getvalue().encode("utf-8-sig")
