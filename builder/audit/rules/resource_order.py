"""The launched resource does not come first."""

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
    if manifest is None or not manifest.launches:
        return
    first = next((one for one in manifest.all("resource") if one.get("href")), None)
    launched = manifest.launches[0]
    if first is not None and first is not launched.resource:
        words = {"first": first.get("href", ""), "launched": launched.href}
        yield Fault(manifest.at(first), words)


RULE = Rule(
    code="resource-order",
    severity=WARNING,
    message=(
        "The first resource of the manifest, “{first}”, is not the one that is launched, "
        "“{launched}”."
    ),
    hint="Put the resource that is launched before all others.",
    explanation="Some LMSs launch the first resource with an address, whatever the items say.",
    effects={
        "openedx": "the first resource is opened in its place",
        "wagtail-lms": "the first resource is opened in its place",
    },
    summary="The first resource of the manifest is not the one that is launched.",
    source="facts/learning-systems.md#open-edx",
    wrong=(
        '<resource identifier="A" href="logo.png" …><resource identifier="R" href="index.html" …>'
    ),
    right=(
        '<resource identifier="R" href="index.html" …><resource identifier="A" href="logo.png" …>'
    ),
    judge=_judge,
)
