"""A folder round everything."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is not None and manifest.folder:
        yield Fault(Position(manifest.path), {"folder": manifest.folder.rstrip("/")})


RULE = Rule(
    code="manifest-in-folder",
    severity=ERROR,
    message="imsmanifest.xml lies in the folder “{folder}”, not at the top of the zip.",
    hint=(
        "Open that folder, select everything in it, and zip that: the manifest has to be "
        "what one sees first when the zip is opened."
    ),
    explanation=(
        "This happens when a package was unpacked and its folder, not its content, was "
        "zipped again."
    ),
    effects={
        **dict.fromkeys(
            ("moodle", "totara", "docebo", "talentlms", "scormhost"), "the upload is refused"
        ),
        "wagtail-lms": "nothing is found to launch",
        "ilias": "older versions find no course in it",
        "strict": "the manifest is not where the standard wants it",
    },
    summary="imsmanifest.xml lies in a folder, not at the top of the zip.",
    source="facts/packages.md#upload",
    wrong="My course/imsmanifest.xml",
    right="imsmanifest.xml",
    judge=_judge,
)
