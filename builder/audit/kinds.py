"""What a package is made for, by the files that each standard names
(facts/packages.md#kinds-of-packages)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from builder.audit.audited import Kind
from builder.audit.manifest import ADL_12, Manifest
from builder.audit.package import Package

_2004 = re.compile(r"2004|1\.3|CAM", re.IGNORECASE)
_EDITION = re.compile(r"(\d)(?:st|nd|rd|th) edition", re.IGNORECASE)
ADL_2004 = ("adlcp_v1p3", "adlseq_v1p3", "adlnav_v1p3", "/imsss")
"""Parts of the namespaces that only SCORM 2004 has."""

_FILES: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    (Kind.CMI5, lambda name: name == "cmi5.xml"),
    (Kind.XAPI, lambda name: name == "tincan.xml"),
    (Kind.H5P, lambda name: name == "h5p.json"),
    (Kind.AICC, lambda name: name.endswith(".crs")),
    (Kind.EPUB, lambda name: name == "meta-inf/container.xml"),
    (Kind.OFFICE, lambda name: name == "[content_types].xml"),
)
"""What a package without a manifest is, by the file that says so, in lower case."""


def kind_of(package: Package) -> tuple[Kind, str]:
    """What the package is made for, and the edition, empty where there is none."""
    manifest = package.manifest
    if manifest is not None:
        return _by_manifest(manifest)
    return _by_files(package.by_lower_name), ""


def _by_files(names: Collection[str]) -> Kind:
    for kind, says in _FILES:
        if any(map(says, names)):
            return kind
    return Kind.UNKNOWN


def _by_manifest(manifest: Manifest) -> tuple[Kind, str]:
    if any("/imsccv1p" in uri for uri in manifest.namespaces):
        return Kind.COMMON_CARTRIDGE, ""
    version = manifest.text_of("schemaversion")
    newer = uses_2004(manifest)
    if _2004.search(version) or (newer and ADL_12 not in manifest.namespaces and version != "1.2"):
        edition = _EDITION.search(version)
        return Kind.SCORM_2004, edition[0] if edition else ""
    return Kind.SCORM_12, ""


def uses_2004(manifest: Manifest) -> bool:
    """Whether a manifest has namespaces of SCORM 2004."""
    return any(part in uri for uri in manifest.namespaces for part in ADL_2004)
