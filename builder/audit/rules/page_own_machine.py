"""Files and servers of the author's own machine."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.markup import on_own_machine, references
from builder.audit.places import place_in
from builder.audit.rules.rule import ANYWHERE, ERROR, Fault, Package, Rule, Text


def _judge(package: Package, text: Text) -> Iterator[Fault]:
    for reference in references(text):
        if reference.loads and on_own_machine(reference.address):
            words = {"address": reference.address}
            yield Fault(place_in(text, reference.offset), words)


RULE = Rule(
    code="page-own-machine",
    severity=ERROR,
    message="The page loads “{address}” from the machine of whoever opens it.",
    hint="Put the file into the package: insert it again in the authoring tool, and export again.",
    explanation=(
        "A picture or script was inserted by its place on the author’s disk, or from a server that "
        "ran there. All is well there, and nobody else has it."
    ),
    effects={ANYWHERE: "it is missing on every machine but the author’s"},
    summary="A page loads something from the machine of whoever opens it.",
    source="facts/packages.md#pages",
    wrong='<img src="file:///C:/Users/ann/plan.png">',
    right='<img src="plan.png">',
    of_pages=True,
    scan=_judge,
    marks=(b"file:", b":\\", b":/", b"localhost", b"127.0.0.1"),
)
