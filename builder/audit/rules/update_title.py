"""Another title."""

from __future__ import annotations

from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Rule,
)

RULE = Rule(
    code="update-title",
    severity=WARNING,
    message="What was called “{old}” is now called “{new}”.",
    hint=(
        "If it is the same course in other words, nothing. If it is another course, put "
        "it up as a new activity."
    ),
    explanation=(
        "Results stay with the identifier, whatever the title says: a report then shows "
        "the old result under the new title."
    ),
    effects={
        ANYWHERE: "results of the old one are shown under the new title",
    },
    summary="An item has another title than in the old package.",
    source="facts/packages.md#replacing-a-package",
    wrong="<title>Fire safety</title>, was <title>First aid</title>",
    right="<title>First aid 2</title>, was <title>First aid</title>",
)
