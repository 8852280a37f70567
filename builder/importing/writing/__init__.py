"""Writes an imported document as the files of a course.

``write`` is pure: the same document gives the same files. Ids are made from words; ``Names`` keeps
the ids of an earlier import.
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
