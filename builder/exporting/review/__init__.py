"""The review document, on which subject experts comment and approve a course; and reading it when
it comes back."""

from builder.exporting.review import html, word
from builder.exporting.review.applying import Applied, apply, choose, codes, settled
from builder.exporting.review.comparing import PartFinder
from builder.exporting.review.composing import Reviewed, compose
from builder.exporting.review.received import UnreadableError, receive
from builder.exporting.review.remarks import Remark, Review, read
from builder.exporting.review.sheet import Returned, Sheet, returned
from builder.exporting.review.written import Written

__all__ = [
    "Applied",
    "PartFinder",
    "Remark",
    "Returned",
    "Review",
    "Reviewed",
    "Sheet",
    "UnreadableError",
    "Written",
    "apply",
    "choose",
    "codes",
    "compose",
    "html",
    "read",
    "receive",
    "returned",
    "settled",
    "word",
]
