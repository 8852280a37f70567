"""The review document, in which subject experts read and comment on a course; and reading it when
it comes back.

Terms of these modules:

- A part is a text of the course that people approve separately, such as ``page/intro`` or
  ``question/first-thing``.
- A tag is an id such as ``q:first-thing``, printed in square brackets after a paragraph. It marks
  where a page, a question or another section of the document starts.
- A fact is what a line states that is not text of the author, such as which option is right.
- A code is a checksum of words: of a part, of one line, or of the whole document.
"""

from builder.exporting.review import html, word
from builder.exporting.review.applying import Applied, apply, check_changes, choose
from builder.exporting.review.composing import Reviewed, compose, part_finder, parts_of
from builder.exporting.review.document_lines import ALL
from builder.exporting.review.remarks import Remark, Review, read
from builder.exporting.review.returned import Returned, compare_returned, quote
from builder.exporting.review.returned_file import UnreadableError, receive
from builder.exporting.review.selecting import changed_parts, open_parts
from builder.exporting.review.source_texts import SourceTexts
from builder.exporting.review.translated import compose_translation
from builder.exporting.review.tree import LANGUAGE_SIGN

__all__ = [
    "ALL",
    "LANGUAGE_SIGN",
    "Applied",
    "Remark",
    "Returned",
    "Review",
    "Reviewed",
    "SourceTexts",
    "UnreadableError",
    "apply",
    "changed_parts",
    "check_changes",
    "choose",
    "compare_returned",
    "compose",
    "compose_translation",
    "html",
    "open_parts",
    "part_finder",
    "parts_of",
    "quote",
    "read",
    "receive",
    "word",
]
