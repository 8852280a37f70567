"""Identifiers with characters that are not safe everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.manifest import Manifest
from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
)

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for element in manifest.all("manifest", "organization", "item", "resource"):
        identifier = element.get("identifier")
        if identifier is None or not _NAME.fullmatch(identifier):
            problem = _problem(identifier or "")
            words = {"identifier": identifier or "", "problem": problem}
            yield Fault(manifest.at(element), words)
    yield from _periods(manifest)


def _periods(manifest: Manifest) -> Iterator[Fault]:
    """Periods mean something in prerequisites, so that these cannot name such an item."""
    if next(manifest.all("prerequisites"), None) is None:
        return
    for element in manifest.all("item"):
        identifier = element.get("identifier", "")
        if "." in identifier:
            problem = "a period, so that no prerequisite can name it"
            words = {"identifier": identifier, "problem": problem}
            yield Fault(manifest.at(element), words)


def _problem(identifier: str) -> str:
    if not identifier:
        return "no characters at all"
    if re.search(r"\s", identifier):
        return "a space"
    if re.fullmatch(r"[0-9.-].*", identifier):
        return "something else than a letter at its beginning"
    return "accents or signs"


RULE = Rule(
    code="identifier-odd",
    severity=WARNING,
    message="The identifier “{identifier}” has {problem}.",
    hint=(
        "Use letters, digits, “-” and “_” only, beginning with a letter. Do so before "
        "anybody has begun: Moodle drops what was recorded under the old one."
    ),
    explanation="An identifier is an XML name. LMSs put it into addresses, files and scripts.",
    effects={"strict": "it is no identifier, or none that prerequisites can name"},
    summary="An identifier has characters that are not safe everywhere.",
    source="facts/scorm-1.2.md#identifiers",
    wrong='<item identifier="Part 1">',
    right='<item identifier="Part-1">',
    judge=_judge,
)
