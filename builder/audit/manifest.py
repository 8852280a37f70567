"""Reads the manifest of a third-party package as leniently as LMSs do, keeping line numbers.

Elements are found by their local names in any namespace; rules report a wrong namespace. The parser
uses no network, no external files and no entities.
"""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from builder.diagnostics.diagnostic import Position

MANIFEST = "imsmanifest.xml"
ADL_12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
IMS_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def is_manifest(path: str) -> bool:
    """Whether a path has the manifest's name, in any case."""
    return path.rpartition("/")[2].lower() == MANIFEST


def find(files: Collection[str]) -> str | None:
    """The path of the manifest among ``files``, the nearest to the root; ``None`` if there is
    none."""
    candidates = [name for name in files if is_manifest(name)]
    return min(candidates, key=lambda name: (name.count("/"), name != MANIFEST, name), default=None)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a manifest cannot be parsed: the position, and the problem in words."""

    position: Position
    words: str


@dataclass(frozen=True, slots=True)
class Launch:
    """What an LMS opens for an item of the manifest.

    ``item`` is ``None`` if no item names a resource, so that resources are opened directly.
    ``href`` is the address as the resource writes it, without ``xml:base``. ``path`` is the path of
    the file in the package, or ``None`` if the address leads out of the package.
    """

    item: etree._Element | None
    resource: etree._Element
    href: str
    path: str | None


@dataclass
class Manifest:
    """A manifest found at ``path``; ``folder`` is the path without the file name.

    ``root`` is ``None`` if the manifest cannot be parsed; ``faults`` then says why. ``files`` are
    the paths of all files of the package.
    """

    path: str
    content: bytes
    root: etree._Element | None
    faults: tuple[Fault, ...]
    files: Collection[str] = field(repr=False)

    @property
    def folder(self) -> str:
        return self.path[: len(self.path) - len(MANIFEST)]

    def at(self, element: etree._Element | None) -> Position:
        """The position of an element in the manifest; ``None`` means the whole file."""
        line = 0 if element is None else int(element.sourceline or 0)
        return Position(self.path, line)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """The elements with these local names, in document order."""
        if self.root is not None:
            for element in self.root.iter(etree.Element):
                if local(element.tag) in names:
                    yield element

    @cached_property
    def resources(self) -> dict[str, etree._Element]:
        """The resources by identifier; the first one if two have the same identifier."""
        return {one.get("identifier", ""): one for one in reversed(list(self.all("resource")))}

    @cached_property
    def launches(self) -> tuple[Launch, ...]:
        """What an LMS launches for each item, with items of the default organization first.

        If no item names a resource, an LMS launches each resource that has an address.
        """
        opened = [
            self._launch(item, self.resources[reference])
            for item in sorted(self.all("item"), key=self._is_elsewhere)
            if (reference := item.get("identifierref", "")) in self.resources
        ]
        if not opened:
            opened = [self._launch(None, resource) for resource in self.resources.values()]
        return tuple(one for one in opened if one.href)

    def _is_elsewhere(self, item: etree._Element) -> bool:
        """Whether an item is outside the default organization."""
        default = next((one.get("default") for one in self.all("organizations")), None)
        around = (one for one in item.iterancestors() if local(one.tag) == "organization")
        return default is not None and default not in {one.get("identifier") for one in around}

    def _launch(self, item: etree._Element | None, resource: etree._Element) -> Launch:
        href = resource.get("href", "").strip()
        return Launch(item, resource, href, self.resolve(href, resource))

    def resolve(self, href: str, element: etree._Element) -> str | None:
        """The path in the package to which the address ``href`` of an element leads; ``None`` if it
        leads out of the package."""
        if _SCHEME.match(href):
            return None
        address = unquote(re.split("[?#]", href, maxsplit=1)[0]).replace("\\", "/")
        path = posixpath.normpath(f"{self.folder}{base(element)}{address.lstrip('/')}")
        return None if path.startswith("..") else path

    def is_outside(self, href: str) -> bool:
        """Whether an address is on another site."""
        return _SCHEME.match(href) is not None

    @cached_property
    def scos(self) -> tuple[etree._Element, ...]:
        """The resources that are SCOs: their ``scormtype`` is “sco”. The case and the prefix of the
        attribute do not matter."""
        return tuple(one for one in self.all("resource") if scorm_type(one).lower() == "sco")

    def text_of(self, name: str) -> str:
        """The stripped text of the first element with a local name; empty if there is none."""
        element = next(self.all(name), None)
        return "" if element is None else (element.text or "").strip()

    @property
    def namespaces(self) -> frozenset[str]:
        """The namespaces that the document declares."""
        if self.root is None:
            return frozenset()
        declared = {
            uri for element in self.root.iter(etree.Element) for uri in element.nsmap.values()
        }
        return frozenset(declared)

    @cached_property
    def used_namespaces(self) -> frozenset[str]:
        """The namespaces of the document's elements and attributes."""
        if self.root is None:
            return frozenset()
        names = (
            str(name)
            for element in self.root.iter(etree.Element)
            for name in (element.tag, *element.keys())
        )
        return frozenset(name[1:].rpartition("}")[0] for name in names if name.startswith("{"))


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, found by its local name in any case and namespace; ``None`` if the
    element has no such attribute."""
    for key, value in element.items():
        if local(key).lower() == name.lower():
            return value
    return None


def scorm_type(resource: etree._Element) -> str:
    """The ``scormtype`` of a resource, normally ``sco`` or ``asset``; empty if it has none."""
    return (attribute(resource, "scormtype") or "").strip()


def base(element: etree._Element) -> str:
    """What ``xml:base`` of an element and its ancestors puts before the addresses in the
    element."""
    around = [element, *element.iterancestors()]
    return "".join(one.get(_XML_BASE, "") for one in reversed(around)).lstrip("/")


def read(path: str, content: bytes, files: Collection[str]) -> Manifest:
    """Parse the manifest at ``path``. Never raises: faults are in the result.

    ``files`` are the paths of all files of the package.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        return Manifest(path, content, None, (_fault(path, error),), files)
    return Manifest(path, content, root, (), files)


def _fault(path: str, error: Exception) -> Fault:
    if not isinstance(error, etree.XMLSyntaxError):
        return Fault(Position(path), "it is not text")
    line, column = error.position
    return Fault(Position(path, line or 0, column or 0), (error.msg or "it is empty").rstrip("."))


def encoding_of(content: bytes) -> str:
    """The encoding that an XML document declares, in lower case; UTF-8 by default."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    return declared[1].decode("ascii").lower() if declared else "utf-8"


_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_problem(content: bytes) -> str:
    """What is wrong with the encoding of an XML document (XML 1.0, 4.3.3), in words; empty if
    nothing is."""
    declared = encoding_of(content)
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if marked == "utf-16":
        return "" if _decodes(content, "utf-16") else "it ends in the middle of a character"
    if marked and declared not in ("utf-8", "utf8"):
        return "its first bytes say UTF-8"
    if declared.startswith("utf-16"):
        return "its bytes are not those of UTF-16"
    try:
        codecs.lookup(declared)
    except LookupError:
        return "nobody knows this encoding"
    if _decodes(content, declared):
        return ""
    line = _line_of_fault(content, declared)
    return f"line {line} has letters in another encoding, probably Windows-1252"


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _line_of_fault(content: bytes, encoding: str) -> int:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    except (UnicodeError, LookupError):
        return 1
    return 1


def own_title(element: etree._Element) -> str:
    """The text of an element's ``title`` child in one line; empty if it has none."""
    for child in element.iterchildren(etree.Element):
        if local(child.tag) == "title":
            return " ".join("".join(child.itertext()).split())
    return ""


def title_of(element: etree._Element) -> str:
    """The title of an item, or else its identifier."""
    return own_title(element) or element.get("identifier", "")
