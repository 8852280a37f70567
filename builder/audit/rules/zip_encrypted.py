"""Members that only a password opens."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
    some,
)


def _judge(package: Package) -> Iterator[Fault]:
    locked = [one.name for one in package.entries if one.encrypted]
    if locked:
        more = f", and so can {len(locked) - 1} more" if len(locked) > 1 else ""
        yield Fault(Position(package.name), {"name": locked[0], "more": more}, some(locked))


RULE = Rule(
    code="zip-encrypted",
    severity=ERROR,
    message="“{name}” can only be opened with a password{more}.",
    hint=(
        "Export the package without a password. Who may open the course is for the LMS to decide."
    ),
    explanation=(
        "SCORM 1.2 wants a plain zip (PKZIP 2.04g). No LMS asks for a password when it "
        "unpacks a package."
    ),
    effects={
        ANYWHERE: "the upload fails, or the file is missing in the course",
    },
    summary="Files in the zip can only be opened with a password.",
    source="facts/packages.md#zip",
    wrong="zip --encrypt course.zip *",
    right="zip -r course.zip *",
    judge=_judge,
    kinds=ALL_KINDS,
)
