"""The documents of a bank in QTI: of one file, or of a package (IMS Content Packaging) in the order
of its manifest. Nothing is unpacked; pictures are looked up by name."""

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
from builder.importing.banks.texts import nothing_inside, written_out
from builder.importing.banks.xml import Element
from builder.importing.document.form import LINES, Image, Place

WORDS = 32 << 20
"""Characters of all documents of a bank: QTI takes about 3,000 for a question."""
PICTURES = files.MOST
"""Bytes of all pictures that are shown, unpacked."""
_DOCUMENTS = (".xml", ".qti", ".dat")
_SAID = (*_DOCUMENTS, ".xsd", ".dtd", ".bb-package-info", ".bb-package-sig", ".bb-log-info")
"""Endings of what says how a package is made."""
_BEGINNING = 1 << 16
"""Bytes by which a document is known."""
_MANIFEST = "imsmanifest.xml"
_CANVAS_SAYS = "assessment_meta.xml"
_TWINS = "non_cc_assessments"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_CANVAS = re.compile(r"\$IMS[-_]CC[-_]FILEBASE\$/?", re.IGNORECASE)
_BLACKBOARD = re.compile(r"@X@EmbeddedFile\.[A-Za-z]+@X@(?:.*/)?")
_XID = re.compile(r"xid-[0-9]+_[0-9]+")
"""How Blackboard names a file of its collection, in addresses and in names of members."""
_SCORM = files.Other(
    "a SCORM package, which has no questions in QTI",
    "Export the questions as QTI from the program in which they were written",
)
_NO_BANK = files.Other(
    "a zip without questions in QTI",
    "Export the questions as QTI; if another bank is in this zip, unpack it",
)


@immutable
class Part:
    """A document: the name of its file in the package, empty where it is a file by itself; its
    root, whose tags have no namespaces; what the manifest calls it."""

    name: str
    root: Element
    title: str = ""

    def place(self, element: Element, begins: str = "") -> Place:
        """Where an element stands."""
        where = f"{LINES} of {self.name}" if self.name else LINES
        return Place(where, element.sourceline or 0, " ".join(begins.split())[:60])


@dataclass(slots=True)
class Package:
    """The documents, and the files beside them: which of them were shown, and for which there was
    no room."""

    parts: tuple[Part, ...]
    archive: zips.Archive | None = None
    shown: set[str] = field(default_factory=set)
    refused: dict[str, None] = field(default_factory=dict)
    _xids: dict[str, str] | None = None
    _banks: frozenset[str] | None = None
    _pictures: dict[str, bytes] = field(default_factory=dict)
    _room: int = field(default_factory=lambda: PICTURES)

    def see(self, base: str, address: str, alternative: str | None, place: Place) -> Image:
        """The picture at an address in the document named ``base``."""
        if image := written_out(address, alternative, place):
            return image
        name = self._find(base, address)
        if not name or self.archive is None:
            return nothing_inside(address, alternative, place)
        self.shown.add(name)
        content = self._picture(name, self.archive)
        return Image(content, name.rpartition(".")[2].lower(), alternative, place)

    def _picture(self, name: str, archive: zips.Archive) -> bytes:
        """The bytes of a picture, read once; none where there is no more room."""
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

    def beside(self) -> Iterator[str]:
        """Files that no text shows, and that are no part of how the package is made."""
        for name in self.archive.files if self.archive else ():
            made = name.endswith(_SAID) or name.startswith("__MACOSX/")
            if not made and name not in self.shown and "canvas_export.txt" not in name:
                yield name

    def has_bank(self, ident: str) -> bool:
        """Whether a bank of this name is one of the documents."""
        if self._banks is None:
            banks = (bank for part in self.parts for bank in part.root.iterchildren("objectbank"))
            self._banks = frozenset(bank.get("ident") or "" for bank in banks)
        return ident in self._banks

    def again(self) -> Iterator[tuple[str, str]]:
        """Documents that Canvas has written twice: the poorer one, and the other."""
        members = self.archive.files if self.archive else {}
        return ((name, twin(name)) for name in members if twin(name) in members)

    def described(self, base: str) -> str:
        """What Canvas says of the quiz in the document named ``base``, in HTML."""
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
            tried = [f"{folder}/{written}", f"{folder}/embedded/{written}", written]
        elif _CANVAS.search(written):
            written = _CANVAS.sub("", written)
            tried = [f"web_resources/{written}", written]
        elif _ADDRESS.match(written):
            return ""
        else:
            tried = [posixpath.join(posixpath.dirname(base), written), written.lstrip("/")]
        plain = (posixpath.normpath(name) for name in tried)
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
    """Which QTI the first document of a package has; ``None`` where there is none."""
    return next((found for _, found, _ in _documents(archive)), None)


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip."""
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def one(path: Path) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """The one document of a file. Never raises."""
    words, problems = files.text(path, WORDS)
    if words is None:
        return None, problems
    told = files.kind(words)
    if isinstance(told, files.Other):
        return None, (_other(path.name, told),)
    root, said = xml.root(files.rooted(words), path.name, allows_doctype=True)
    if root is None:
        return None, said
    return Package((Part("", _plain(root, words)),)), (*problems, *said)


def several(archive: zips.Archive) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """The documents of a package, or ``None`` and why there are none. Never raises."""
    position = Position(archive.name)
    if wrong := zips.safety_problems(archive):
        return None, (problem("bank-too-large", position, problem=wrong[0]),)
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
            words, supposed = files.decoded(b"".join(pieces))
        except zips.DamagedError as error:
            return None, (problem("bank-damaged", position, problem=str(error)),)
        root, said = xml.root(files.rooted(words), path, allows_doctype=True)
        if root is None:
            return None, said
        problems += said
        if supposed:
            problems.append(problem("bank-encoding", Position(path)))
        parts.append(Part(name, _plain(root, words), titles.get(name, "")))
    if not parts:
        return None, (_other(archive.name, _without(archive)),)
    return Package(tuple(parts), archive), tuple(problems)


def _other(name: str, told: files.Other) -> Diagnostic:
    return problem("bank-format", Position(name), kind=told.kind, way=told.way)


def _documents(archive: zips.Archive) -> Iterator[tuple[str, files.Kind, Iterator[bytes]]]:
    """The names of the documents, in the order of the manifest; what it does not name comes last.
    Each with its kind, and its bytes, of which no more has been read than tells it. Of a quiz that
    Canvas has exported twice, the one with everything that it knows."""
    known = [name for name, _ in _titles(archive) if name in archive.files]
    for name in dict.fromkeys((*known, *archive.files)):
        plain = not name.startswith(("__MACOSX/", "/")) and not posixpath.basename(name).startswith(
            "._"
        )
        if plain and name.lower().endswith(_DOCUMENTS) and twin(name) not in archive.files:
            found, pieces = _begun(archive, name)
            if found in ("qti-1", "qti-2"):
                yield name, found, pieces


def twin(name: str) -> str:
    """Where Canvas has the same quiz once more, with the types that the first form cannot say."""
    folder, _, last = name.rpartition("/")
    return f"{_TWINS}/{folder}.xml.qti" if last == "assessment_qti.xml" else "-"


def _begun(
    archive: zips.Archive, name: str
) -> tuple[files.Kind | files.Other | None, Iterator[bytes]]:
    pieces = archive.chunks(name)
    try:
        first = next(pieces, b"")
    except zips.DamagedError:
        return None, pieces
    words, _ = files.decoded(first[:_BEGINNING])
    return files.kind(words), chain((first,), pieces)


def _titles(archive: zips.Archive) -> Iterator[tuple[str, str]]:
    """The files that the manifest names, in its order, and what Blackboard calls them."""
    path = min(
        (name for name in archive.files if posixpath.basename(name) == _MANIFEST),
        key=len,
        default="",
    )
    root = _read(archive, path) if path else None
    folder = posixpath.dirname(path)
    for resource in root.iter("resource") if root is not None else ():
        facts = {key.rpartition("}")[2]: value for key, value in resource.attrib.items()}
        named = [facts.get("file", ""), facts.get("href", "")]
        named += [file.get("href") or "" for file in resource.iter("file")]
        for name in filter(None, named):
            yield posixpath.normpath(posixpath.join(folder, unquote(name))), facts.get("title", "")


def _read(archive: zips.Archive, name: str) -> Element | None:
    try:
        words, _ = files.decoded(archive.read(name))
    except zips.DamagedError:
        return None
    # What a manifest says is only an order: without it, that of the zip stands.
    root, _ = xml.root(words, name, allows_doctype=True)
    return None if root is None else _plain(root, words)


def _without(archive: zips.Archive) -> files.Other:
    for name in archive.files:
        if posixpath.basename(name) == _MANIFEST:
            with suppress(zips.DamagedError):
                beginning = next(archive.chunks(name), b"").lower()
                if b"adlcp" in beginning or b"scorm" in beginning:
                    return _SCORM
    return _NO_BANK


def _plain(root: Element, words: str) -> Element:
    """The tree of these words without namespaces; names of QTI 3 (`qti-choice-interaction`) as
    those of 2 (`choiceInteraction`)."""
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
