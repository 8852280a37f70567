"""A package of another standard."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.audited import Kind
from builder.audit.kinds import kind_of
from builder.audit.rules.rule import (
    ALL_KINDS,
    ANYWHERE,
    ERROR,
    Fault,
    Package,
    Position,
    Rule,
)

_ADVICE = {
    Kind.AICC: "In Moodle, an AICC package goes into the SCORM activity, if the administrator "
    "allows it. Elsewhere, export it as SCORM 1.2.",
    Kind.CMI5: "Export it as SCORM 1.2, or give it to an LMS that launches cmi5.",
    Kind.XAPI: "Export it as SCORM 1.2, or give it to an LMS that launches xAPI (Tin Can) packages "
    "and has a store for their statements.",
    Kind.H5P: "In Moodle, add it as an H5P activity. For another LMS, export it as SCORM with a "
    "tool for H5P, such as Lumi.",
    Kind.COMMON_CARTRIDGE: "Restore it as a course where the LMS imports Common Cartridges.",
    Kind.EPUB: "Offer it as a file to download, or export the course as SCORM 1.2.",
    Kind.OFFICE: "This is the document itself: an authoring tool has to make a course of it first.",
}
_NAMED = {
    Kind.COMMON_CARTRIDGE: "IMS Common Cartridge",
    Kind.EPUB: "EPUB, a book",
    Kind.OFFICE: "Office document, such as a presentation or a sheet",
}
"""What of it is called otherwise than a package."""

_ANY = frozenset((ANYWHERE,))
_NO_AICC = frozenset(("openedx", "wagtail-lms", "scormhost", "talentlms", "strict"))
"""Where there is no way in for AICC."""


def _judge(package: Package) -> Iterator[Fault]:
    kind, _ = kind_of(package)
    if kind in _ADVICE:
        only = _NO_AICC if kind is Kind.AICC else _ANY
        named = _NAMED.get(kind, f"{kind} package")
        article = "an" if named[0] in "AEHIOx" else "a"
        words = {"kind": f"{article} {named}", "advice": _ADVICE[kind]}
        yield Fault(Position(package.name), words, only=only)


RULE = Rule(
    code="kind-other",
    severity=ERROR,
    message="This is {kind}, not SCORM.",
    hint="{advice}",
    advice="Export it as SCORM 1.2, or give it to a system that is made for its standard.",
    explanation=(
        "Each standard has its own way into an LMS. What is uploaded in another one is "
        "refused, or opened without results."
    ),
    effects={
        ANYWHERE: "as a SCORM package it is refused, or opens nothing",
        "openedx": "an AICC package is refused",
        "wagtail-lms": "an AICC package is refused",
        "scormhost": "an AICC package is refused",
        "talentlms": "an AICC package is refused",
        "strict": "an AICC package is no SCORM package",
    },
    summary="The package is of another standard than SCORM.",
    source="facts/packages.md#kinds-of-packages",
    wrong="h5p.json",
    right="imsmanifest.xml",
    judge=_judge,
    kinds=ALL_KINDS,
)
