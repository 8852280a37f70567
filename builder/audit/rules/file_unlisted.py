"""Files that the manifest does not list."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.leftovers import is_leftover
from builder.audit.manifest import Manifest
from builder.audit.rules.rule import (
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
    some,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or manifest.root is None:
        return
    # Other capitals are told by a rule of their own.
    listed = {path.lower() for path in _listed(manifest)}
    unlisted = [
        one for one in package.files if one.lower() not in listed and not _belongs(one, manifest)
    ]
    if unlisted:
        count = "1 file" if len(unlisted) == 1 else f"{len(unlisted)} files"
        words = {"count": count, "path": unlisted[0]}
        yield Fault(Position(unlisted[0]), words, some(unlisted))


def _listed(manifest: Manifest) -> Iterator[str]:
    for element in manifest.all("file", "resource"):
        path = manifest.resolved(element.get("href", "").strip(), element)
        if path:
            yield path
    for element in manifest.all("location"):
        path = manifest.resolved((element.text or "").strip(), element)
        if path:
            yield path


def _belongs(name: str, manifest: Manifest) -> bool:
    """Whether a file need not be listed: the manifest, schemas, and what systems leave behind."""
    return name == manifest.path or name.endswith((".xsd", ".dtd")) or is_leftover(name)


RULE = Rule(
    code="file-unlisted",
    severity=WARNING,
    message="The manifest does not list {count} of the package, such as “{path}”.",
    hint=(
        "Nothing, for Moodle and the other LMSs named here. Where a client asks for "
        "conformance, export again into an empty folder, or list them."
    ),
    explanation=(
        "SCORM wants every file of a package listed in its manifest. LMSs unpack them all the same."
    ),
    effects={
        "strict": "the package does not conform",
    },
    summary="Files of the package are not in the manifest.",
    source="facts/scorm-1.2.md#files",
    wrong='<file href="index.html"/>, with style.css in the zip',
    right='<file href="index.html"/><file href="style.css"/>',
    judge=_judge,
)
