"""Nothing in the package talks to an LMS."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.reach import mentions_api
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    if any(manifest.is_outside(one.href) for one in manifest.launches):
        return
    if not any(mentions_api(text) for text in package.programs()):
        yield Fault(manifest.at(manifest.scos[0]))


RULE = Rule(
    code="api-absent",
    severity=WARNING,
    message="No page or script in the package calls the functions of SCORM.",
    hint=("If results are to be recorded, export again and choose SCORM 1.2, not “web” or “HTML”."),
    explanation=(
        "A course calls LMSInitialize, LMSSetValue and LMSFinish, the functions that an "
        "LMS puts into the browser. A package without these words is a web site with a "
        "manifest."
    ),
    effects={
        ANYWHERE: "the course opens, and nothing is recorded: it never completes",
        "openedx": "it warns at the upload that no file mentions the status",
    },
    source="facts/packages.md#pages",
    wrong="index.html, which only shows pages",
    right="index.html, which calls LMSInitialize",
    judge=_judge,
)
