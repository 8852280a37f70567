"""The manifest of a package of anybody's, as leniently as LMSs read it, with all lines.

Elements are found by their local names, whatever their namespace: that a namespace is wrong is for
a rule to say. Parsing knows no network, no external files and no entities.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from builder.diagnostics import Position

MANIFEST = "imsmanifest.xml"
ADL_12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
IMS_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def is_one(path: str) -> bool:
    """Whether a file of this path may be the manifest, by its name in any case."""
    return path.rpartition("/")[2].lower() == MANIFEST


def found(files: Collection[str]) -> str | None:
    """The path of the manifest, the one nearest to the root; ``None`` where there is none."""
    candidates = [name for name in files if is_one(name)]
    return min(candidates, key=lambda name: (name.count("/"), name != MANIFEST, name), default=None)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a manifest cannot be read: the place, and what is wrong in words."""

    position: Position
    words: str


@dataclass(frozen=True, slots=True)
class Launch:
    """What an LMS opens for an item.

    ``href`` is as it is written, without what ``xml:base`` puts in front; ``path`` is the file in
    the package, ``None`` where the address leads out of it.
    """

    item: etree._Element | None
    resource: etree._Element
    href: str
    path: str | None


@dataclass
class Manifest:
    """A manifest that was found at ``path``; ``folder`` is what stands in front of its name.

    ``root`` is ``None`` where it cannot be parsed; ``faults`` then says why.
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
        """The place of an element; the whole file for none."""
        line = 0 if element is None else int(element.sourceline or 0)
        return Position(self.path, line)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """The elements of these local names, in the order of the document."""
        if self.root is not None:
            for element in self.root.iter(etree.Element):
                if local(element.tag) in names:
                    yield element

    @cached_property
    def resources(self) -> dict[str, etree._Element]:
        """The resources by identifier; of two with the same one, the first."""
        return {one.get("identifier", ""): one for one in reversed(list(self.all("resource")))}

    @cached_property
    def launches(self) -> tuple[Launch, ...]:
        """What items open, those of the default organization first; items without a resource are
        left out.

        Of a manifest without such items, the resources that have an address.
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
        """Whether an item is in another organization than the default one."""
        default = next((one.get("default") for one in self.all("organizations")), None)
        around = (one for one in item.iterancestors() if local(one.tag) == "organization")
        return default is not None and default not in {one.get("identifier") for one in around}

    def _launch(self, item: etree._Element | None, resource: etree._Element) -> Launch:
        href = resource.get("href", "").strip()
        return Launch(item, resource, href, self.resolved(href, resource))

    def resolved(self, href: str, element: etree._Element) -> str | None:
        """The path in the package that an address names; ``None`` where it leads out of it."""
        if _SCHEME.match(href):
            return None
        address = unquote(re.split("[?#]", href, maxsplit=1)[0]).replace("\\", "/")
        path = posixpath.normpath(f"{self.folder}{base(element)}{address.lstrip('/')}")
        return None if path.startswith("..") else path

    def is_outside(self, href: str) -> bool:
        """Whether an address names another site."""
        return _SCHEME.match(href) is not None

    @cached_property
    def scos(self) -> tuple[etree._Element, ...]:
        """The resources that are SCOs, by an attribute of that name in any case and prefix."""
        return tuple(one for one in self.all("resource") if scorm_type(one).lower() == "sco")

    def text_of(self, name: str) -> str:
        """The text of the first element of a local name, stripped; empty where there is none."""
        element = next(self.all(name), None)
        return "" if element is None else (element.text or "").strip()

    @property
    def namespaces(self) -> frozenset[str]:
        """All namespaces that the document declares or uses."""
        if self.root is None:
            return frozenset()
        declared = {
            uri for element in self.root.iter(etree.Element) for uri in element.nsmap.values()
        }
        return frozenset(declared)


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name, without regard to case and namespace."""
    for key, value in element.items():
        if local(key).lower() == name.lower():
            return value
    return None


def scorm_type(resource: etree._Element) -> str:
    """What a resource says it is, ``sco`` or ``asset``; empty where it does not say."""
    return (attribute(resource, "scormtype") or "").strip()


def base(element: etree._Element) -> str:
    """What ``xml:base`` of an element and of those round it puts in front of an address."""
    around = [element, *element.iterancestors()]
    return "".join(one.get(_XML_BASE, "") for one in reversed(around)).lstrip("/")


def read(path: str, content: bytes, files: Collection[str]) -> Manifest:
    """The manifest of these bytes. Never raises."""
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
    """The encoding that a document says it has: UTF-8 where it says nothing."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    return declared[1].decode("ascii").lower() if declared else "utf-8"
