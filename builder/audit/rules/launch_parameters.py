"""Parameters behind the launched address."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for launch in manifest.launches:
        own = "" if launch.item is None else launch.item.get("parameters", "").strip()
        written = own or launch.href.partition("?")[2]
        if written and not manifest.is_outside(launch.href):
            place = launch.item if own else launch.resource
            yield Fault(manifest.at(place), {"parameters": written})


RULE = Rule(
    code="launch-parameters",
    severity=WARNING,
    message="The course is launched with parameters, “{parameters}”.",
    hint=(
        "Write what they say into the course itself: a file with settings, or the page "
        "that is launched."
    ),
    explanation=(
        "SCORM lets an item have parameters, which an LMS puts behind the address. "
        "Several drop them, and some put their own there."
    ),
    effects={
        ANYWHERE: "an LMS that drops them opens the course without its settings",
    },
    summary="The course is launched with parameters.",
    source="facts/scorm-1.2.md#files",
    wrong='<item identifierref="R" parameters="?lang=de">',
    right='<item identifierref="R">',
    judge=_judge,
)
