"""Nothing that is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import scorm_type
from builder.audit.rules.rule import (
    ERROR,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.scos or not manifest.launches:
        return
    resource = manifest.launches[0].resource
    kind = scorm_type(resource)
    why = f": “{resource.get('identifier')}” is called “{kind}”" if kind else ""
    yield Fault(manifest.at(resource), {"why": why})


RULE = Rule(
    code="sco-missing",
    severity=ERROR,
    message="No resource that is launched is a SCO{why}.",
    hint='Write adlcp:scormtype="sco" at the resource that talks to the LMS.',
    explanation="A resource is a SCO, which reports to the LMS, or an asset, which is only shown.",
    effects={
        "moodle": "it is an asset: opened once, it counts as completed, and nothing is recorded",
        "totara": "it is an asset: opened once, it counts as completed, and nothing is recorded",
        "strict": "an asset is only shown: nothing is recorded",
    },
    summary="No resource that is launched is a SCO.",
    source="facts/moodle.md#manifest",
    wrong='<resource identifier="R" type="webcontent" href="index.html">',
    right=('<resource identifier="R" type="webcontent" href="index.html" adlcp:scormtype="sco">'),
    judge=_judge,
)
