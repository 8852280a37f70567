"""What a page loads from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.markup import host_of, is_outside, on_own_machine, over_http, references
from builder.audit.places import place_in
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
    Text,
)


def _judge(package: Package, text: Text) -> Iterator[Fault]:
    told = set()
    for reference in references(text):
        address = reference.address
        if not reference.loads or not is_outside(address) or on_own_machine(address):
            continue
        if reference.tag not in ("img", "audio", "video", "source") and over_http(address):
            continue
        host = host_of(address)
        if host and host not in told:
            told.add(host)
            yield Fault(place_in(text, reference.offset), {"host": host}, (address,))


RULE = Rule(
    code="page-external",
    severity=WARNING,
    message="Something is loaded from another site, {host}.",
    hint=(
        "Put the file into the package, where its licence allows it; then the course "
        "works wherever the LMS does."
    ),
    explanation=(
        "Company networks and schools let only some sites through. And whoever runs the "
        "other site learns who opens the course, and when."
    ),
    effects={
        ANYWHERE: (
            "where the network does not let it through, it is missing; the other site "
            "sees every trainee"
        ),
    },
    summary="Something is loaded from another site.",
    source="facts/packages.md#pages",
    wrong='<script src="https://cdn.example.org/lib.js"></script>',
    right='<script src="lib.js"></script>',
    of_pages=True,
    scan=_judge,
    marks=(b"//",),
)
