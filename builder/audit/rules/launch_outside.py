"""What is launched is on another site."""

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
        if manifest.is_outside(launch.href):
            yield Fault(manifest.at(launch.resource), {"href": launch.href})


RULE = Rule(
    code="launch-outside",
    severity=ERROR,
    message="The manifest launches “{href}”, which is on another site.",
    hint=(
        "Put the course itself into the package. If it is to stay where it is, ask "
        "whether your LMS launches it by LTI or as a link."
    ),
    explanation="A page of another site cannot see the LMS’s window: browsers keep the two apart.",
    effects={
        ANYWHERE: (
            "the course opens, and nothing can be recorded: the browser keeps it from the LMS"
        ),
    },
    summary="The manifest launches a page of another site.",
    source="facts/packages.md#pages",
    wrong='<resource href="https://example.org/course/" …>',
    right='<resource href="index.html" …>',
    judge=_judge,
)
