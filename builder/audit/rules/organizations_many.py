"""More than one organization."""

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
    organizations = [] if manifest is None else list(manifest.all("organization"))
    if manifest is not None and len(organizations) > 1:
        yield Fault(manifest.at(organizations[1]), {"count": len(organizations)})


RULE = Rule(
    code="organizations-many",
    severity=WARNING,
    message="The manifest has {count} organizations; LMSs differ in which one they show.",
    hint="Keep one, or make a package of each.",
    explanation=(
        "Several organizations are several ways through the same files. LMSs let nobody choose."
    ),
    effects={
        "scormhost": "the first one is shown, whatever the default is",
        "wagtail-lms": "the first resource is launched, whatever the organizations say",
        "openedx": "all of them are listed, with one result for all",
    },
    summary="The manifest has several organizations; LMSs differ in which one they show.",
    source="facts/interoperability.md",
    wrong='<organization identifier="A">…<organization identifier="B">',
    right='<organization identifier="A">',
    judge=_judge,
)
