"""The one writer of imports: a document becomes the files of a course.

``write`` is pure: the same document gives the same files. Ids are made of words; those that an
earlier import gave stay where the caller says which is which.
"""

from builder.importing.document.form import Pages
from builder.importing.writing.course import write
from builder.importing.writing.division import LONG
from builder.importing.writing.made import COURSE, QUESTIONS, Asked, Heading, Listed, Made, Page
from builder.importing.writing.names import Names

__all__ = [
    "COURSE",
    "LONG",
    "QUESTIONS",
    "Asked",
    "Heading",
    "Listed",
    "Made",
    "Names",
    "Page",
    "Pages",
    "write",
]
