"""Imports sheets of questions from text files and workbooks."""

from __future__ import annotations

from pathlib import Path

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Position
from builder.exporting.spreadsheet.columns import Renamed
from builder.importing.banks import files
from builder.importing.banks.bounds import Read, bounded
from builder.importing.banks.sheets import table, text
from builder.importing.banks.sheets.rows import Rows


@bounded
def read_text(path: Path, named: bool = False, renamed: Renamed | None = None) -> Read:
    """Import the questions of a sheet in a text file, or report why it has none. Rejects files that
    are too large; never raises.

    ``named`` is true if the author named the format with ``--from``, so it need not be detected.
    ``renamed`` maps the author's own column headings to the standard ones.
    """
    words, problems = files.read_bank(path, named)
    if words is None:
        return None, problems
    found = text.split(words, renamed)
    if found is None:
        kind = "a text without the heads of a sheet"
        way = (
            "Write heads in the first line (scorm-builder new --sheet FILE.csv makes a sheet that "
            "has them all), or leave out “--from”"
        )
        return None, (problem("bank-format", Position(path.name), kind=kind, way=way),)
    rows = Rows(path.name)
    for line in found.unquoted:
        position = Position(path.name, line)
        message = "A quotation mark starts a cell here but is never closed, so it is read as text"
        way = "Put a quotation mark behind the cell, too, or double it within the words"
        rows.problems.append(problem("bank-line", position, problem=message, way=way))
    heads = table.heads(found.sheet.rows, renamed)
    assert heads is not None, "the sheet was split where its heads were found"
    rows.add(found.sheet, heads)
    rows.warn_of_unknown_heads(renamed)
    return rows.bank.document(), (*problems, *rows.problems)


@bounded
def read_workbook(path: Path, renamed: Renamed | None = None) -> Read:
    """Import the questions of a workbook, or report why it has none. ``renamed`` maps the author's
    own column headings to the standard ones. Rejects workbooks that are too large; never raises."""
    from builder.importing.banks.sheets import workbook

    rows = Rows(path.name)
    problems = workbook.read(path, rows, renamed)
    if problems:
        return None, problems
    rows.warn_of_unknown_heads(renamed)
    return rows.bank.document(), tuple(rows.problems)
