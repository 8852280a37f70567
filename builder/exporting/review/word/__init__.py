"""The review document as a Word file."""

from builder.exporting.review.word.document import members

__all__ = ["members"]
