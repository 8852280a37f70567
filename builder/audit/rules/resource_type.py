"""A resource that is not web content."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    SCORM_12,
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for element in manifest.all("resource"):
        kind = element.get("type", "")
        if kind != "webcontent":
            words = {"identifier": element.get("identifier", ""), "type": kind}
            yield Fault(manifest.at(element), words)


RULE = Rule(
    code="resource-type",
    severity=WARNING,
    message="The type of the resource “{identifier}” is “{type}”, not “webcontent”.",
    hint='Write type="webcontent".',
    explanation="SCORM 1.2 knows this type only.",
    effects={
        "wagtail-lms": "nothing is found to launch",
        "strict": "the type is none of SCORM 1.2",
    },
    summary="The type of a resource is not “webcontent”.",
    source="facts/packages.md#manifest",
    wrong='<resource type="text/html" …>',
    right='<resource type="webcontent" …>',
    judge=_judge,
    kinds=SCORM_12,
)
