"""The package to compare with cannot be read."""

from __future__ import annotations

from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    ERROR,
    Rule,
)

RULE = Rule(
    code="update-unreadable",
    severity=ERROR,
    message="The old package cannot be compared with: {problem}.",
    hint="Name the zip that is in the LMS now.",
    explanation="Both packages need a manifest that can be read.",
    effects={
        ANYWHERE: "what happens to those who have begun cannot be told",
    },
    summary="The old package cannot be compared with.",
    source="facts/packages.md#replacing-a-package",
    wrong="--against notes.zip",
    right="--against course-1.zip",
    kinds=ALL_KINDS,
)
