"""Something without a title."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import local
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
)
from builder.audit.titles import own_title


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for element in manifest.all("organization", "item"):
        if not own_title(element):
            words = {"what": local(element.tag), "identifier": element.get("identifier", "")}
            yield Fault(manifest.at(element), words)


RULE = Rule(
    code="title-missing",
    severity=WARNING,
    message="The {what} “{identifier}” has no title.",
    hint="Write a <title> as its first element: it is what trainees read in the list.",
    explanation="The schema wants a title at each organization and item; LMSs show it.",
    effects={
        "openedx": "the upload fails",
        ANYWHERE: "trainees see an empty line or an identifier",
    },
    summary="An organization or an item has no title.",
    source="facts/scorm-1.2.md#manifest",
    wrong='<item identifier="I" identifierref="R"></item>',
    right='<item identifier="I" identifierref="R"><title>Part</title></item>',
    judge=_judge,
)
