"""Files that nothing in the package names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from builder.audit.leftovers import is_leftover
from builder.audit.naming import unnamed
from builder.audit.rules.rule import (
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
    some,
)

_LEAST = 1_000_000
"""Bytes below which nobody needs to be told."""


def judge(package: Package, requested: Collection[str] = ()) -> Iterator[Fault]:
    """The files that nothing names, but for those that a visit has ``requested``."""
    manifest = package.manifest
    if manifest is None or not package.is_whole:
        return
    asked_for = set(requested)
    found = (name for name in unnamed(package) if name not in asked_for)
    unused = [name for name in found if not is_leftover(name)]
    size = sum(package.files[name] for name in unused)
    if size >= _LEAST:
        largest = sorted(unused, key=lambda name: -package.files[name])
        count = "1 file" if len(unused) == 1 else f"{len(unused)} files"
        words = {"count": count, "size": f"{size / 1_000_000:,.1f}", "path": largest[0]}
        yield Fault(Position(largest[0]), words, some(largest))


RULE = Rule(
    code="file-unused",
    severity=WARNING,
    message="Nothing in the package names {count}, {size} MB in all, such as “{path}”.",
    hint=(
        "Look whether they are remains of earlier versions. If so, delete them from the "
        "project and export again."
    ),
    explanation=(
        "A page, script or style that uses a file has its name. What none has is most "
        "often left over, and trainees could still open it by its address."
    ),
    effects={
        ANYWHERE: (
            "the package is larger than it need be, and what was taken out of the course "
            "can still be read"
        ),
    },
    summary="Nothing in the package names some of its files.",
    source="facts/packages.md#upload",
    wrong="media/old-version.mp4, named by no page",
    right="media/welcome.mp4, named by index.html",
    judge=judge,
)
