"""Elements of IMS with a prefix."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import local
from builder.audit.rules.rule import (
    ERROR,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for element in manifest.all(*_NAMES):
        if element.prefix:
            name = f"{element.prefix}:{local(element.tag)}"
            words = {"name": name, "namespace": element.nsmap.get(element.prefix, "")}
            yield Fault(manifest.at(element), words)
            return


_NAMES = ("manifest", "organizations", "organization", "item", "resources", "resource")


RULE = Rule(
    code="manifest-prefix",
    severity=ERROR,
    message="The manifest writes “{name}”; some LMSs know this element only without a prefix.",
    hint=(
        'Make {namespace} the default namespace: xmlns="…", and take the prefix away from '
        "its elements."
    ),
    explanation=(
        "By the rules of XML a prefix means nothing. But several LMSs look for the names "
        "as they are usually written."
    ),
    effects={
        "moodle": "no SCO is found",
        "totara": "no SCO is found",
        "openedx": "the package is launched as index.html, whatever the manifest says",
    },
    summary="The manifest writes a prefix where some LMSs know none.",
    source="facts/packages.md#manifest",
    wrong='<ims:manifest xmlns:ims="http://www.imsproject.org/xsd/imscp_rootv1p1p2">',
    right='<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2">',
    judge=_judge,
)
