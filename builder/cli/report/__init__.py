"""Formats the results of commands as text or JSON.

Reports of single commands have their own modules, which only those commands import.
"""

from builder.cli.report.build import as_json, text
from builder.cli.report.problems import problems

__all__ = [
    "as_json",
    "problems",
    "text",
]
