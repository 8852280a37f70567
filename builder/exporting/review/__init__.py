"""The review document, on which subject experts comment and approve a course; and reading it when
it comes back."""

from builder.exporting.review import html, word
from builder.exporting.review.applying import Applied, apply, check_changes, choose, codes
from builder.exporting.review.approval_sheet import Returned, Sheet, compare_returned
from builder.exporting.review.composing import Reviewed, compose
from builder.exporting.review.document_lines import PartFinder
from builder.exporting.review.remarks import Remark, Review, read
from builder.exporting.review.returned_file import UnreadableError, receive
from builder.exporting.review.source_texts import SourceTexts

__all__ = [
    "Applied",
    "PartFinder",
    "Remark",
    "Returned",
    "Review",
    "Reviewed",
    "Sheet",
    "SourceTexts",
    "UnreadableError",
    "apply",
    "check_changes",
    "choose",
    "codes",
    "compare_returned",
    "compose",
    "html",
    "read",
    "receive",
    "word",
]
