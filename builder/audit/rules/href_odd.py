"""Addresses that lead out of the package, or are written for Windows."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import local
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
)

_STRICT = frozenset(("strict",))
_WITHOUT_SCORMHOST = frozenset((ANYWHERE, "strict"))
"""scormhost turns backslashes round."""


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for element in manifest.all("resource", "file"):
        href = element.get("href", "")
        problem = _problem(href)
        if problem and not manifest.is_outside(href):
            # A file that is only listed is not opened by its address.
            opened = local(element.tag) == "resource"
            only = _WITHOUT_SCORMHOST if opened and "\\" in href else None if opened else _STRICT
            yield Fault(manifest.at(element), {"href": href, "problem": problem}, only=only)


def _problem(href: str) -> str:
    if "\\" in href:
        return "it is written with a backslash"
    if href.startswith("/"):
        return "it begins with a slash, which means the top of the LMS"
    if ".." in href.partition("?")[0].split("/"):
        return "it leads up out of its folder"
    return ""


RULE = Rule(
    code="href-odd",
    severity=WARNING,
    message="The manifest names “{href}”: {problem}.",
    hint=("Write the path from the top of the package, with forward slashes: folder/file.html."),
    explanation="An address in a manifest is relative to the top of the package.",
    effects={
        ANYWHERE: "LMSs read such an address in different ways, and some do not find the course",
        "scormhost": "such a launch is refused",
        "strict": "it is no address within the package",
    },
    summary="An address in the manifest leads out of the package, or is written for Windows.",
    source="facts/scorm-1.2.md#files",
    wrong='href="\\pages\\one.html"',
    right='href="pages/one.html"',
    judge=_judge,
)
