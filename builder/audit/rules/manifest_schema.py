"""A schema that is not called ADL SCORM."""

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
    if manifest is None or manifest.root is None:
        return
    schema = manifest.text_of("schema")
    if schema != "ADL SCORM":
        place = manifest.at(next(manifest.all("schema"), None))
        yield Fault(place, {"schema": schema or "nothing"})


RULE = Rule(
    code="manifest-schema",
    severity=WARNING,
    message="The manifest calls its schema “{schema}”, not “ADL SCORM”.",
    hint="Write <schema>ADL SCORM</schema> into the metadata of the manifest.",
    explanation="The standard fixes this word. LMSs read the version instead.",
    effects={
        "strict": "the package says to be of no schema of SCORM",
    },
    summary="The manifest calls its schema otherwise than “ADL SCORM”.",
    source="facts/scorm-1.2.md#manifest",
    wrong="<schema>IMS Content</schema>",
    right="<schema>ADL SCORM</schema>",
    judge=_judge,
)
