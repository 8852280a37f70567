"""The outline of a course that its package holds as ``course.json``, for every other tool."""

from builder.outline.model import (
    FORMAT,
    Draw,
    Identifiers,
    Module,
    Outline,
    Page,
    Question,
    RecordItem,
    Rules,
    Wording,
)
from builder.outline.parsing import parse
from builder.outline.reading import Json, UnreadableError, written

__all__ = [
    "FORMAT",
    "Draw",
    "Identifiers",
    "Json",
    "Module",
    "Outline",
    "Page",
    "Question",
    "RecordItem",
    "Rules",
    "UnreadableError",
    "Wording",
    "parse",
    "written",
]
