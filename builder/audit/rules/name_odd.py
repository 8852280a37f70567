"""Names with other characters than LMSs agree on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.leftovers import is_leftover
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
    some,
)
from builder.audit.windows import holds

_PLAIN = re.compile(r"[A-Za-z0-9._~()@+,=!$/-]*")


def _judge(package: Package) -> Iterator[Fault]:
    odd = [
        name
        for name in package.files
        if not _PLAIN.fullmatch(name) and holds(name) and not is_leftover(name)
    ]
    if odd:
        count = "1 file" if len(odd) == 1 else f"{len(odd)} files"
        yield Fault(Position(odd[0]), {"count": count, "name": odd[0]}, some(odd))


RULE = Rule(
    code="name-odd",
    severity=WARNING,
    message="File names have spaces, accents or signs: {count}, such as “{name}”.",
    hint=(
        "Use a to z, digits, “-”, “_” and “.” in file names, in the authoring tool’s "
        "media library too, and export again."
    ),
    explanation=(
        "LMSs disagree about how such a name is written in an address, and zip programs "
        "about how it is written in a zip."
    ),
    effects={
        ANYWHERE: "these files may not be found: pictures, sounds or pages are missing",
    },
    summary="File names have spaces, accents or signs.",
    source="facts/packages.md#names",
    wrong="images/Überblick 1.png",
    right="images/ueberblick-1.png",
    judge=_judge,
)
