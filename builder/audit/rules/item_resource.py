"""An item that points at nothing."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ERROR,
    Fault,
    Package,
    Rule,
)
from builder.audit.systems import SYSTEMS
from builder.audit.titles import title_of


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for item in manifest.all("item"):
        reference = item.get("identifierref")
        if reference is not None and reference not in manifest.resources:
            words = {
                "title": title_of(item),
                "reference": reference,
                "known": ", ".join(list(manifest.resources)[:3]) or "there is none",
            }
            yield Fault(manifest.at(item), words)


_LAUNCH_ANYWAY = frozenset(("openedx", "wagtail-lms", "scormhost"))
"""Where the first resource is launched, whatever the items say."""

RULE = Rule(
    code="item-resource",
    severity=ERROR,
    message=("The item “{title}” names the resource “{reference}”, which is not in the manifest."),
    hint="Write the identifier of a resource of this manifest into identifierref: {known}.",
    advice="Write the identifier of a resource of this manifest into identifierref.",
    explanation="No schema checks that the resource of an item is there.",
    effects=dict.fromkeys(
        (system for system in SYSTEMS if system not in _LAUNCH_ANYWAY),
        "trainees choose this part, and nothing opens",
    ),
    summary="An item names a resource that is not in the manifest.",
    source="facts/packages.md#manifest",
    wrong='<item identifier="I" identifierref="R9">',
    right='<item identifier="I" identifierref="R">',
    judge=_judge,
)
