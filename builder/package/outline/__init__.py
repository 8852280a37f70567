"""The outline of a course, written into its package as ``course.json`` for other tools."""

from builder.package.outline.model import (
    FORMAT,
    Choice,
    Draw,
    Identifiers,
    Module,
    Outline,
    Page,
    PageText,
    Question,
    QuestionTexts,
    RecordItem,
    Refresher,
    Rules,
    Scenario,
    Scene,
    Translation,
    Wording,
)
from builder.package.outline.parsing import parse
from builder.package.outline.reading import Json, UnreadableError, to_json

__all__ = [
    "FORMAT",
    "Choice",
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
    "Refresher",
    "Rules",
    "Scenario",
    "Scene",
    "Translation",
    "UnreadableError",
    "Wording",
    "parse",
    "to_json",
]
