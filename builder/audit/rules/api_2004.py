"""A course that looks for the API of the other version of SCORM alone."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.audited import Kind
from builder.audit.kinds import kind_of
from builder.audit.places import place
from builder.audit.reach import mentions_api_12
from builder.audit.rules.rule import (
    ERROR,
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
    older = next(filter(mentions_api_12, programs), None)
    newer = next((text for text in programs if b"API_1484_11" in text.content), None)
    says_2004 = kind_of(package)[0] is Kind.SCORM_2004
    if newer is not None and older is None and not says_2004:
        at = place(newer, newer.content.find(b"API_1484_11"))
        yield Fault(at, {"name": newer.name, "said": "1.2", "sought": "2004"})
    elif older is not None and newer is None and says_2004 and b"1484" not in older.content:
        at = place(older, max(0, older.content.find(b"LMSInitialize")))
        words = {"name": older.name, "said": "2004", "sought": "1.2"}
        yield Fault(at, words, only=_OFFERS_2004)


_BOTH = frozenset(("wagtail-lms",))
"""Where both APIs are, whatever the manifest says."""
_OFFERS_2004 = frozenset(("moodle", "totara", "rustici", "openedx"))
"""Where the API of SCORM 2004 is offered to what says so."""

RULE = Rule(
    code="api-2004",
    severity=ERROR,
    message=(
        "The manifest says SCORM {said}, and the course looks for the API of SCORM {sought} "
        "only, in “{name}”."
    ),
    hint=(
        "Export again as SCORM 1.2, so that the manifest and the scripts are of one version. In a "
        "package that was made by hand, write the version of the scripts into schemaversion."
    ),
    explanation=(
        "SCORM 1.2 has the object API with LMSInitialize; SCORM 2004 has API_1484_11 with "
        "Initialize. An LMS offers the one that the manifest asks for."
    ),
    effects=dict.fromkeys(
        (system for system in SYSTEMS if system not in _BOTH),
        "the course finds no LMS, and nothing is recorded",
    ),
    summary="The manifest says one version of SCORM, and the course looks for the other’s API.",
    source="facts/packages.md#pages",
    wrong='API_1484_11.Initialize("")',
    right='API.LMSInitialize("")',
    judge=_judge,
)
