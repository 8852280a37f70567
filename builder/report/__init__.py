"""Says what a command found and made: in words, or in JSON.

What only some commands say has modules of its own, which they load.
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
