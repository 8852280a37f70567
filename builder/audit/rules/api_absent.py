"""Nothing in the package talks to an LMS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.markup import is_outside, missing, references
from builder.audit.reach import mentions_api, of_trainees
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
    Text,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    if any(manifest.is_outside(one.href) for one in manifest.launches):
        return
    if any(one.path and one.path not in package.files for one in manifest.launches):
        return
    if any(mentions_api(text) for text in package.programs()):
        return
    reached = of_trainees(package)
    if not any(_loads_others(package, page) for page in package.pages() if page.name in reached):
        yield Fault(manifest.at(manifest.scos[0]))


def _loads_others(package: Package, page: Text) -> bool:
    """Whether a page loads a script that may call the functions and is not in the package."""
    scripts = [one for one in references(page) if one.tag == "script"]
    return any(is_outside(one.address) and _SCORM.search(one.address) for one in scripts) or any(
        one.tag == "script" for one in missing(package, page)
    )


_SCORM = re.compile("scorm", re.IGNORECASE)


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
