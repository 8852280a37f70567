"""A manifest in another encoding than it says."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.encodings import wrong
from builder.audit.manifest import encoding_of
from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is not None and (problem := wrong(manifest.content)):
        words = {"declared": encoding_of(manifest.content).upper(), "problem": problem}
        yield Fault(Position(manifest.path, 1), words)


RULE = Rule(
    code="manifest-encoding",
    severity=ERROR,
    message="The manifest says that it is {declared}, and is not: {problem}.",
    hint=("Save it again as UTF-8 with an editor that asks for the encoding, or export again."),
    explanation=(
        "The first line of the manifest names its encoding; without it, it is UTF-8. "
        "Bytes that do not fit make the file unreadable, or letters with accents wrong."
    ),
    effects={
        ANYWHERE: "the upload is refused, or titles are shown with wrong letters",
    },
    summary="The manifest is in another encoding than it says.",
    source="facts/packages.md#manifest",
    wrong='<?xml version="1.0" encoding="UTF-8"?> saved as Windows-1252',
    right='<?xml version="1.0" encoding="UTF-8"?> saved as UTF-8',
    judge=_judge,
)
