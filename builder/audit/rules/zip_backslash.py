"""Backslashes between folders and files."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ALL_KINDS,
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
    some,
)


def _judge(package: Package) -> Iterator[Fault]:
    odd = [one.name for one in package.entries if "\\" in one.name]
    if odd:
        yield Fault(Position(package.name), {"name": odd[0]}, some(odd))


RULE = Rule(
    code="zip-backslash",
    severity=ERROR,
    message="The zip writes paths with backslashes, such as “{name}”.",
    hint=("Zip the folder again, with Windows’ own “Compressed folder” of today, or with 7-Zip."),
    explanation=(
        "In a zip, folders end with a forward slash, whatever the system. Older .NET "
        "programs wrote backslashes. On a Linux server they become part of the file’s "
        "name, and no folder is made."
    ),
    effects={
        "scormhost": "files in folders land beside each other under odd names, and are not found",
        "strict": "the zip is not as its standard wants",
    },
    summary="The zip writes paths with backslashes.",
    source="facts/packages.md#zip",
    wrong="pages\\one.html",
    right="pages/one.html",
    judge=_judge,
    kinds=ALL_KINDS,
)
