"""Names that differ in case alone."""

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
    seen: dict[str, str] = {}
    for name in package.files:
        other = seen.setdefault(name.lower(), name)
        if other != name:
            yield Fault(Position(name), {"name": name, "other": other})


RULE = Rule(
    code="name-clash",
    severity=WARNING,
    message="“{name}” and “{other}” differ only in capitals.",
    hint="Give one of the two another name, also where pages name it.",
    explanation=(
        "On servers with Windows or macOS, both are one file: the second one takes the "
        "place of the first."
    ),
    effects={
        ANYWHERE: "where the server does not tell capitals, one of the two files is lost",
    },
    summary="Two names differ only in capitals.",
    source="facts/packages.md#names",
    wrong=("images/Logo.png\nimages/logo.png"),
    right=("images/logo.png\nimages/logo-white.png"),
    judge=_judge,
)
