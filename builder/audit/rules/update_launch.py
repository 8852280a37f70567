"""Another file is launched."""

from __future__ import annotations

from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Rule,
)

RULE = Rule(
    code="update-launch",
    severity=WARNING,
    message="The old package launches “{old}”, this one “{new}”.",
    hint=(
        "Keep the name if you can. Otherwise ask those who have the course open to open it anew."
    ),
    explanation=(
        "Bookmarks, and pages that are open at the moment of the update, go to the old address."
    ),
    effects={
        ANYWHERE: (
            "who has the course open gets an error at the next page; the place is kept if "
            "the identifier is"
        ),
    },
    summary="Another file is launched than in the old package.",
    source="facts/packages.md#replacing-a-package",
    wrong='<resource href="start.html" …>, was index.html',
    right='<resource href="index.html" …>, as before',
)
