"""An item that opens nothing and holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from builder.audit.manifest import local
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
)
from builder.audit.titles import title_of


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for item in manifest.all("item"):
        inner = any(local(child.tag) == "item" for child in item.iterchildren(etree.Element))
        if item.get("identifierref") is None and not inner:
            yield Fault(manifest.at(item), {"title": title_of(item)})


RULE = Rule(
    code="item-empty",
    severity=WARNING,
    message="The item “{title}” opens nothing and has no items in it.",
    hint="Give it an identifierref, or take it out.",
    explanation="An item is either a heading with items in it, or something to open.",
    effects={
        ANYWHERE: "trainees see an entry that does nothing, and in some LMSs can never complete",
    },
    summary="An item opens nothing and has no items in it.",
    source="facts/scorm-1.2.md#manifest",
    wrong='<item identifier="I"><title>Part</title></item>',
    right='<item identifier="I" identifierref="R"><title>Part</title></item>',
    judge=_judge,
)
