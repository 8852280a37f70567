"""More bytes than an LMS takes."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
)

_LIMITS = {"cornerstone": 250, "scormhost": 100}
"""Megabytes of an upload."""
_NAMES = {"cornerstone": "Cornerstone takes 250", "scormhost": "scormhost takes 100"}


def _judge(package: Package) -> Iterator[Fault]:
    over = [lms for lms, limit in _LIMITS.items() if package.packed > limit * 1_000_000]
    if over:
        largest = sorted(package.files, key=lambda name: -package.files[name])[:3]
        words = {
            "size": f"{package.packed / 1_000_000:,.0f}",
            "who": ", ".join(_NAMES[lms] for lms in over),
            "largest": ", ".join(largest),
        }
        yield Fault(Position(package.name), words, tuple(largest), frozenset(over))


RULE = Rule(
    code="size-limit",
    severity=WARNING,
    message="The package has {size} MB: {who}.",
    hint="Make videos and pictures smaller, which is where nearly all of it is: {largest}.",
    advice="Make videos and pictures smaller, which is where nearly all of it is.",
    explanation=(
        "Each LMS has a limit for uploads; many can be raised by whoever runs it. Only "
        "limits that are documented are told."
    ),
    effects={
        "cornerstone": "more than 250 MB are not taken",
        "scormhost": "more than 100 MB are not taken, as it comes",
    },
    summary="The package is larger than an LMS takes.",
    source="facts/packages.md#size",
    wrong="video/welcome.mp4: 400 MB",
    right="video/welcome.mp4: 40 MB",
    judge=_judge,
)
