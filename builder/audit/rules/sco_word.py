"""The word sco written otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import local
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
        for key, value in element.items():
            name = local(key)
            if name.lower() != "scormtype" or value.strip().lower() not in ("sco", "asset"):
                continue
            if name != "scormtype" or value not in ("sco", "asset"):
                yield Fault(manifest.at(element), {"written": f'{name}="{value}"'})


RULE = Rule(
    code="sco-word",
    severity=WARNING,
    message='The manifest writes {written}; SCORM 1.2 writes adlcp:scormtype="sco".',
    hint='Write adlcp:scormtype="sco", all in small letters.',
    explanation=(
        "XML tells capitals from small letters. The attribute with a capital T is that of "
        "SCORM 2004."
    ),
    effects={
        "strict": "the resource is no SCO, so that nothing need be recorded",
    },
    summary="The manifest writes the word “sco”, or its attribute, otherwise than SCORM 1.2.",
    source="facts/scorm-1.2.md#manifest",
    wrong='<resource adlcp:scormType="SCO" …>',
    right='<resource adlcp:scormtype="sco" …>',
    judge=_judge,
    kinds=SCORM_12,
)
