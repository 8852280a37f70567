"""Zip files within the package."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if name.lower().endswith(".zip"):
            yield Fault(Position(name), {"name": name})


RULE = Rule(
    code="zip-inside",
    severity=WARNING,
    message="“{name}” is a zip inside the package.",
    hint=(
        "If it is the package itself, take it out and upload it. If trainees are to "
        "download it, put it where the LMS keeps documents, and link to it."
    ),
    explanation=(
        "LMSs unpack the package only, and none of the zips in it. Some refuse them, as "
        "anything could be in them."
    ),
    effects={
        "tovuti": "the upload is refused",
    },
    summary="There is a zip inside the package.",
    source="facts/packages.md#upload",
    wrong="course/handouts.zip",
    right="course/handouts.pdf",
    judge=_judge,
)
