"""Audit rules about packages that follow another standard than SCORM 1.2."""

from __future__ import annotations

from collections.abc import Iterator

from builder.audit.detection import contradicts_version, kind_of
from builder.audit.findings import ANYWHERE, Cost, Kind
from builder.audit.manifest import Manifest
from builder.audit.package import Package
from builder.audit.rules.rule import ALL_KINDS, ERROR, WARNING, Fault, Rule, in_moodle
from builder.diagnostics.diagnostic import Position

_ADVICE = {
    Kind.AICC: "In Moodle, add an AICC package as a SCORM activity, if the administrator allows "
    "it. For other LMSs, export it as SCORM 1.2.",
    Kind.SCORM_11: "Export it again as SCORM 1.2, which replaced SCORM 1.1 in 2001.",
    Kind.CMI5: "Export it as SCORM 1.2, or upload it to an LMS that launches cmi5.",
    Kind.XAPI: "Export it as SCORM 1.2, or upload it to an LMS that launches xAPI (Tin Can) "
    "packages and stores their statements.",
    Kind.H5P: "In Moodle, add it as an H5P activity. For another LMS, export it as SCORM with a "
    "tool for H5P, such as Lumi.",
    Kind.COMMON_CARTRIDGE: "Restore it as a course, if your LMS imports Common Cartridges.",
    Kind.EPUB: "Offer it as a file to download, or export the course as SCORM 1.2.",
    Kind.OFFICE: "This is a document. Make a course from it with an authoring tool first.",
}
_KIND_NAMES = {
    Kind.COMMON_CARTRIDGE: "IMS Common Cartridge",
    Kind.EPUB: "EPUB, a book",
    Kind.OFFICE: "Office document, such as a presentation or a sheet",
}
"""Names of the kinds whose name in a message is not “KIND package”."""
_EVERYWHERE = frozenset((ANYWHERE,))
_WITHOUT_AICC = frozenset(("openedx", "wagtail-lms", "scormhost", "talentlms", "strict"))
"""LMSs that do not accept AICC."""


def _kind_other(package: Package) -> Iterator[Fault]:
    kind, _ = kind_of(package)
    if kind in _ADVICE:
        only = _WITHOUT_AICC if kind is Kind.AICC else _EVERYWHERE
        named = _KIND_NAMES.get(kind, f"{kind} package")
        article = "an" if named[0] in "AEHIOx" else "a"
        words = {"kind": f"{article} {named}", "advice": _ADVICE[kind]}
        yield Fault(Position(package.name), words, only=only)


_MOODLE_2004 = frozenset(("2004 3rd Edition", "2004 4th Edition", "CAM 1.3"))
"""The schemaversions that Moodle treats as SCORM 2004."""
_MOODLE_AS_2004 = "it offers API_1484_11 and ignores sequencing: trainees open items in any order"
_MOODLE_AS_12 = "it treats the package as SCORM 1.2 and offers no API_1484_11: nothing is recorded"


def _kind_2004(manifest: Manifest) -> Iterator[Fault]:
    if contradicts_version(manifest):
        return
    version = manifest.text_of("schemaversion")
    known = version in _MOODLE_2004
    place = next(manifest.all("schemaversion"), manifest.root)
    words = {"version": version or "nothing", "moodle": _MOODLE_AS_2004 if known else _MOODLE_AS_12}
    yield Fault(manifest.at(place), words)


RULES = (
    Rule(
        "kind-other",
        ERROR,
        "This is {kind}, not SCORM 1.2.",
        "{advice}",
        "LMSs import each standard in a different way. A package of another standard is refused, "
        "or opens without results.",
        summary="The package follows a standard other than SCORM 1.2 or 2004.",
        advice="Export it as SCORM 1.2, or upload it to a system for its standard.",
        effects={
            ANYWHERE: "as a SCORM package it is refused, or opens nothing",
            "openedx": "an AICC package is refused",
            "wagtail-lms": "an AICC package is refused",
            "scormhost": "an AICC package is refused",
            "talentlms": "an AICC package is refused",
            "strict": "an AICC package is not a SCORM package",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#kinds-of-packages",
        wrong="h5p.json",
        right="imsmanifest.xml",
        kinds=ALL_KINDS,
        judge_package=_kind_other,
    ),
    Rule(
        "kind-2004",
        WARNING,
        "This is SCORM 2004 (its schemaversion says “{version}”), not SCORM 1.2.",
        "If your LMS supports only SCORM 1.2, export the package again as SCORM 1.2. If it "
        "supports SCORM 2004, try the package there: this audit checks only its files.",
        "SCORM 2004 has another object in the browser (API_1484_11), other names for all values, "
        "and sequencing rules. The simulated LMSs support only SCORM 1.2.",
        summary="The package is SCORM 2004, not SCORM 1.2.",
        effects={
            **in_moodle("{moodle}"),
            "strict": (
                "an LMS for SCORM 1.2 offers no API_1484_11: the course opens, but nothing is "
                "recorded unless its scripts also look for the API of SCORM 1.2"
            ),
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong="<schemaversion>2004 3rd Edition</schemaversion> for an LMS of SCORM 1.2",
        right="<schemaversion>1.2</schemaversion>",
        kinds=frozenset((Kind.SCORM_2004,)),
        judge_manifest=_kind_2004,
    ),
)
