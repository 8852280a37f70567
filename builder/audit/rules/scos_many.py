"""More than one thing to launch."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import scorm_type
from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    opened = [one for one in manifest.launches if scorm_type(one.resource).lower() == "sco"]
    if len(opened) > 1:
        place = opened[1].item if opened[1].item is not None else opened[1].resource
        yield Fault(manifest.at(place), {"count": len(opened)})


RULE = Rule(
    code="scos-many",
    severity=WARNING,
    message="The package has {count} items to launch.",
    hint=(
        "If your LMS is one of those named, export the course as one SCO, with its contents inside."
    ),
    explanation=(
        "SCORM lets a package have many SCOs, each with a result of its own. Not every "
        "LMS shows a list of them."
    ),
    effects={
        "tovuti": "the package is refused: it takes one SCO",
        "openedx": "only the first one opens by itself, and there is one result for all",
        "wagtail-lms": "only the first one is launched",
    },
    summary="The package has several items to launch.",
    source="facts/interoperability.md",
    wrong='<item identifierref="R1">…<item identifierref="R2">',
    right='<item identifierref="R1">',
    judge=_judge,
)
