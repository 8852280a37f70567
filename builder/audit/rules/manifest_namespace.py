"""A manifest without the namespace of IMS."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from builder.audit.kinds import uses_2004
from builder.audit.manifest import IMS_12
from builder.audit.rules.rule import (
    SCORM_12,
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    namespace = etree.QName(manifest.root).namespace
    if namespace != IMS_12 and not uses_2004(manifest):
        yield Fault(manifest.at(manifest.root), {"namespace": namespace or "none"})


RULE = Rule(
    code="manifest-namespace",
    severity=WARNING,
    message=(
        "The manifest does not name the namespace of SCORM 1.2: its elements belong to {namespace}."
    ),
    hint=(
        'Write xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" into the manifest '
        "element, in the place of the xmlns that is there."
    ),
    explanation="LMSs that read a manifest by its namespace find nothing in another one.",
    effects={
        "wagtail-lms": "nothing is found to launch",
        "strict": "the manifest follows no schema",
    },
    summary="The manifest does not name the namespace of SCORM 1.2.",
    source="facts/packages.md#manifest",
    wrong='<manifest identifier="M">',
    right='<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="M">',
    judge=_judge,
    kinds=SCORM_12,
)
