"""Another mark to pass."""

from __future__ import annotations

from builder.audit.rules.rule import (
    WARNING,
    Rule,
)

RULE = Rule(
    code="update-mastery",
    severity=WARNING,
    message="The mastery score was {old} and is now {new}.",
    hint="Be sure that this is meant. Those who have passed keep it; tell the others.",
    explanation="An LMS that judges by the manifest uses the new mark from the next visit on.",
    effects={
        "moodle": "who is half-way is judged by the new mark at the end of the next visit",
        "totara": "who is half-way is judged by the new mark at the end of the next visit",
        "rustici": "who is half-way is judged by the new mark at the end of the next visit",
        "scorm-again": "who is half-way is judged by the new mark at the end of the next visit",
    },
    summary="The mastery score is another one than in the old package.",
    source="facts/packages.md#replacing-a-package",
    wrong="<adlcp:masteryscore>90</adlcp:masteryscore>, was 80",
    right="<adlcp:masteryscore>80</adlcp:masteryscore>, as before",
)
