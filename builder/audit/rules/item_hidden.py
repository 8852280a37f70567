"""An item that does not say that it is visible."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
)
from builder.audit.titles import title_of


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    # The navigation is shown only where there is more than one item.
    if manifest is None or len(manifest.launches) < 2:
        return
    for item in manifest.all("item"):
        if item.get("isvisible") is None:
            yield Fault(manifest.at(item), {"title": title_of(item)})


RULE = Rule(
    code="item-hidden",
    severity=WARNING,
    message='The item “{title}” does not say isvisible="true".',
    hint='Write isvisible="true" into each item that trainees are to see.',
    explanation=(
        "By the standard an item is visible unless it says otherwise; not every LMS reads it so."
    ),
    effects={
        "openedx": "it is left out of the navigation",
    },
    summary="An item does not say that it is visible.",
    source="facts/learning-systems.md#open-edx",
    wrong='<item identifier="I" identifierref="R">',
    right='<item identifier="I" identifierref="R" isvisible="true">',
    judge=_judge,
)
