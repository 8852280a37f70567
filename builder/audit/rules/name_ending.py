"""Endings that an LMS refuses, or serves as something else."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
)

_REFUSED = frozenset(("tovuti",))
_SERVED = frozenset(("moodle", "totara"))


def _judge(package: Package) -> Iterator[Fault]:
    for name in package.files:
        ending = name.lower().rpartition(".")[2]
        if ending in ("dat", "br"):
            words = {"name": name, "problem": f"some LMSs refuse the ending .{ending}"}
            yield Fault(Position(name), words, only=_REFUSED)
        elif ending == "mjs":
            words = {"name": name, "problem": "some LMSs do not serve .mjs as a script"}
            yield Fault(Position(name), words, only=_SERVED)


RULE = Rule(
    code="name-ending",
    severity=WARNING,
    message="“{name}”: {problem}.",
    hint=(
        "Use another ending, also where pages name the file: .js for a script, .bin or "
        ".json for data."
    ),
    explanation="An LMS decides by the ending what a file is.",
    effects={
        "moodle": "a script that ends with .mjs is served as something that browsers do not run",
        "totara": "a script that ends with .mjs is served as something that browsers do not run",
        "tovuti": "files that end with .dat or .br are refused",
    },
    summary="A file has an ending that an LMS refuses, or serves as something else.",
    source="facts/packages.md#upload",
    wrong="lib/player.mjs",
    right="lib/player.js",
    judge=_judge,
)
