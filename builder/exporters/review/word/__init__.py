"""The review document as a Word file."""

from builder.exporters.review.word.document import members

__all__ = ["members"]
