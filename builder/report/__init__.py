"""Formats the results of commands as text or JSON.

Reports of single commands have their own modules, which those commands import.
"""

from builder.report.build import as_json, text
from builder.report.explained import catalogue, explanation
from builder.report.problems import problems

__all__ = [
    "as_json",
    "catalogue",
    "explanation",
    "problems",
    "text",
]
