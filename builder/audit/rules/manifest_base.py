"""A folder that is named apart from the files."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from builder.audit.manifest import local
from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
)

_AT_RESOURCE = frozenset(("openedx", "wagtail-lms", "scormhost"))


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    for element in manifest.root.iter(etree.Element):
        own = element.get("{http://www.w3.org/XML/1998/namespace}base")
        if own:
            only = _AT_RESOURCE if local(element.tag) == "resource" else None
            yield Fault(manifest.at(element), {"base": own}, only=only)


RULE = Rule(
    code="manifest-base",
    severity=WARNING,
    message="The manifest uses xml:base (“{base}”).",
    hint="Write the whole path into each href, and take xml:base away.",
    explanation=(
        "xml:base puts a folder in front of addresses. Several LMSs ignore it, or heed it "
        "at some elements only."
    ),
    effects={
        "moodle": "it is heeded at a resource only: elsewhere the course is not found",
        "totara": "it is heeded at a resource only: elsewhere the course is not found",
        "openedx": "the course is not found",
        "wagtail-lms": "the course is not found",
        "scormhost": "the course is not found",
    },
    summary="The manifest uses xml:base.",
    source="facts/packages.md#manifest",
    wrong='<resource xml:base="content/" href="index.html">',
    right='<resource href="content/index.html">',
    judge=_judge,
)
