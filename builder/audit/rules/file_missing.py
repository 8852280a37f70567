"""Listed files that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Rule,
    some,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    missing = {
        path: element
        for element in manifest.all("file")
        if (path := manifest.resolved(element.get("href", "").strip(), element))
        and path.lower() not in package.by_lower_name
    }
    # What is launched is told by a rule of its own.
    for launch in manifest.launches:
        missing.pop(str(launch.path), None)
    if missing:
        first = next(iter(missing))
        count = "1 file that is" if len(missing) == 1 else f"{len(missing)} files that are"
        words = {"count": count, "path": first}
        yield Fault(manifest.at(missing[first]), words, some(missing))


RULE = Rule(
    code="file-missing",
    severity=WARNING,
    message="The manifest lists {count} not in the package, such as “{path}”.",
    hint="Export again. If the file is not needed, take it out of the manifest.",
    explanation="A strict LMS, or a client’s check, compares the list with the zip.",
    effects={
        "strict": "the package does not conform",
        "rustici": "the import log warns",
    },
    summary="The manifest lists files that are not in the package.",
    source="facts/packages.md#manifest",
    wrong='<file href="old.png"/>, without old.png',
    right='<file href="new.png"/>, with new.png',
    judge=_judge,
)
