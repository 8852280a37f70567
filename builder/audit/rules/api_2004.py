"""A course that looks for the API of SCORM 2004 alone."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.places import place
from builder.audit.reach import mentions_api_12
from builder.audit.rules.rule import (
    ERROR,
    SCORM_12,
    Fault,
    Package,
    Rule,
)
from builder.audit.systems import SYSTEMS


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    programs = list(package.programs())
    if any(map(mentions_api_12, programs)):
        return
    newer = next((text for text in programs if b"API_1484_11" in text.content), None)
    if newer is not None:
        yield Fault(place(newer, newer.content.find(b"API_1484_11")), {"name": newer.name})


_BOTH = frozenset(("wagtail-lms",))
"""Where both APIs are, whatever the manifest says."""

RULE = Rule(
    code="api-2004",
    severity=ERROR,
    message=(
        "The manifest says SCORM 1.2, and the course looks for the API of SCORM 2004 "
        "only, in “{name}”."
    ),
    hint=(
        "Export again as SCORM 1.2. If your LMS takes SCORM 2004, export the whole package as that."
    ),
    explanation=(
        "SCORM 1.2 has the object API with LMSInitialize; SCORM 2004 has API_1484_11 with "
        "Initialize. An LMS offers the one that the manifest asks for."
    ),
    effects=dict.fromkeys(
        (system for system in SYSTEMS if system not in _BOTH),
        "the course finds no LMS, and nothing is recorded",
    ),
    summary="The manifest says SCORM 1.2, and the course looks for the API of SCORM 2004 only.",
    source="facts/packages.md#pages",
    wrong='API_1484_11.Initialize("")',
    right='API.LMSInitialize("")',
    judge=_judge,
    kinds=SCORM_12,
)
