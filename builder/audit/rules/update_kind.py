"""Another standard than before."""

from __future__ import annotations

from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Rule,
)

RULE = Rule(
    code="update-kind",
    severity=ERROR,
    message="The old package is {old}, this one {new}.",
    hint=("Export the new one as {old} if people have begun, or put it up as a new activity."),
    explanation="What an LMS has recorded in one standard cannot be read by a course of another.",
    effects={
        ANYWHERE: "places and answers of those who have begun are lost",
    },
    summary="The old package is of another standard.",
    source="facts/packages.md#replacing-a-package",
    wrong="SCORM 2004, was SCORM 1.2",
    right="SCORM 1.2, as before",
)
