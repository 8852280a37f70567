"""Two members of one name."""

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
    seen: set[str] = set()
    for entry in package.entries:
        if entry.name in seen:
            yield Fault(Position(entry.name), {"name": entry.name})
        seen.add(entry.name)


RULE = Rule(
    code="zip-duplicate",
    severity=WARNING,
    message="“{name}” is in the zip twice.",
    hint=(
        "Export the package again into an empty folder, or zip it anew: a program has "
        "added to a zip that was there before."
    ),
    explanation="Which of the two an LMS keeps differs: some take the first one, others the last.",
    effects={
        ANYWHERE: "which of the two files trainees get is a matter of luck",
    },
    summary="A file is in the zip twice.",
    source="facts/packages.md#zip",
    wrong=("index.html\nindex.html"),
    right="index.html",
    judge=_judge,
    kinds=ALL_KINDS,
)
