"""The outline of a course, written into its package as ``course.json`` for other tools."""

from builder.package.outline.model import (
    FORMAT,
    Draw,
    Identifiers,
    Module,
    Outline,
    Page,
    PageText,
    Question,
    QuestionTexts,
    RecordItem,
    Rules,
    Translation,
    Wording,
)
from builder.package.outline.parsing import parse
from builder.package.outline.reading import Json, UnreadableError, to_json

__all__ = [
    "FORMAT",
    "Draw",
    "Identifiers",
    "Json",
    "Module",
    "Outline",
    "Page",
    "PageText",
    "Question",
    "QuestionTexts",
    "RecordItem",
    "Rules",
    "Translation",
    "UnreadableError",
    "Wording",
    "parse",
    "to_json",
]
