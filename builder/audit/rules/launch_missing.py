"""What is launched is not in the package, or is not named at all."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from builder.audit.manifest import Manifest, scorm_type
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
        what = f"launches “{path}”, which is not in the package"
        yield Fault(manifest.at(launch.resource), {"what": what})
    for resource in _without_file(manifest):
        what = f"launches no file for “{resource.get('identifier', '')}”, which has no href"
        yield Fault(manifest.at(resource), {"what": what})


def _without_file(manifest: Manifest) -> Iterator[etree._Element]:
    """The resources that items name, and of which no file is launched."""
    named = {item.get("identifierref") for item in manifest.all("item")}
    for name, resource in manifest.resources.items():
        is_sco = scorm_type(resource).lower() == "sco"
        if (name in named or (is_sco and not named)) and not resource.get("href", "").strip():
            yield resource


RULE = Rule(
    code="launch-missing",
    severity=ERROR,
    message="The manifest {what}.",
    hint=(
        "Export again. If the package was made by hand, write the path of the page that starts "
        "the course into the href of the resource."
    ),
    explanation="This is the file that an LMS opens first.",
    effects={
        ANYWHERE: "trainees see an error page in the place of the course",
    },
    summary="The manifest launches a file that is not in the package, or none.",
    source="facts/packages.md#manifest",
    wrong='<resource href="start.html" …>, without start.html',
    right='<resource href="index.html" …>, with index.html',
    judge=_judge,
)
