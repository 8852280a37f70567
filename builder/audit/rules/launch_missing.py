"""What is launched is not in the package."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for launch in manifest.launches:
        path = launch.path
        if path is None or path in package.files or path.lower() in package.by_lower_name:
            continue
        yield Fault(manifest.at(launch.resource), {"path": path})


RULE = Rule(
    code="launch-missing",
    severity=ERROR,
    message="The manifest launches “{path}”, which is not in the package.",
    hint=(
        "Export again. If the file was renamed or moved, write its path into the href of "
        "the resource."
    ),
    explanation="This is the file that an LMS opens first.",
    effects={
        ANYWHERE: "trainees see an error page in the place of the course",
    },
    summary="The manifest launches a file that is not in the package.",
    source="facts/packages.md#manifest",
    wrong='<resource href="start.html" …>, without start.html',
    right='<resource href="index.html" …>, with index.html',
    judge=_judge,
)
