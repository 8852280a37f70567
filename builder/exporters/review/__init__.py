"""The document on which a subject expert reads, remarks on and approves a course; and what comes
back of it."""

from builder.exporters.review import html, word
from builder.exporters.review.applying import Applied, apply, choose, codes, settled
from builder.exporters.review.comparing import Owners
from builder.exporters.review.composing import Reviewed, compose
from builder.exporters.review.received import UnreadableError, receive
from builder.exporters.review.remarks import Remark, Review, read
from builder.exporters.review.sheet import Returned, Sheet, returned
from builder.exporters.review.written import Written

__all__ = [
    "Applied",
    "Owners",
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
