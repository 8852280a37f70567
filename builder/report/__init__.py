"""Says what a command found and made: in words, or in JSON."""

from builder.report import saved
from builder.report.build import as_json, catalogue, explanation, text

__all__ = ["as_json", "catalogue", "explanation", "saved", "text"]
