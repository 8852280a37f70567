"""No organization is the default one."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    known = [one.get("identifier", "") for one in manifest.all("organization")]
    for element in manifest.all("organizations"):
        default = element.get("default")
        if known and default not in known:
            problem = "there is no default" if default is None else f"there is no “{default}”"
            yield Fault(manifest.at(element), {"problem": problem, "known": known[0]})


RULE = Rule(
    code="organization-default",
    severity=WARNING,
    message="The manifest does not say which organization to open: {problem}.",
    hint='Write default="{known}" into the organizations element.',
    explanation="No schema checks that the default organization is there.",
    effects={
        "strict": "what to open is left open",
        "rustici": "the import log warns, and the first one is opened",
    },
    summary="The manifest does not say which organization to open.",
    source="facts/packages.md#manifest",
    wrong='<organizations default="X"><organization identifier="O">',
    right='<organizations default="O"><organization identifier="O">',
    judge=_judge,
)
