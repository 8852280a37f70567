"""The form of zip for very large files."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ALL_KINDS,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    if package.zip64:
        yield Fault(Position(package.name))


RULE = Rule(
    code="zip-64",
    severity=WARNING,
    message="The zip is written in the form ZIP64, which SCORM 1.2 does not know.",
    hint=(
        "Zip the folder again with another program. If the package is over 2 GB, take "
        "videos out of it and link to them."
    ),
    explanation="ZIP64 came after SCORM 1.2. Most servers read it today, some importers do not.",
    effects={
        "strict": "the package is no PKZIP 2.04g file, as SCORM 1.2 wants",
    },
    source="facts/scorm-1.2.md#files",
    wrong="course.zip: ZIP64",
    right="course.zip: plain",
    judge=_judge,
    kinds=ALL_KINDS,
)
