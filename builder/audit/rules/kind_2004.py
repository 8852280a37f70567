"""A package of SCORM 2004: what learning systems of SCORM 1.2 make of it."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.audited import Kind
from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
)

_MOODLE = frozenset(("2004 3rd Edition", "2004 4th Edition", "CAM 1.3"))
"""The words by which Moodle takes a package for SCORM 2004."""
_AS_2004 = "it offers API_1484_11 and ignores sequencing: trainees open items in any order"
_AS_12 = "it takes the package for SCORM 1.2 and offers no API_1484_11: nothing is recorded"


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    version = manifest.text_of("schemaversion")
    known = version in _MOODLE
    place = next(manifest.all("schemaversion"), manifest.root)
    words = {"version": version or "nothing", "moodle": _AS_2004 if known else _AS_12}
    yield Fault(manifest.at(place), words)


RULE = Rule(
    code="kind-2004",
    severity=WARNING,
    message="This is SCORM 2004 (its schemaversion says “{version}”), not SCORM 1.2.",
    hint=(
        "If your LMS takes SCORM 1.2 only, export the package again as SCORM 1.2. If it takes "
        "SCORM 2004, try the package there: this audit judges its files alone."
    ),
    explanation=(
        "SCORM 2004 has another object in the browser (API_1484_11), other names for all values, "
        "and rules of sequencing. The simulated learning systems of a visit have SCORM 1.2."
    ),
    effects={
        "moodle": "{moodle}",
        "totara": "{moodle}",
        "strict": (
            "an LMS of SCORM 1.2 offers no API_1484_11: the course opens, and nothing is recorded "
            "unless its scripts look for the API of SCORM 1.2 as well"
        ),
    },
    summary="The package is SCORM 2004, not SCORM 1.2.",
    source="facts/packages.md#manifest",
    wrong="<schemaversion>2004 3rd Edition</schemaversion> for an LMS of SCORM 1.2",
    right="<schemaversion>1.2</schemaversion>",
    judge=_judge,
    kinds=frozenset((Kind.SCORM_2004,)),
)
