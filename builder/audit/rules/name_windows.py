"""Names that no Windows server can hold."""

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
from builder.audit.windows import holds


def _judge(package: Package) -> Iterator[Fault]:
    for name in package.files:
        if not holds(name):
            yield Fault(Position(name), {"name": name})


RULE = Rule(
    code="name-windows",
    severity=WARNING,
    message="Windows cannot hold a file named “{name}”.",
    hint=(
        'Give the file another name: without : * ? " < > |, without a dot at the end, and '
        "not one of con, prn, aux, nul, com1 or lpt1."
    ),
    explanation=(
        "Some LMSs run on Windows, where these names belong to devices, or these signs "
        "cannot be in a name."
    ),
    effects={
        ANYWHERE: "on a server with Windows, the upload fails or the file is missing",
    },
    summary="Windows cannot hold a file of such a name.",
    source="facts/packages.md#names",
    wrong="pages/what?.html",
    right="pages/what.html",
    judge=_judge,
)
