"""Writes an imported document as the files of a course.

``write`` returns the text of the files, and does not save them. The same document always gives the
same files. Ids are made from the words of the document; ``Names`` keeps the ids of an earlier
import.
"""

from builder.importing.document.form import Pages
from builder.importing.writing.context import Names
from builder.importing.writing.course import write
from builder.importing.writing.division import LONG
from builder.importing.writing.written_course import (
    COURSE,
    QUESTIONS,
    Heading,
    ListedContent,
    Page,
    WrittenCourse,
    WrittenQuestion,
)

__all__ = [
    "COURSE",
    "LONG",
    "QUESTIONS",
    "Heading",
    "ListedContent",
    "Names",
    "Page",
    "Pages",
    "WrittenCourse",
    "WrittenQuestion",
    "write",
]
