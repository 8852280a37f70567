"""Members that cannot be unpacked, or are not what the zip says."""

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
)


def _judge(package: Package) -> Iterator[Fault]:
    locked = {one.name for one in package.entries if one.encrypted or one.method not in (0, 8)}
    for name, problem in package.damaged.items():
        if name not in locked:
            yield Fault(Position(name), {"problem": problem})


RULE = Rule(
    code="zip-damaged",
    severity=ERROR,
    message="The zip is damaged: {problem}.",
    hint=(
        "Get the file again from where it was made: it was cut or changed on its way. If "
        "that does not help, export it again."
    ),
    explanation=(
        "Each file in a zip has a checksum. One that does not fit means that the file is "
        "not the one that was packed."
    ),
    effects={
        ANYWHERE: "the upload fails, or the course breaks where this file is needed",
    },
    summary="The zip is damaged.",
    source="facts/packages.md#zip",
    wrong="index.html: half of it",
    right="index.html: all of it",
    judge=_judge,
    kinds=ALL_KINDS,
)
