"""A dependency that is not there."""

from __future__ import annotations

from collections.abc import Iterator

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
    for element in manifest.all("dependency"):
        reference = element.get("identifierref", "")
        if reference not in manifest.resources:
            yield Fault(manifest.at(element), {"reference": reference})


RULE = Rule(
    code="dependency-missing",
    severity=WARNING,
    message="A resource depends on “{reference}”, which is not in the manifest.",
    hint="Take the dependency out, or add the resource.",
    explanation="No schema checks that what a resource depends on is there.",
    effects={
        "strict": "the manifest does not hold together",
        "rustici": "the import log warns",
    },
    summary="A resource depends on one that is not in the manifest.",
    source="facts/packages.md#manifest",
    wrong='<dependency identifierref="R9"/>',
    right='<dependency identifierref="R2"/>',
    judge=_judge,
)
