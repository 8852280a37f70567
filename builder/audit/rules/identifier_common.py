"""A manifest's identifier that many packages share."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import WARNING, Fault, Package, Rule

_COUNTED = 15
"""Characters by which packages are told apart."""
_COMMON = frozenset(
    one[:_COUNTED].lower()
    for one in (
        *("com.scorm.manifesttemplates.scorm12", "adapt_manifest", "manifest", "manifest1"),
        *("singlesharableresource", "imsmanifest", "scorm", "course", "com.example.course"),
    )
)
"""What examples, templates and tools write when nobody gives another one."""


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    identifier = manifest.root.get("identifier", "")
    if identifier[:_COUNTED].lower() in _COMMON:
        yield Fault(manifest.at(manifest.root), {"identifier": identifier})


RULE = Rule(
    code="identifier-common",
    severity=WARNING,
    message="The manifest’s identifier, “{identifier}”, is that of many other packages.",
    hint=(
        "Before the first upload, give it one of its own, whose first 15 characters no other "
        "package of yours has."
    ),
    explanation=(
        "Examples and templates have an identifier that is meant to be changed. An LMS that tells "
        "packages apart by it takes two for one."
    ),
    effects={
        "successfactors": (
            "its own identifiers are made of the first 15 characters, so that another package "
            "may have the same"
        ),
    },
    summary="The manifest’s identifier is that of many other packages.",
    source="facts/scorm-1.2.md#identifiers",
    wrong='<manifest identifier="com.scorm.manifesttemplates.scorm12" …>',
    right='<manifest identifier="fire-safety-2026" …>',
    judge=_judge,
)
