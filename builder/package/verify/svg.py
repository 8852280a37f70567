"""Checks that an SVG image loads nothing from outside its package, runs nothing and hides nothing.

An image in a page runs nothing, but the same file opened by itself is a document, which may contain
scripts and HTML elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

from lxml import etree

from builder.package.verify import addresses
from builder.package.verify.manifest import parse

_SVG = "http://www.w3.org/2000/svg"
_METADATA_NAMESPACES = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://sodipodi.sourceforge.net/",
    "http://inkscape.sourceforge.net/",
    "http://www.inkscape.org/",
)
"""Prefixes of namespaces in which drawing programs store their metadata."""
_ACTIVE_ELEMENTS = frozenset({"script", "handler", "foreignObject", "iframe", "embed", "object"})
_ANIMATED = frozenset({"to", "from", "by", "values"})
"""Attributes of an animation that replace another attribute's value."""
_ADDRESSES = _ANIMATED | {"href", "src", "base", "ping"}
_CSS_ATTRIBUTES = _ANIMATED | {
    "style",
    "clip-path",
    "cursor",
    "fill",
    "filter",
    "marker",
    "marker-start",
    "marker-mid",
    "marker-end",
    "mask",
    "stroke",
}
"""Attributes that browsers parse as CSS and that may refer to a file."""
_SCRIPT = re.compile(r"javascript:|vbscript:|data:(?!image/|font/)", re.IGNORECASE)
_DRAWING = re.compile(r"data:image/svg", re.IGNORECASE)
_IMAGE_ELEMENTS = frozenset({"image", "feImage"})
"""Elements that show another drawing as an image, in which nothing runs.

`use` is not among them: in Chrome before version 119, scripts in the drawing that it references
run, and an animation may set its address.
"""
_DECLARATION = re.compile(r"<\?xml[^>]*")
_UTF_8 = re.compile(r"""\sencoding\s*=\s*(?:"utf-?8"|'utf-?8')""", re.IGNORECASE)
_NOT_UTF_8 = "be read differently by each browser: it is not UTF-8, or declares another encoding"
_MAX_SHOWN = 40
"""Maximum length of an address in a message."""


def judge(content: bytes) -> Iterator[tuple[int, str]]:
    """The faults of an SVG image: the line of each, and what the image would do, as text for the
    diagnostic ``package-content``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield 1, _NOT_UTF_8
        return
    if not _in_utf_8(text):
        yield 1, _NOT_UTF_8
        return
    # The bytes of the decoded text, so that the parser does not guess the encoding again.
    content = text.encode()
    try:
        root = parse(content, "utf-8")
    except etree.XMLSyntaxError as error:
        yield error.position[0] or 0, "not be shown: it is not well-formed SVG"
        return
    if root.getroottree().docinfo.internalDTD is not None and _has_internal_subset(content):
        words = (
            "be able to hide a script in its DOCTYPE; delete the line that starts with <!DOCTYPE"
        )
        yield _line(content, b"<!DOCTYPE"), words
        return
    for sibling in root.itersiblings(etree.PI, preceding=True):
        if isinstance(sibling, etree._ProcessingInstruction) and sibling.target == "xml-stylesheet":
            yield sibling.sourceline or 0, "load a style sheet: it has an xml-stylesheet line"
    for element in root.iter(etree.Element):
        yield from ((element.sourceline or 0, words) for words in _element(element))


def _in_utf_8(text: str) -> bool:
    """Whether the XML declaration of a text declares UTF-8 or no encoding. Another encoding could
    hide markup from this check."""
    declaration = _DECLARATION.match(text)
    if not declaration or "encoding" not in declaration[0].lower():
        return True
    return _UTF_8.search(declaration[0]) is not None


def _has_internal_subset(content: bytes) -> bool:
    """Whether the DOCTYPE of a drawing has an internal subset, which can add attributes to elements
    without being seen there.

    An external subset does not matter, since browsers never read it.
    """
    declared = []
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = lambda name, system, public, own: declared.append(bool(own))
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return True
    return any(declared)


def _line(content: bytes, mark: bytes) -> int:
    at = content.find(mark)
    return content.count(b"\n", 0, at) + 1 if at >= 0 else 0


def _element(element: etree._Element) -> Iterator[str]:
    tag = etree.QName(element)
    if tag.namespace != _SVG and not _is_metadata(element, tag.namespace or ""):
        yield (
            f"show more than an image: it has the element {tag.localname}, which is not part of SVG"
        )
        return
    if tag.localname in _ACTIVE_ELEMENTS:
        yield f"run a program or show a page: it has a {tag.localname} element"
    if tag.localname == "style":
        yield from _style("".join(element.itertext()))
    for key, value in element.items():
        name = key.rpartition("}")[2]
        yield from islice(_attribute(tag.localname, name, value, key in _CSS_ATTRIBUTES), 1)


def _attribute(element: str, name: str, value: str, styled: bool) -> Iterator[str]:
    if name.lower().startswith("on"):
        yield f"run a script: it has the attribute {name}"
    if name in _ADDRESSES:
        is_link = element == "a" and name == "href"
        for part in value.split(";") if name == "values" else (value,):
            address = addresses.normalize(part)
            drawn = element not in _IMAGE_ELEMENTS and _DRAWING.match(address)
            if drawn or _SCRIPT.match(address):
                yield f"run a script or open a page: {name} is “{address[:_MAX_SHOWN]}”"
            elif (addresses.is_outside(part) or addresses.leaves_package(part)) and not is_link:
                yield f"load {address}"
    if styled:
        yield from _style(value)
    elif "url" in value.lower() or "image-set" in value.lower():
        yield from (f"load {address}" for _, address in addresses.in_styles(value))


def _is_metadata(element: etree._Element, namespace: str) -> bool:
    if namespace.startswith(_METADATA_NAMESPACES):
        return True
    # Metadata may contain foreign elements, but browsers also process HTML elements there.
    inside = any(above.tag == f"{{{_SVG}}}metadata" for above in element.iterancestors())
    return inside and bool(namespace) and "w3.org" not in namespace


def _style(text: str) -> Iterator[str]:
    if "\\" in text:
        yield "hide an address: its styles contain a backslash"
    elif outside := next(addresses.in_styles(text), None):
        yield f"load {outside[1]}"
    elif "@import" in text.lower():
        yield "load another style sheet: it has an @import"
