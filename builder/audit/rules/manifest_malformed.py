"""A manifest that is no XML."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.encodings import readable
from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is not None and readable(manifest.content):
        for fault in manifest.faults:
            yield Fault(fault.position, {"problem": fault.words})


RULE = Rule(
    code="manifest-malformed",
    severity=ERROR,
    message="The manifest cannot be read: {problem}.",
    hint=(
        "Look at the line that is named: a “&” in a title has to be written “&amp;”, and "
        "each “<” of an element needs its “>”. Then export again."
    ),
    explanation=(
        "An XML reader has to stop at the first mistake. The most frequent one is a plain "
        "“&” in a title."
    ),
    effects={ANYWHERE: "the upload is refused, or there is nothing to launch"},
    summary="The manifest cannot be read: it is no XML.",
    source="facts/scorm-1.2.md#manifest",
    wrong="<title>Health & safety</title>",
    right="<title>Health &amp; safety</title>",
    judge=_judge,
)
