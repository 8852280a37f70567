"""Two things of one identifier."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for kind in ("organization", "item", "resource"):
        seen: set[str] = set()
        for element in manifest.all(kind):
            identifier = element.get("identifier", "")
            if identifier and identifier in seen:
                yield Fault(manifest.at(element), {"identifier": identifier})
            seen.add(identifier)


RULE = Rule(
    code="identifier-duplicate",
    severity=ERROR,
    message="The identifier “{identifier}” is there twice.",
    hint="Give each its own. Which one to change: the one that nobody has begun yet.",
    explanation="LMSs keep results by identifier. Two items with the same one are one to them.",
    effects={
        ANYWHERE: "one of the two is lost, or both share one result",
    },
    summary="Two things have the same identifier.",
    source="facts/scorm-1.2.md#identifiers",
    wrong='<item identifier="I">…<item identifier="I">',
    right='<item identifier="I">…<item identifier="I2">',
    judge=_judge,
)
