"""Identifiers that are gone."""

from __future__ import annotations

from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Rule,
)

RULE = Rule(
    code="update-identifiers",
    severity=ERROR,
    message=(
        "Identifiers of the old package are not in this one: {count}, such as “{identifier}” "
        "(“{title}”)."
    ),
    hint=(
        "Write the old identifiers into the items of the new manifest, or publish it with "
        "the same project in the authoring tool. Otherwise put it up as a new activity, "
        "and leave the old one for those who have begun."
    ),
    explanation=(
        "LMSs keep what they record by the identifier of the item. Another identifier is "
        "another thing."
    ),
    effects={
        "moodle": "what everybody did there is deleted with the update: status, score and place",
        "totara": "what everybody did there is deleted with the update: status, score and place",
        ANYWHERE: "everybody begins this part again",
    },
    summary="Identifiers of the old package are not in this one.",
    source="facts/packages.md#replacing-a-package",
    wrong='<item identifier="item_1732"> in the place of <item identifier="item_1701">',
    right='<item identifier="item_1701">, as before',
)
