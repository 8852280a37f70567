"""No manifest at all."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.audited import Kind
from builder.audit.kinds import kind_of
from builder.audit.manifest import found
from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    kind, _ = kind_of(package)
    unread = package.manifest is None and found(package.files) is not None
    if kind is Kind.UNKNOWN and not unread:
        zips = [name for name in package.files if name.lower().endswith(".zip")]
        more = f"The package may be “{zips[0]}”, which is a zip in this zip." if zips else ""
        if "course.yaml" in package.files:
            more = "This is the source of a course: “scorm-builder build” makes its package."
        yield Fault(Position(package.name), {"more": more})


RULE = Rule(
    code="manifest-missing",
    severity=ERROR,
    message="There is no imsmanifest.xml in the package.",
    hint=(
        "Export it again and choose SCORM 1.2; then upload the zip itself, not a folder "
        "that you have packed from it. {more}"
    ),
    advice=(
        "Export it again and choose SCORM 1.2; then upload the zip itself, not a folder "
        "that you have packed from it."
    ),
    explanation=(
        "The manifest is how an LMS knows what to open and what to record. Exports for "
        "the web have none."
    ),
    effects={ANYWHERE: "the upload is refused, or there is nothing to launch"},
    source="facts/scorm-1.2.md#manifest",
    wrong="index.html",
    right=("imsmanifest.xml\nindex.html"),
    judge=_judge,
    kinds=ALL_KINDS,
)
