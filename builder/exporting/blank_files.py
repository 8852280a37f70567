"""Writes files that authors start from: a JSON Schema for editors, and a sheet of questions."""

from __future__ import annotations

from pathlib import Path

from builder.course import new_course
from builder.diagnostics.diagnostic import Diagnostic
from builder.package.artifacts import Member


def schema_file(name: str, path: Path) -> tuple[Diagnostic, ...]:
    """Write a JSON Schema to a file atomically; returns the problems."""
    from builder.exporting import files

    return files.put_text(path, new_course.schema(name).rstrip("\n"))


SHEETS = (".xlsx", ".csv")
"""Extensions of a sheet of questions."""


def question_sheet(path: Path) -> tuple[Diagnostic, ...]:
    """Write a sheet of questions to fill in, with an example of each type; returns the problems.

    Always writes the same bytes. The caller has checked that the file does not exist.
    """
    from builder.exporting import files
    from builder.exporting.spreadsheet import rows, workbook

    listed, heads = rows.example_rows(), rows.example_headings()
    if path.suffix.lower() == ".csv":
        return files.put_bytes(path, rows.csv_of(listed, heads))
    parts = workbook.parts(listed, heads)
    return files.put_zip(path, [Member(name, content) for name, content in parts.items()])
