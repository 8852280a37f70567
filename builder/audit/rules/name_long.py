"""Paths too long for what an LMS puts in front."""

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

_LIMIT = 200


def _judge(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if len(name) > _LIMIT:
            yield Fault(Position(name), {"name": name, "length": len(name)})


RULE = Rule(
    code="name-long",
    severity=WARNING,
    message="The path “{name}” has {length} characters.",
    hint="Shorten names of files and folders, or put them into fewer folders.",
    explanation=(
        "An LMS puts its own folder in front of each path. Windows holds 260 characters "
        "in all, and databases of LMSs often 255."
    ),
    effects={
        ANYWHERE: "on some servers the file cannot be unpacked",
    },
    summary="A path is longer than every server can hold.",
    source="facts/packages.md#names",
    wrong="a/very/long/path/of/more/than/200/characters.html",
    right="pages/one.html",
    judge=_judge,
)
