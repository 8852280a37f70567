"""A manifest whose name is written otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.manifest import MANIFEST
from builder.audit.rules.rule import (
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is not None and not manifest.path.endswith(MANIFEST):
        yield Fault(Position(manifest.path), {"name": manifest.path.rpartition("/")[2]})


RULE = Rule(
    code="manifest-name",
    severity=ERROR,
    message=("The manifest is called “{name}”; it has to be “imsmanifest.xml”, in small letters."),
    hint="Rename it, or export again.",
    explanation="Most LMSs run on Linux, where capitals make another name.",
    effects={
        **dict.fromkeys(("moodle", "totara", "openedx", "scormhost"), "the upload is refused"),
        "wagtail-lms": "nothing is found to launch",
        "strict": "there is no manifest by the name of the standard",
    },
    summary="The manifest is not called “imsmanifest.xml”, in small letters.",
    source="facts/scorm-1.2.md#manifest",
    wrong="IMSManifest.xml",
    right="imsmanifest.xml",
    judge=_judge,
)
