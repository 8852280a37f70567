"""Locates the parts of a course that trainees can have done."""

from __future__ import annotations

from builder.diagnostics import Places
from builder.validate.material import Material


def places(material: Material) -> Places:
    """The position of each page, question and record item."""
    listed = {("question", question.shape.id): question.place.at for question in material.questions}
    for page in material.pages.values():
        listed["page", page.id] = page.front().at
        for index, item in enumerate(page.record):
            listed["record", item.id] = page.front("record", index).at
    return listed
