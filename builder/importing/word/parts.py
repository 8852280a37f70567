"""The parts of a Word file: members of its zip, what they relate to, and their XML.

Nothing of the file is trusted: how many members it has, their size and how tightly they are packed
are bounded before the first one is read (``zips``). A part of XML has no DOCTYPE, so no entities,
and is at most 256 elements deep, which libxml2 holds by itself.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from builder.base.immutable import immutable
from builder.base.zips import Archive, DamagedError
from builder.importing.word.names import Element, name, relax, transitional

_TAGS = 3_000_000
"""Tags of one part; a Word file of 1,000 pages has about a million."""
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_POSITION = re.compile(r",? *(?:\(<string>, )?line \d+(?:, column \d+)?\)?$")
_TOO_DEEP = "Excessive depth"
_MAIN = re.compile(r"wordprocessingml\.(document|template)|ms-word\.(document|template)\.macro")


class PartError(Exception):
    """A part that cannot be read: its name, why, in words, and where."""

    def __init__(self, part: str, problem: str, line: int = 0, column: int = 0) -> None:
        super().__init__(problem)
        self.part, self.problem, self.line, self.column = part, problem, line, column


class BoundsError(PartError):
    """A part that is too large, or too deep."""


@immutable
class Relation:
    """What a part relates to: its ``kind`` (``image``, ``hyperlink``), the name of another part, or
    an address outside."""

    kind: str
    target: str
    outside: bool


class Parts:
    """Reads the parts of one file. ``faults`` are those that the document can be read without."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {_key(member): member for member in archive.files}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.faults: dict[str, PartError] = {}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._names

    def content(self, part: str) -> bytes:
        """The bytes of a part."""
        try:
            return self._archive.read(self._names[_key(part)])
        except KeyError:
            raise PartError(part, "it is missing") from None
        except DamagedError as error:
            kind = BoundsError if "larger than" in str(error) else PartError
            raise kind(part, str(error)) from None

    def tree(self, part: str) -> Element:
        """The root of a part of XML."""
        content = self.content(part)
        if content.count(b"<") > _TAGS:
            raise BoundsError(part, f"it has more than {_TAGS:,} tags")
        if _DOCTYPE.search(content):
            raise PartError(part, "it has a DOCTYPE, which no Word file has")
        root = _parsed(part, content)
        relax(root)
        return root

    def optional(self, part: str | None) -> Element | None:
        """The root of a part that the document can be read without."""
        if not part or part not in self or part in self.faults:
            return None
        try:
            return self.tree(part)
        except PartError as error:
            self.faults[part] = error
            return None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part relates to, by the ids that its elements name."""
        if part not in self._relations:
            folder, own = posixpath.split(part)
            root = self.optional(posixpath.join(folder, "_rels", f"{own}.rels"))
            found = () if root is None else root.iter(name("rel:Relationship"))
            self._relations[part] = {
                one.get("Id", ""): self._relation(folder, one) for one in found
            }
        return self._relations[part]

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that a part relates to."""
        return next(iter(self.all_related(part, kind)), None)

    def all_related(self, part: str, kind: str) -> list[str]:
        """Every part of a kind that a part relates to, each once."""
        found = [one.target for one in self.relations(part).values() if one.kind == kind]
        return [one for one in dict.fromkeys(found) if one in self]

    def main(self) -> str | None:
        """The part that is the document itself."""
        relations = self.relations("").values()
        named = [one.target for one in relations if one.kind == "officeDocument"]
        typed = [part for part, kind in self.types().items() if _MAIN.search(kind)]
        candidates = (*named, *typed, "word/document.xml")
        return next((part for part in candidates if part in self and self._fits(part)), None)

    def types(self) -> dict[str, str]:
        """The type of each part that has one of its own."""
        root = self.optional("[Content_Types].xml")
        found = () if root is None else root.iter(name("ct:Override"))
        return {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in found}

    def _fits(self, part: str) -> bool:
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
        return Relation(kind, self._inside(folder, target), outside=False)

    def _inside(self, folder: str, target: str) -> str:
        """The name of a part; empty where it would lie outside the file."""
        path = target.replace("\\", "/").partition("#")[0]
        for form in (path, unquote(path)):
            whole = posixpath.normpath(posixpath.join("/", folder, form)).lstrip("/")
            # ``normpath`` keeps ``..`` from leaving the root; what tried to is refused.
            if _leaves(folder, form):
                return ""
            if whole in self:
                return whole
        return whole


def _leaves(folder: str, path: str) -> bool:
    if path.startswith("/"):
        folder = ""
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/"))).startswith("..")


def _key(part: str) -> str:
    """Parts are found whatever their case (ISO/IEC 29500-2, 9.1.1), and by either slash."""
    return part.replace("\\", "/").lstrip("/").lower()


def _parsed(part: str, content: bytes) -> Element:
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
        words = _POSITION.sub("", _POSITION.sub("", error.msg or "it is empty"))
        line, column = error.position
        if _TOO_DEEP in words:
            raise BoundsError(part, "it nests more than 256 levels deep") from None
        raise PartError(part, f"its XML is broken ({words})", line, column) from None
    # Encodings that nobody knows, text that is no text.
    except (ValueError, LookupError) as error:
        raise PartError(part, f"its XML is broken ({error})") from None
