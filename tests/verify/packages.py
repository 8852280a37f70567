"""Packages with one thing wrong: a sound one, and ways to change it."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from builder.base import resources
from builder.package.verify import judge
from tests.scorm.manifests import PLAIN

CONTROL_DOCUMENTS = (
    "adlcp_rootv1p2.xsd",
    "ims_xml.xsd",
    "imscp_rootv1p1p2.xsd",
    "imsmd_rootv1p2p1.xsd",
)
POLICY = (
    "default-src 'self' file: data:;script-src 'self' file:;style-src 'self' file: 'unsafe-inline';"
    "object-src 'none';base-uri 'none';form-action 'none'"
)
LISTED = '<file href="index.html"/>'
SOUND: dict[str, bytes] = {
    "imsmanifest.xml": PLAIN.encode(),
    "index.html": b"<!doctype html><title>Course</title><h1>Course</h1>",
    **{name: resources.path("scorm", name).read_bytes() for name in CONTROL_DOCUMENTS},
}


def with_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The sound package with more files, or others in their place, all listed."""
    listed = "".join(f'<file href="{name}"/>' for name in files if name not in SOUND)
    manifest = PLAIN.replace(LISTED, LISTED + listed)
    return {**SOUND, "imsmanifest.xml": manifest.encode(), **files}


def with_manifest(before: str, after: str) -> dict[str, bytes]:
    """The sound package with one thing changed in its manifest."""
    assert PLAIN.count(before) == 1, before
    return {**SOUND, "imsmanifest.xml": PLAIN.replace(before, after).encode()}


def policed(policy: str = POLICY) -> str:
    """The start of a page that has a content security policy."""
    return f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}">'


def pack(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def faults(path: Path) -> list[tuple[str, str]]:
    """Where and which rule, for everything wrong with a package."""
    return [(str(one.position), one.code) for one in judge(path)]


def messages(path: Path) -> list[str]:
    return [f"{one.position}: {one.message}" for one in judge(path)]
