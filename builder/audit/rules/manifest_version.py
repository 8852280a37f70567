"""A version that is no word of the standard."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    SCORM_12,
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    version = manifest.text_of("schemaversion")
    if version != "1.2":
        place = next(manifest.all("schemaversion"), None)
        # What says nothing is SCORM 1.2 for Open edX, too.
        only = None if version else _WITHOUT
        what = f"the version “{version}”" if version else "no version"
        yield Fault(manifest.at(place), {"what": what}, only=only)


_WITHOUT = frozenset(("moodle", "totara", "strict"))

RULE = Rule(
    code="manifest-version",
    severity=WARNING,
    message="The manifest has {what}; SCORM 1.2 is written “1.2”.",
    hint=(
        "Write <schema>ADL SCORM</schema><schemaversion>1.2</schemaversion> into the "
        "metadata of the manifest, right at its beginning."
    ),
    explanation=(
        "An LMS decides by this word which standard a package follows. Other than “1.2” "
        "or the words of SCORM 2004, each LMS guesses."
    ),
    effects={
        "moodle": "it is taken for SCORM 1.2, whatever was meant",
        "totara": "it is taken for SCORM 1.2, whatever was meant",
        "openedx": "it is taken for SCORM 2004, so that a course of 1.2 finds no LMS",
        "strict": "the package says to be of no version of SCORM",
    },
    summary="The manifest says another version than “1.2”.",
    source="facts/packages.md#manifest",
    wrong="<schemaversion>1.2.0</schemaversion>",
    right="<schemaversion>1.2</schemaversion>",
    judge=_judge,
    kinds=SCORM_12,
)
