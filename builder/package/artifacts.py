"""The results of the stages from ``plan`` on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base.immutable import immutable
from builder.course.interface import Language
from builder.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    # A build without changes needs only these types, and must not import the libraries of the
    # model.
    from builder.course.model import Course
    from builder.package.outline import Identifiers

MANIFEST = "imsmanifest.xml"
LAUNCH = "index.html"
OUTLINE = "course.json"
HELP = "help.html"
NEUTRAL = "leave.html"
"""The page that “Exit this page” shows; its name and words reveal nothing about the course."""
CONTROL_DOCUMENTS = (
    "adlcp_rootv1p2.xsd",
    "ims_xml.xsd",
    "imscp_rootv1p1p2.xsd",
    "imsmd_rootv1p2p1.xsd",
)
DIGEST_PLACEHOLDER = "f55405a4867066c25dd3db603121acd5f0d91dc074a9d3c98f5fe1c02600b838"
"""Placeholder for the package's digest until all other bytes are known.

It looks like a digest, so HTML and JSON leave it unchanged, and no author would write it: ``seal``
replaces it wherever it occurs in the two files. (It is the SHA-256 of ``the digest of a package by
scorm-builder``.)
"""


def hashed_name(folder: str, stem: str, sha256: str, suffix: str) -> str:
    """A file name that changes with the content, since Moodle lets browsers cache files for 90
    days.

    ``sha256`` is the digest of the content, in hexadecimal.
    """
    return f"{folder}/{stem}-{sha256[:10]}{suffix}"


@immutable
class Plan:
    """All paths, ids and links that are determined before pages are rendered.

    ``package_name`` is the zip's name. ``key_name`` is the file beside the package that explains
    answers in LMS reports. ``media`` maps paths in the course to names in the package; ``styles``
    is the course's stylesheet with these names.
    """

    course: Course
    identifiers: Identifiers
    package_name: str
    key_name: str
    media: Mapping[str, str]
    styles: str


@immutable
class Member:
    """One file of the package: its bytes, or the file on disk with its content.

    ``stored`` members are not deflated, since media is already compressed. ``sha256`` is the digest
    of a file on disk when the course was read, in hexadecimal, or empty if unknown.
    """

    name: str
    content: bytes | Path
    stored: bool = False
    sha256: str = ""

    def read(self) -> bytes:
        """The member's bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@immutable
class Summary:
    """The summary of a package for its author.

    ``size`` is in bytes, ``worst_state`` in characters, ``minutes`` the sum of the pages'.
    ``older_drafts`` are drafts of the course beside a release. ``language`` is the course's tag,
    ``interface`` the language of the interface texts, ``key`` the file that explains answers in LMS
    reports. ``since`` explains the edit to each group of trainees, if an older package was given:
    pairs of group and sentences. ``without_approvals``: the course requires no approval before a
    release.
    """

    path: Path
    title: str
    version: str
    language: str
    interface: Language
    draft: bool
    pages: int
    questions: int
    minutes: int
    size: int
    worst_state: int
    digest: str
    key: Path
    older_drafts: tuple[Path, ...] = ()
    since: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without_approvals: bool = False


@immutable
class Result:
    """The result of a build: all problems, and the package if it was made.

    ``kept`` is whether an earlier package exists at the intended path.
    """

    diagnostics: tuple[Diagnostic, ...]
    summary: Summary | None
    kept: bool = False

    @property
    def made(self) -> bool:
        """Whether a new package was made."""
        return self.summary is not None
