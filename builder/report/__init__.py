"""Says what a command found and made: in words, or in JSON."""

from builder.report import beginning, comparison, rehearsal, saved
from builder.report.build import as_json, text
from builder.report.explained import catalogue, explanation
from builder.report.problems import problems

__all__ = [
    "as_json",
    "beginning",
    "catalogue",
    "comparison",
    "explanation",
    "problems",
    "rehearsal",
    "saved",
    "text",
]
