"""The instructions for filling in a sheet of questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from builder.exporting.spreadsheet import columns

SHEET = "How to fill in"
"""The name of the sheet with the instructions, which imports ignore."""

Look = Literal["title", "head", "row"]

_BEFORE = (
    "One row is one question. Fill in the sheet “Questions”; the rows there are examples: change "
    "or delete them.",
    "Columns that you do not need can be deleted, and others of the table below added, in any "
    "order. Only “Question” has to be there.",
    "Then: scorm-builder import FILE.xlsx makes a course of it, and says row by row what it could "
    "not read.",
)
_TYPES = (
    ("single answer", "The letter of the right option: B", "What there is to choose from"),
    (
        "multiple answers",
        "The letters of all right options: A, C",
        "What there is to choose from. Partial credit: yes, if some of the right ones earn points",
    ),
    ("true-false", "true or false", "Empty"),
    (
        "fill-in",
        "Each answer that is right, on lines of its own (Alt+Enter)",
        "Empty, or more answers that are right",
    ),
    (
        "numeric",
        "A number with a decimal point: 2.5; or “2 to 5”, “at least 2”, “at most 5”",
        "Empty. Tolerance: how far from the number is still right",
    ),
    (
        "matching",
        "Empty",
        "A pair in each: Green -> Way out. “-> Danger” is only there to choose. Where -> belongs "
        "to the words: \\->",
    ),
    ("sequencing", "Empty", "The items in their right order"),
    (
        "likert",
        "Empty: no answer is right or wrong",
        "Empty for “strongly disagree” to “strongly agree”, or a scale of your own. Statements: "
        "what is agreed with, on lines of their own",
    ),
    (
        "performance",
        "The letters of the steps that are needed; empty if nothing is scored",
        "The steps of the task",
    ),
    ("reflection", "Empty: nobody marks it", "Empty"),
)


def lines() -> Iterator[tuple[Look, tuple[str, ...]]]:
    """The rows of the instructions, with their styles."""
    yield "title", ("Questions for a course",)
    for number, text in enumerate(_BEFORE, start=1):
        yield "row", (str(number), text)
    yield "title", ("Types",)
    yield "head", ("Type", "Right answer", "Option A, Option B, …")
    for row in _TYPES:
        yield "row", row
    yield "title", ("Columns",)
    yield "head", ("Column", "What belongs into it")
    for column in (*columns.BEFORE, columns.OPTION, *columns.BEHIND, columns.FEEDBACK):
        several = column in (columns.OPTION, columns.FEEDBACK)
        head = f"{column.head} A, {column.head} B, …" if several else column.head
        yield "row", (head, column.about)
