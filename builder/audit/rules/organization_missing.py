"""No organization with items."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from builder.audit.manifest import local
from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    items = [one for one in manifest.all("item") if has_organization(one)]
    if not items:
        yield Fault(manifest.at(next(manifest.all("organizations"), None)))


def has_organization(item: etree._Element) -> bool:
    """Whether an item stands in an organization."""
    return any(local(above.tag) == "organization" for above in item.iterancestors())


RULE = Rule(
    code="organization-missing",
    severity=WARNING,
    message="The manifest has no organization with an item.",
    hint="Add an organization with a title and an item for what is to be opened.",
    explanation=(
        "The organization is the list of what trainees open. Without one an LMS has only files."
    ),
    effects={
        "moodle": "each resource is listed by its identifier, in the place of a title",
        "totara": "each resource is listed by its identifier, in the place of a title",
        "rustici": "there is nothing to launch",
        "strict": "a course without an organization cannot be launched",
    },
    source="facts/packages.md#manifest",
    wrong="<organizations/>",
    right='<organizations default="O"><organization identifier="O">…',
    judge=_judge,
)
