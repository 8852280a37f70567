"""Reads the parts of a Word file, as ISO/IEC 29500 calls the members of its zip: their bytes, their
XML, their relationships to other parts, and images.

The file is not trusted. ``zips`` limits the number, size and compression ratio of the members
before the first is read. An XML part with a DOCTYPE is rejected, so it cannot define entities.
libxml2 limits the depth of XML to 256 elements."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from builder.base.immutable import immutable
from builder.base.zips import Archive, DamagedError
from builder.importing.word.names import Element, convert_strict, name, transitional

_TAGS = 3_000_000
"""Maximum number of tags in one part; a Word file of 1,000 pages has about a million."""
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_POSITION = re.compile(r",? *(?:\(<string>, )?line \d+(?:, column \d+)?\)?$")
_TOO_DEEP = "Excessive depth"
_MAIN = re.compile(r"wordprocessingml\.(document|template)|ms-word\.(document|template)\.macro")


class PartError(Exception):
    """Raised if a part cannot be read. It has the part's name, the reason as a clause, and the line
    and column in its XML (0 if unknown)."""

    def __init__(self, part: str, problem: str, line: int = 0, column: int = 0) -> None:
        super().__init__(problem)
        self.part, self.problem, self.line, self.column = part, problem, line, column


class BoundsError(PartError):
    """Raised if a part is too large, or its XML is nested too deeply."""


@immutable
class Relation:
    """A relationship of a part. ``kind`` is its type (``image``, ``hyperlink``). ``target`` is the
    name of another part or, if ``outside`` is true, an external address."""

    kind: str
    target: str
    outside: bool


class Parts:
    """Reads the parts of one Word file. ``faults`` collects the errors of optional parts, those
    without which the file can be imported, by part name."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {_key(member): member for member in archive.files}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.faults: dict[str, PartError] = {}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._names

    def content(self, part: str) -> bytes:
        """The bytes of a part; raises ``PartError`` if it cannot be read."""
        try:
            return self._archive.read(self._names[_key(part)])
        except KeyError:
            raise PartError(part, "it is missing") from None
        except DamagedError as error:
            kind = BoundsError if "larger than" in str(error) else PartError
            raise kind(part, str(error)) from None

    def tree(self, part: str) -> Element:
        """Parse an XML part and return its root, with the names of Transitional files. Raises
        ``PartError`` if that fails."""
        content = self.content(part)
        if content.count(b"<") > _TAGS:
            raise BoundsError(part, f"it has more than {_TAGS:,} tags")
        if _DOCTYPE.search(content):
            raise PartError(part, "it has a DOCTYPE, which no Word file has")
        root = _parse_xml(part, content)
        convert_strict(root)
        return root

    def optional(self, part: str | None) -> Element | None:
        """The root of an optional part. ``None`` if the part is missing or cannot be read; in the
        second case the error is added to ``faults``."""
        if not part or part not in self or part in self.faults:
            return None
        try:
            return self.tree(part)
        except PartError as error:
            self.faults[part] = error
            return None

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part, by relationship id."""
        if part not in self._relations:
            folder, own = posixpath.split(part)
            root = self.optional(posixpath.join(folder, "_rels", f"{own}.rels"))
            found = () if root is None else root.iter(name("rel:Relationship"))
            self._relations[part] = {
                one.get("Id", ""): self._relation(folder, one) for one in found
            }
        return self._relations[part]

    def find_related(self, part: str, kind: str) -> str | None:
        """Find the first part to which ``part`` has a relationship of this kind, and return its
        name; ``None`` if there is none."""
        return next(iter(self.find_all_related(part, kind)), None)

    def find_all_related(self, part: str, kind: str) -> list[str]:
        """Find all parts to which ``part`` has a relationship of this kind, and return their names
        without duplicates. An empty ``part`` stands for the whole file."""
        found = [one.target for one in self.relations(part).values() if one.kind == kind]
        return [one for one in dict.fromkeys(found) if one in self]

    def main(self) -> str | None:
        """The name of the main document part; ``None`` if the zip has none."""
        relations = self.relations("").values()
        by_relation = [one.target for one in relations if one.kind == "officeDocument"]
        by_type = [part for part, kind in self.types().items() if _MAIN.search(kind)]
        candidates = (*by_relation, *by_type, "word/document.xml")
        return next(
            (part for part in candidates if part in self and self._is_document_part(part)), None
        )

    def types(self) -> dict[str, str]:
        """The content types that ``[Content_Types].xml`` sets for single parts, by part name."""
        root = self.optional("[Content_Types].xml")
        found = () if root is None else root.iter(name("ct:Override"))
        return {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in found}

    def _is_document_part(self, part: str) -> bool:
        kinds = {_key(one): kind for one, kind in self.types().items()}
        kind = kinds.get(_key(part), "")
        return not kind or bool(_MAIN.search(kind)) or kind == "application/xml"

    def _relation(self, folder: str, element: Element) -> Relation:
        kind = transitional(element.get("Type", "")).rpartition("/")[2]
        target = element.get("Target", "")
        if element.get("TargetMode", "").lower() == "external":
            return Relation(kind, target, outside=True)
        if target.startswith("#"):
            return Relation(kind, target, outside=False)
        return Relation(kind, self._resolve_target(folder, target), outside=False)

    def _resolve_target(self, folder: str, target: str) -> str:
        """Find the part that is the target of a relationship, and return its name; empty if the
        target is outside the zip. ``folder`` contains the part that has the relationship."""
        path = target.replace("\\", "/").partition("#")[0]
        for form in (path, unquote(path)):
            part = posixpath.normpath(posixpath.join("/", folder, form)).lstrip("/")
            # ``normpath`` would silently drop leading ``..``; reject such a target instead.
            if _leaves_root(folder, form):
                return ""
            if part in self:
                return part
        return part


def _leaves_root(folder: str, path: str) -> bool:
    if path.startswith("/"):
        folder = ""
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/"))).startswith("..")


def _key(part: str) -> str:
    """A part name in normal form, for comparison: case is ignored (ISO/IEC 29500-2, 9.1.1), and
    some programs write backslashes."""
    return part.replace("\\", "/").lstrip("/").lower()


def _parse_xml(part: str, content: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        reason = _POSITION.sub("", _POSITION.sub("", error.msg or "it is empty"))
        line, column = error.position
        if _TOO_DEEP in reason:
            raise BoundsError(part, "it nests more than 256 levels deep") from None
        raise PartError(part, f"its XML is broken ({reason})", line, column) from None
    # An unknown encoding, or bytes that are invalid in it.
    except (ValueError, LookupError) as error:
        raise PartError(part, f"its XML is broken ({error})") from None


_MAX_IMAGES = 512 << 20
"""Maximum size of all images of a file together, in bytes."""
_IMAGE_TYPES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "avif"),
    (re.compile(rb".{4}ftyp(?:hei[cx]|mif1|msf1)", re.DOTALL), "heic"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "bmp"),
    (re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"), "tiff"),
    (re.compile(rb"\x01\0\0\0.{36} EMF", re.DOTALL), "emf"),
    (re.compile(rb"\xd7\xcd\xc6\x9a|[\x01\x02]\0\x09\0\0[\x01\x03]"), "wmf"),
    (re.compile(rb"II\xbc"), "wdp"),
    (re.compile(rb"\0\0\x01\0"), "ico"),
    (re.compile(rb"\x0a[\0-\x05]\x01[\x01\x02\x04\x08]"), "pcx"),
    (re.compile(rb"(?:%!PS|\xc5\xd0\xd3\xc6)"), "eps"),
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"8BPS"), "psd"),
)
_DRAWING = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|svg)")
_ZIPPED = b"\x1f\x8b"
_IMAGE_HEAD = 1024


def _image_type(content: bytes, target: str) -> str:
    """The file extension for an image, detected from its first bytes; empty if unknown. ``target``
    is its part name.

    Compressed Windows metafiles (.emz, .wmz) are detected by the part name, since they are not
    decompressed.
    """
    head = content[:_IMAGE_HEAD].removeprefix(b"\xef\xbb\xbf")
    for signature, file_type in _IMAGE_TYPES:
        if signature.match(head):
            return file_type
    if _DRAWING.match(head) and b"<svg" in head:
        return "svg"
    extension = target.rpartition(".")[2].lower()
    return extension if head.startswith(_ZIPPED) and extension in ("emz", "wmz") else ""


class Pictures:
    """Reads the images of a file by part name. The total size of all images is limited."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._known: dict[str, tuple[bytes, str]] = {}
        self._size = 0

    def read(self, part: str) -> tuple[bytes, str]:
        """Read an image, and return its bytes and file extension. Raises ``PartError`` if it cannot
        be read or its type is unknown."""
        if part not in self._known:
            content = self._parts.content(part)
            if self._size + len(content) > _MAX_IMAGES:
                problem = f"the pictures have more than {_MAX_IMAGES >> 20} MB together"
                raise PartError(part, problem)
            ending = _image_type(content, part)
            if not ending:
                raise PartError(part, "its file is not a picture of a known type")
            self._size += len(content)
            self._known[part] = content, ending
        return self._known[part]
