"""Listed files that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.naming import named_files
from builder.audit.rules.rule import (
    ANYWHERE,
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
    if not missing:
        return
    named = named_files(package)
    used = [path for path in missing if path.rpartition("/")[2].lower() in named]
    rest = [path for path in missing if path not in set(used)]
    for paths, only in ((used, None), (rest, _BY_THE_LIST)):
        if paths:
            count = "1 file that is" if len(paths) == 1 else f"{len(paths)} files that are"
            words = {"count": count, "path": paths[0]}
            yield Fault(manifest.at(missing[paths[0]]), words, some(paths), only=only)


_BY_THE_LIST = frozenset(("strict", "rustici"))
"""Where the list of the manifest counts, whatever the course uses."""


RULE = Rule(
    code="file-missing",
    severity=WARNING,
    message="The manifest lists {count} not in the package, such as “{path}”.",
    hint="Export again. If the file is not needed, take it out of the manifest.",
    explanation="A strict LMS, or a client’s check, compares the list with the zip.",
    effects={
        ANYWHERE: (
            "a page or script names the file: trainees see a gap there, or the course stops where "
            "it needs the file"
        ),
        "strict": "the package does not conform",
        "rustici": "the import log warns",
    },
    summary="The manifest lists files that are not in the package.",
    source="facts/packages.md#manifest",
    wrong='<file href="old.png"/>, without old.png',
    right='<file href="new.png"/>, with new.png',
    judge=_judge,
)
