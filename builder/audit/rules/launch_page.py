"""The page that is launched is not the one that talks to the LMS."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.reach import leads_to_api, reached_from
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    launched = [one.path for one in manifest.launches if one.path in package.texts]
    if not launched or len(launched) > 1:
        return
    path = str(launched[0])
    if leads_to_api(package, path):
        return
    reached = frozenset(reached_from(package, path))
    for page in package.pages():
        if page.name not in reached and leads_to_api(package, page.name):
            yield Fault(manifest.at(manifest.launches[0].resource), _words(path, page.name))
            return


def _words(launched: str, other: str) -> dict[str, object]:
    return {"launched": launched, "other": other}


RULE = Rule(
    code="launch-page",
    severity=WARNING,
    message=("The manifest launches “{launched}”, which never talks to the LMS; “{other}” does."),
    hint=(
        "Let the manifest launch “{other}”: write it into the href of the resource, and "
        "into its file."
    ),
    explanation=(
        "Tools often write two pages: one for the web, and one for an LMS that takes the "
        "other one in."
    ),
    effects={
        ANYWHERE: "the course opens and looks right, and nothing is recorded",
    },
    summary="What is launched never talks to the LMS, while another page does.",
    source="facts/packages.md#pages",
    wrong='<resource href="index.html" …>, where index_lms.html talks to the LMS',
    right='<resource href="index_lms.html" …>',
    judge=_judge,
)
