"""What a course becomes: the results of every stage from ``plan`` on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic
from builder.immutable import immutable
from builder.interface import Language

if TYPE_CHECKING:
    # A build with nothing to do is told by these types alone, and loads no library for the model.
    from builder.model import Course
    from builder.outline import Identifiers

MANIFEST = "imsmanifest.xml"
LAUNCH = "index.html"
OUTLINE = "course.json"
HELP = "help.html"
NEUTRAL = "leave.html"
"""The page that “Exit this page” shows: its name and its words tell nothing of the course."""
CONTROL_DOCUMENTS = (
    "adlcp_rootv1p2.xsd",
    "ims_xml.xsd",
    "imscp_rootv1p1p2.xsd",
    "imsmd_rootv1p2p1.xsd",
)
DIGEST_PLACEHOLDER = "f55405a4867066c25dd3db603121acd5f0d91dc074a9d3c98f5fe1c02600b838"
"""Stands for the package's digest until every byte but the digest itself is known.

It has the length and the digits of a digest, so that HTML and JSON leave it as it is. No author
would write such a text: seal replaces it wherever it stands in the two files. (It is
the SHA-256 of ``the digest of a package by scorm-builder``.)
"""


def hashed_name(folder: str, stem: str, sha256: str, suffix: str) -> str:
    """A name that changes with the content, since Moodle lets browsers keep a file for 90 days.

    ``sha256`` is that of the content, in hexadecimal.
    """
    return f"{folder}/{stem}-{sha256[:10]}{suffix}"


@immutable
class Plan:
    """Every path, id and href that can be known before a page is rendered.

    ``key_name`` is the file beside the package that tells what answers in an LMS's reports mean.
    ``media`` maps a path in the course to its name in the package; ``styles`` are the course's own
    styles, with these names for their files. ``package_name`` is the zip's name.
    """

    course: Course
    identifiers: Identifiers
    package_name: str
    key_name: str
    media: Mapping[str, str]
    styles: str


@immutable
class Member:
    """One file of the package: its bytes, or the file on disk that holds them.

    ``stored`` members are not deflated (media is compressed already). ``sha256`` is what a file on
    disk had when the course was read, in hexadecimal; empty where nobody has looked.
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
    """What an author wants to know of a package: ``size`` in bytes, ``worst_state`` in characters,
    ``minutes`` as the pages give them, ``older_drafts`` of the course that lie beside a release.

    ``language`` is the course's tag, ``interface`` the language of the texts round it, ``key`` the
    file that tells what the answers in an LMS's reports mean. ``since`` is what the edit means for
    each group of trainees, where an older package was named: the group, then sentences.
    ``without_approvals`` is whether the course asks for no approval before a release.
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
    """Every problem found, and the package made, if it was.

    ``kept`` is whether a package that was made before lies where this one was to be put.
    """

    diagnostics: tuple[Diagnostic, ...]
    summary: Summary | None
    kept: bool = False

    @property
    def made(self) -> bool:
        """Whether there is a new package."""
        return self.summary is not None


@immutable
class Begun:
    """A new course: how many pages it has, and how many points make a draft of it. ``spoken`` is
    the language of its texts."""

    folder: Path
    title: str
    pages: int
    open: int
    spoken: Language
