"""The values that the stages of a build pass on, from ``plan`` to the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base.immutable import immutable
from builder.course.interface import Language
from builder.course.scenarios.proof import Proof
from builder.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    # A build without changes needs only these types, and must not import the libraries of the
    # model.
    from builder.course.marks import Mark
    from builder.course.model import Course
    from builder.package.outline import Identifiers

MANIFEST = "imsmanifest.xml"
LAUNCH = "index.html"
OUTLINE = "course.json"
HELP = "help.html"
NEUTRAL = "leave.html"
"""The page that “Exit this page” shows; its name and words reveal nothing about the course."""
REFRESHER = "refresher-since"
"""In the name of a package, before the version that the trainees of a refresher completed."""
CONTROL_DOCUMENTS = (
    "adlcp_rootv1p2.xsd",
    "ims_xml.xsd",
    "imscp_rootv1p1p2.xsd",
    "imsmd_rootv1p2p1.xsd",
)
DIGEST_PLACEHOLDER = "f55405a4867066c25dd3db603121acd5f0d91dc074a9d3c98f5fe1c02600b838"
"""Placeholder for the digest of the package, which can only be computed from all other bytes.

The placeholder looks like a digest, so HTML and JSON leave it unchanged, and no author would write
it: ``archive.seal`` replaces it wherever it occurs in the launch file and the outline. (It is the
SHA-256 of ``the digest of a package by scorm-builder``.)
"""


def name_of_file(name: str, tag: str = "") -> str:
    """The readable part of a file's name in the package, with the language ``tag`` if there is
    one. File names have no capital letters (facts/scorm-1.2.md#files)."""
    return f"{name}-{tag.lower()}" if tag else name


def name_of_page(name: str, tag: str) -> str:
    """The name of a separate HTML page in the language ``tag``; ``name`` is that of the source
    language."""
    stem, _, ending = name.rpartition(".")
    return f"{name_of_file(stem, tag)}.{ending}"


def hashed_name(folder: str, stem: str, sha256: str, suffix: str) -> str:
    """A path in the package that changes with the content of the file, since Moodle lets browsers
    cache files for 90 days.

    ``stem`` is the readable part of the name, ``suffix`` its extension with the dot, and ``sha256``
    the digest of the content, in hexadecimal.
    """
    return f"{folder}/{stem}-{sha256[:10]}{suffix}"


@immutable
class Plan:
    """A course, with all names that are determined before its pages are rendered.

    ``identifiers`` are those of the manifest. ``package_name`` is the zip's name. ``key_name`` is
    the name of the file beside the zip that explains answers in LMS reports. ``media`` maps paths
    of media files in the course to paths in the package; ``styles`` is the text of the course's
    stylesheet with these paths, empty if it has none. ``translations`` are the plans of the
    course's translations, and ``tag`` is the language tag of such a plan, empty for the source
    language. ``languages`` are the tags of all languages of the package, the source language first;
    empty if there is only one. ``accepted`` are then the accepted answers of each question that
    is answered in words, by its id and the tag of the language, empty for the source language.
    """

    course: Course
    identifiers: Identifiers
    package_name: str
    key_name: str
    media: Mapping[str, str]
    styles: str
    tag: str = ""
    translations: tuple[Plan, ...] = ()
    languages: tuple[str, ...] = ()
    accepted: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    @property
    def draft(self) -> bool:
        """Whether the course is a draft in any of the languages in the package."""
        return self.course.draft or any(one.draft for one in self.translations)


@immutable
class Member:
    """One file of the package: its path ``name``, and its bytes or the file on disk with them.

    ``stored`` members are not compressed in the zip, since most media is compressed already.
    ``sha256`` is the digest of a file on disk when the course was read, in hexadecimal, or empty if
    unknown.
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

    ``size`` is in bytes. ``worst_state`` is the maximum length of a trainee's saved state, in
    characters. ``pages`` and ``minutes`` are what the course asks of a trainee
    (``builder.course.refreshing.effort``). ``language`` is the course's language tag,
    ``interface`` the language of the interface texts. ``key`` is the file that explains answers in
    LMS reports. ``older_drafts`` are drafts of the course in the folder of a release. ``since``
    says what the edit means for trainees, if an older package was given: pairs of a group of
    trainees and sentences. ``without_approvals`` says that the course requires no approval before a
    release. ``translations`` are the other languages of the package: pairs of a tag, and whether
    the course is a draft in that language. ``left_out`` are the tags of languages that are not
    complete or not approved, and were left out as requested. ``scenarios`` are the title of each
    scenario and what is proved about it. ``marks`` are the pass marks. ``refresher`` says what a
    refresher asks: pairs of a heading and sentences.
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
    translations: tuple[tuple[str, bool], ...] = ()
    left_out: tuple[str, ...] = ()
    scenarios: tuple[tuple[str, Proof], ...] = ()
    marks: tuple[Mark, ...] = ()
    refresher: tuple[tuple[str, tuple[str, ...]], ...] = ()


@immutable
class Result:
    """The result of a build: all problems, and the summary of the package if one was made.

    ``kept`` says whether an earlier package of the course is still in the output folder; it is only
    set if no package was made.
    """

    diagnostics: tuple[Diagnostic, ...]
    summary: Summary | None
    kept: bool = False

    @property
    def made(self) -> bool:
        """Whether a new package was made."""
        return self.summary is not None
