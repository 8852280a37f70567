"""Members that are packed in a way that LMSs do not know."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    WARNING,
    Fault,
    Package,
    Position,
    Rule,
    some,
)

_NAMES = {9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}


def _judge(package: Package) -> Iterator[Fault]:
    odd = [one for one in package.entries if one.method not in (0, 8) and not one.encrypted]
    if odd:
        method = _NAMES.get(odd[0].method, f"method {odd[0].method}")
        more = f", and so are {len(odd) - 1} more" if len(odd) > 1 else ""
        words = {"name": odd[0].name, "method": method, "more": more}
        yield Fault(Position(package.name), words, some(one.name for one in odd))


RULE = Rule(
    code="zip-method",
    severity=WARNING,
    message="“{name}” is packed in a way that not every LMS unpacks ({method}){more}.",
    hint=(
        "Zip the folder again with the compression that every program calls “Deflate” or "
        "“normal”: not BZip2, LZMA, Deflate64 or Zstandard."
    ),
    explanation=(
        "Packages are zip files of SCORM 1.2’s time: stored or deflated. Windows itself "
        "uses Deflate64 for files over 2 GB, and 7-Zip offers LZMA."
    ),
    effects={
        ANYWHERE: "where the server does not know it, the upload fails or the file is missing",
    },
    summary="Files are packed in a way that not every LMS unpacks.",
    source="facts/packages.md#zip",
    wrong="index.html: method LZMA",
    right="index.html: method Deflate",
    judge=_judge,
    kinds=ALL_KINDS,
)
