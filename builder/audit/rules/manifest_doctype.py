"""A manifest with a DOCTYPE."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    if manifest.root.getroottree().docinfo.doctype:
        yield Fault(Position(manifest.path, 1))


RULE = Rule(
    code="manifest-doctype",
    severity=WARNING,
    message="The manifest has a DOCTYPE.",
    hint="Delete the line that begins with <!DOCTYPE; a manifest needs none.",
    explanation=(
        "A DOCTYPE can declare entities, by which a file takes in others of the server. "
        "Careful importers refuse any."
    ),
    effects={
        ANYWHERE: "an LMS that guards against entities refuses the upload",
    },
    source="facts/packages.md#manifest",
    wrong="<!DOCTYPE manifest>",
    right="<manifest …>",
    judge=_judge,
)
