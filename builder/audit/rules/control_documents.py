"""The schemas that belong at the root."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    SCORM_12,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
)

_DOCUMENTS = (
    *("adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd"),
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    missing = [one for one in _DOCUMENTS if f"{manifest.folder}{one}" not in package.files]
    if missing:
        yield Fault(Position(manifest.path), {"missing": ", ".join(missing)}, tuple(missing))


RULE = Rule(
    code="control-documents",
    severity=WARNING,
    message="The package does not bring its control documents: {missing}.",
    hint=(
        "Nothing, for Moodle and the other LMSs named here. Where a client asks for "
        "conformance, add the four files at the top of the zip."
    ),
    explanation=(
        "SCORM 1.2 wants the four schemas of the manifest in each package. No LMS is "
        "known to refuse one without them."
    ),
    effects={
        "strict": "the package does not conform (ADLCP-PIF1)",
    },
    summary="The package does not bring its control documents.",
    source="facts/scorm-1.2.md#files",
    wrong="imsmanifest.xml",
    right=(
        "imsmanifest.xml\n"
        "adlcp_rootv1p2.xsd\n"
        "ims_xml.xsd\n"
        "imscp_rootv1p1p2.xsd\n"
        "imsmd_rootv1p2p1.xsd"
    ),
    judge=_judge,
    kinds=SCORM_12,
)
