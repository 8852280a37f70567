"""A package of SCORM 2004 that calls itself 1.2."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.kinds import ADL_2004
from builder.audit.manifest import ADL_12
from builder.audit.rules.rule import (
    ANYWHERE,
    SCORM_12,
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or ADL_12 in manifest.namespaces:
        return
    if manifest.text_of("schemaversion") == "1.2":
        newer = sorted(u for u in manifest.namespaces if any(part in u for part in ADL_2004))
        if newer:
            yield Fault(manifest.at(manifest.root), {"namespace": newer[0]})


RULE = Rule(
    code="manifest-mixed",
    severity=WARNING,
    message=(
        "The manifest says “1.2”, and is built as SCORM 2004: it has the namespace {namespace}."
    ),
    hint="Export the package again: choose either SCORM 1.2 or SCORM 2004.",
    explanation=(
        "The two versions have different namespaces, and courses look for a different "
        "object of the LMS. A package that mixes them is opened, and nothing is recorded."
    ),
    effects={
        ANYWHERE: "the LMS offers the API of 1.2, while the course may look for that of 2004",
    },
    summary="The manifest says “1.2”, and is built as SCORM 2004.",
    source="facts/packages.md#manifest",
    wrong=(
        '<schemaversion>1.2</schemaversion> with xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'
    ),
    right=(
        "<schemaversion>1.2</schemaversion> with "
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
    ),
    judge=_judge,
    kinds=SCORM_12,
)
