"""Something before the first member."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    if package.begins_late:
        yield Fault(Position(package.name))


RULE = Rule(
    code="zip-late",
    severity=WARNING,
    message="Something stands in the file before the zip begins.",
    hint="Export the package again. If it came by mail or download, get it once more.",
    explanation=(
        "A zip is found by its end, so that programs open it although something else "
        "comes first; strict importers look at its first bytes and see no zip."
    ),
    effects={
        ANYWHERE: "an LMS that looks at the first bytes of an upload takes it for no zip",
    },
    source="facts/packages.md#zip",
    wrong="course.zip: a program that unpacks itself",
    right="course.zip: the zip alone",
    judge=_judge,
    kinds=ALL_KINDS,
)
