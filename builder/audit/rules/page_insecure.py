"""Scripts, styles and frames that come over an open line."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.markup import over_http, references
from builder.audit.places import place_in
from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Rule,
    Text,
)

_ACTIVE = frozenset(("script", "link", "iframe", "frame", "object", "embed"))


def _judge(package: Package, text: Text) -> Iterator[Fault]:
    for reference in references(text):
        if reference.loads and reference.tag in _ACTIVE and over_http(reference.address):
            yield Fault(place_in(text, reference.offset), {"address": reference.address})


RULE = Rule(
    code="page-insecure",
    severity=ERROR,
    message="The page loads “{address}” over http.",
    hint=(
        "Put the file into the package and load it from there. If it has to stay outside, "
        "write https."
    ),
    explanation=(
        "LMSs are served over https. Into such a page, browsers load no script, style or "
        "frame over http (mixed content)."
    ),
    effects={
        ANYWHERE: "the browser blocks it, and what depends on it does not work",
    },
    summary="A page loads something over http.",
    source="facts/packages.md#pages",
    wrong='<script src="http://example.org/quiz.js"></script>',
    right='<script src="quiz.js"></script>',
    of_pages=True,
    scan=_judge,
    marks=(b"http:",),
)
