"""Names whose capitals differ from those of the file."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.markup import candidates, references
from builder.audit.places import place_in
from builder.audit.rules.rule import (
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Rule,
    Text,
)


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is not None:
        for element in manifest.all("file", "resource"):
            path = manifest.resolved(element.get("href", "").strip(), element)
            other = _otherwise(package, path)
            if path and other:
                words = {"who": "The manifest", "written": path, "name": other}
                yield Fault(manifest.at(element), words)


def _in_page(package: Package, page: Text) -> Iterator[Fault]:
    for reference in references(page):
        paths = candidates(package, page, reference.address)
        if paths and not any(path in package.files for path in paths):
            other = next(filter(None, (_otherwise(package, path) for path in paths)), None)
            if other:
                words = {"who": "A page", "written": reference.address, "name": other}
                yield Fault(place_in(page, reference.offset), words)


def _otherwise(package: Package, path: str | None) -> str | None:
    """The file of this name in other capitals, where there is none in these."""
    if not path or path in package.files:
        return None
    return package.by_lower_name.get(path.lower())


RULE = Rule(
    code="name-case",
    severity=ERROR,
    message="{who} names “{written}”, and the file is called “{name}”.",
    hint="Write both alike: rename the file, or change the name where it is used.",
    explanation=(
        "Windows and macOS do not tell capitals apart, so that all is well on the "
        "author’s machine. Most LMSs run on Linux, which does."
    ),
    effects={
        ANYWHERE: "the file is not found on servers that tell capitals apart, which most do",
    },
    summary="A name is written with other capitals than those of the file.",
    source="facts/packages.md#names",
    wrong='<img src="Images/Logo.PNG">, with images/logo.png',
    right='<img src="images/logo.png">',
    judge=_judge,
    of_pages=True,
    scan=_in_page,
)
