"""Reads the documents of a QTI bank: one file, or the files of a package (IMS Content Packaging) in
the order of its manifest. Nothing is unpacked to disk; images are looked up by name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from builder.base import zips
from builder.base.immutable import immutable
from builder.course.media.formats import FORMATS
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import files, xml
from builder.importing.banks.texts import image_from_data, image_without_content
from builder.importing.banks.xml import Element
from builder.importing.document.form import LINES, Image, Place

WORDS = 32 << 20
"""Maximum length of all documents, in characters; QTI needs about 3,000 for a question."""
PICTURES = files.MOST
"""Maximum size of all images shown, in bytes, unpacked."""
_DOCUMENTS = (".xml", ".qti", ".dat")
_TECHNICAL = (*_DOCUMENTS, ".xsd", ".dtd", ".bb-package-info", ".bb-package-sig", ".bb-log-info")
"""Extensions of files that belong to the package format, not to its content."""
_BEGINNING = 1 << 16
"""Length of the start of a document from which its format is detected, in bytes."""
_MANIFEST = "imsmanifest.xml"
_CANVAS_SAYS = "assessment_meta.xml"
_TWINS = "non_cc_assessments"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_CANVAS = re.compile(r"\$IMS[-_]CC[-_]FILEBASE\$/?", re.IGNORECASE)
_BLACKBOARD = re.compile(r"@X@EmbeddedFile\.[A-Za-z]+@X@(?:.*/)?")
_XID = re.compile(r"xid-[0-9]+_[0-9]+")
"""Blackboard's id of a file, in addresses and in names of zip members."""
_SCORM = files.UnsupportedFile(
    "a SCORM package, which has no questions in QTI",
    "Export the questions as QTI from the program in which they were written",
)
_NO_BANK = files.UnsupportedFile(
    "a zip without questions in QTI",
    "Export the questions as QTI; if another bank is in this zip, unpack it",
)


@immutable
class Part:
    """A document of a QTI bank. ``name`` is its path in the package, empty for a single file.
    ``root`` is its root element; all tags are without namespaces. ``title`` is its title in the
    manifest."""

    name: str
    root: Element
    title: str = ""

    def place(self, element: Element, begins: str = "") -> Place:
        """The position of an element in the source, for reports. ``begins`` is the start of its
        text, by which an author can find it."""
        where = f"{LINES} of {self.name}" if self.name else LINES
        return Place(where, element.sourceline or 0, " ".join(begins.split())[:60])


@dataclass(slots=True)
class Package:
    """The documents of a QTI bank (``parts``), and the zip that has them, ``None`` for a single
    file. ``shown_files`` are files that texts show as images. ``refused`` are images that are not
    imported because all images together are too large."""

    parts: tuple[Part, ...]
    archive: zips.Archive | None = None
    shown_files: set[str] = field(default_factory=set)
    refused: dict[str, None] = field(default_factory=dict)
    _xids: dict[str, str] | None = None
    _banks: frozenset[str] | None = None
    _pictures: dict[str, bytes] = field(default_factory=dict)
    _room: int = field(default_factory=lambda: PICTURES)

    def find_image(self, base: str, address: str, alternative: str | None, place: Place) -> Image:
        """The image at an address that occurs in the document named ``base``. ``alternative`` is
        its text alternative, ``None`` if it has none, and ``place`` its position in the
        document."""
        if image := image_from_data(address, alternative, place):
            return image
        name = self._find(base, address)
        if not name or self.archive is None:
            return image_without_content(address, alternative, place)
        self.shown_files.add(name)
        content = self._picture(name, self.archive)
        return Image(content, name.rpartition(".")[2].lower(), alternative, place)

    def _picture(self, name: str, archive: zips.Archive) -> bytes:
        """The bytes of an image, read once; empty if all images together exceed the limit."""
        if name not in self._pictures:
            size = archive.files[name].file_size
            if size > self._room:
                self.refused[name] = None
                return b""
            self._room -= size
            self._pictures[name] = b"?"
            with suppress(zips.DamagedError):
                self._pictures[name] = archive.read(name) or b"?"
        return self._pictures[name]

    def unshown_files(self) -> Iterator[str]:
        """Yield the files that no text shows and that do not belong to the package format."""
        for name in self.archive.files if self.archive else ():
            is_technical = name.endswith(_TECHNICAL) or name.startswith("__MACOSX/")
            if (
                not is_technical
                and name not in self.shown_files
                and "canvas_export.txt" not in name
            ):
                yield name

    def has_bank(self, ident: str) -> bool:
        """Whether the documents contain an ``objectbank`` with this id."""
        if self._banks is None:
            banks = (bank for part in self.parts for bank in part.root.iterchildren("objectbank"))
            self._banks = frozenset(bank.get("ident") or "" for bank in banks)
        return ident in self._banks

    def duplicates(self) -> Iterator[tuple[str, str]]:
        """The quizzes that Canvas exported twice: the document that is ignored, and the richer
        one."""
        members = self.archive.files if self.archive else {}
        return (
            (name, _richer_document(name)) for name in members if _richer_document(name) in members
        )

    def description(self, base: str) -> str:
        """Canvas's description, in HTML, of the quiz in the document named ``base``; empty if there
        is none."""
        folder, _, last = base.rpartition("/")
        if folder == _TWINS:
            folder = last.removesuffix(".qti").removesuffix(".xml")
        name = f"{folder}/{_CANVAS_SAYS}"
        if self.archive is None or name not in self.archive.files:
            return ""
        root = _read(self.archive, name)
        return "" if root is None else root.findtext("description") or ""

    def _find(self, base: str, address: str) -> str:
        members = self.archive.files if self.archive else {}
        written = unquote(re.split("[?#]", address)[0])
        if _BLACKBOARD.search(written):
            written = _BLACKBOARD.sub("", written)
            if found := _XID.search(written):
                return self._collection().get(found[0], "")
            folder = base.rpartition(".")[0]
            candidates = [f"{folder}/{written}", f"{folder}/embedded/{written}", written]
        elif _CANVAS.search(written):
            written = _CANVAS.sub("", written)
            candidates = [f"web_resources/{written}", written]
        elif _ADDRESS.match(written):
            return ""
        else:
            candidates = [posixpath.join(posixpath.dirname(base), written), written.lstrip("/")]
        plain = (posixpath.normpath(name) for name in candidates)
        return next((name for name in plain if name in members), "")

    def _collection(self) -> Mapping[str, str]:
        if self._xids is None:
            self._xids = {}
            for name in self.archive.files if self.archive else ():
                found = _XID.findall(name)
                if found and name.lower().endswith(tuple(FORMATS)):
                    self._xids.setdefault(found[-1], name)
        return self._xids


def kind(archive: zips.Archive) -> files.Kind | None:
    """The QTI version of the first document in a package; ``None`` if no document is QTI."""
    return next((found for _, found, _ in _documents(archive)), None)


def is_zip(path: Path) -> bool:
    """Whether a file starts like a zip."""
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def read_file(path: Path) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """Read a single QTI document, or report why it cannot be read. Never raises."""
    words, problems = files.read_text(path, WORDS)
    if words is None:
        return None, problems
    detected = files.detect_format(words)
    if isinstance(detected, files.UnsupportedFile):
        return None, (_unsupported(path.name, detected),)
    root, xml_problems = xml.root(files.add_missing_root(words), path.name, allows_doctype=True)
    if root is None:
        return None, xml_problems
    return Package((Part("", _without_namespaces(root, words)),)), (*problems, *xml_problems)


def read_package(archive: zips.Archive) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """Read the QTI documents of a package, or report why it has none. Never raises."""
    position = Position(archive.name)
    if faults := zips.safety_problems(archive):
        return None, (problem("bank-too-large", position, problem=faults[0]),)
    titles = dict(_titles(archive))
    parts: list[Part] = []
    problems: list[Diagnostic] = []
    size = 0
    for name, _, pieces in _documents(archive):
        size += archive.files[name].file_size
        if size > WORDS:
            much = f"its documents have more than {WORDS >> 20} MB of text"
            return None, (problem("bank-too-large", position, problem=much),)
        path = f"{archive.name}/{name}"
        try:
            words, is_guessed = files.decode(b"".join(pieces))
        except zips.DamagedError as error:
            return None, (problem("bank-damaged", position, problem=str(error)),)
        root, xml_problems = xml.root(files.add_missing_root(words), path, allows_doctype=True)
        if root is None:
            return None, xml_problems
        problems += xml_problems
        if is_guessed:
            problems.append(problem("bank-encoding", Position(path)))
        parts.append(Part(name, _without_namespaces(root, words), titles.get(name, "")))
    if not parts:
        return None, (_unsupported(archive.name, _why_no_bank(archive)),)
    return Package(tuple(parts), archive), tuple(problems)


def _unsupported(name: str, other: files.UnsupportedFile) -> Diagnostic:
    return problem("bank-format", Position(name), kind=other.kind, way=other.way)


def _documents(archive: zips.Archive) -> Iterator[tuple[str, files.Kind, Iterator[bytes]]]:
    """Yield the name, format and bytes of the QTI documents in a package. Documents in the manifest
    come first, in its order. The bytes are read when they are needed.

    If Canvas exported a quiz twice, only the richer document is yielded.
    """
    known = [name for name, _ in _titles(archive) if name in archive.files]
    for name in dict.fromkeys((*known, *archive.files)):
        plain = not name.startswith(("__MACOSX/", "/")) and not posixpath.basename(name).startswith(
            "._"
        )
        if (
            plain
            and name.lower().endswith(_DOCUMENTS)
            and _richer_document(name) not in archive.files
        ):
            found, pieces = _detect(archive, name)
            if found in ("qti-1", "qti-2"):
                yield name, found, pieces


def _richer_document(name: str) -> str:
    """The name of the richer document that Canvas may export for the same quiz; ``-`` if ``name``
    is no quiz of Canvas."""
    folder, _, last = name.rpartition("/")
    return f"{_TWINS}/{folder}.xml.qti" if last == "assessment_qti.xml" else "-"


def _detect(
    archive: zips.Archive, name: str
) -> tuple[files.Kind | files.UnsupportedFile | None, Iterator[bytes]]:
    pieces = archive.chunks(name)
    try:
        first = next(pieces, b"")
    except zips.DamagedError:
        return None, pieces
    words, _ = files.decode(first[:_BEGINNING])
    return files.detect_format(words), chain((first,), pieces)


def _titles(archive: zips.Archive) -> Iterator[tuple[str, str]]:
    """Yield the paths of the files that the manifest lists, in order, each with the title that
    Blackboard gives to the file, or an empty text."""
    path = min(
        (name for name in archive.files if posixpath.basename(name) == _MANIFEST),
        key=len,
        default="",
    )
    root = _read(archive, path) if path else None
    folder = posixpath.dirname(path)
    for resource in root.iter("resource") if root is not None else ():
        facts = {key.rpartition("}")[2]: value for key, value in resource.attrib.items()}
        names = [facts.get("file", ""), facts.get("href", "")]
        names += [file.get("href") or "" for file in resource.iter("file")]
        for name in filter(None, names):
            yield posixpath.normpath(posixpath.join(folder, unquote(name))), facts.get("title", "")


def _read(archive: zips.Archive, name: str) -> Element | None:
    try:
        words, _ = files.decode(archive.read(name))
    except zips.DamagedError:
        return None
    # A broken manifest only loses its order; the order of the zip is used instead.
    root, _ = xml.root(words, name, allows_doctype=True)
    return None if root is None else _without_namespaces(root, words)


def _why_no_bank(archive: zips.Archive) -> files.UnsupportedFile:
    for name in archive.files:
        if posixpath.basename(name) == _MANIFEST:
            with suppress(zips.DamagedError):
                beginning = next(archive.chunks(name), b"").lower()
                if b"adlcp" in beginning or b"scorm" in beginning:
                    return _SCORM
    return _NO_BANK


def _without_namespaces(root: Element, words: str) -> Element:
    """Remove the namespaces from a tree, and rename QTI 3 elements (`qti-choice-interaction`) to
    those of QTI 2 (`choiceInteraction`). ``words`` is the text of the document."""
    if "xmlns" not in words and "<qti-" not in words:
        return root
    third = False
    for element in root.iter("*"):
        written = element.tag
        name = written.rpartition("}")[2]
        if name.startswith("qti-"):
            third = True
            name = _camel(name.removeprefix("qti-"))
        if name != written:
            element.tag = name
    if third:
        for element in root.iter("*"):
            for key in [key for key in element.attrib if "-" in key and "{" not in key]:
                if not key.startswith(("data-", "aria-")):
                    element.set(_camel(key), element.attrib.pop(key))
    return root


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(part.capitalize() for part in others)
