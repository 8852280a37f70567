"""Names of elements and attributes in Word files (ISO/IEC 29500), and functions that read values
from attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

_OFFICE = "http://schemas.openxmlformats.org"
_VENDOR = "http://schemas.microsoft.com/office"

SPACES = {
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "m": f"{_OFFICE}/officeDocument/2006/math",
    "a": f"{_OFFICE}/drawingml/2006/main",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
    "c": f"{_OFFICE}/drawingml/2006/chart",
    "dgm": f"{_OFFICE}/drawingml/2006/diagram",
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "mc": f"{_OFFICE}/markup-compatibility/2006",
    "rel": f"{_OFFICE}/package/2006/relationships",
    "ct": f"{_OFFICE}/package/2006/content-types",
    "wps": f"{_VENDOR}/word/2010/wordprocessingShape",
    "wpg": f"{_VENDOR}/word/2010/wordprocessingGroup",
    "wpc": f"{_VENDOR}/word/2010/wordprocessingCanvas",
    "wp15": f"{_VENDOR}/word/2012/wordprocessingDrawing",
    "w14": f"{_VENDOR}/word/2010/wordml",
    "adec": f"{_VENDOR}/drawing/2017/decorative",
    "cx": f"{_VENDOR}/drawing/2014/chartex",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
UNDERSTOOD = frozenset(
    {*SPACES.values(), f"{_VENDOR}/drawing/2010/main", f"{_VENDOR}/word/2012/wordml"}
    | {f"{_VENDOR}/word/2010/wordprocessingDrawing"}
)
"""Namespaces that the importer can read. Of alternatives for the same content (``mc:Choice``), the
first that requires only these namespaces is read, instead of the fallback."""
_STRICT = "http://purl.oclc.org/ooxml/"

Element = etree._Element


def name(short: str) -> str:
    """The name of an element or attribute as lxml writes it, ``{namespace}p``, for a prefixed name
    such as ``w:p``."""
    prefix, _, local = short.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


VAL = name("w:val")


def transitional(address: str) -> str:
    """The Transitional form of a namespace or relationship type; ``address`` differs from it only
    in Strict files, the other variant of ISO/IEC 29500."""
    if not address.startswith(_STRICT):
        return address
    topic, _, suffix = address.removeprefix(_STRICT).partition("/")
    return f"{_OFFICE}/{topic}/2006/{suffix}"


def convert_strict(root: Element) -> None:
    """Rename all elements and attributes of a part to Transitional names if it is Strict."""
    if _STRICT not in (root.tag if isinstance(root.tag, str) else ""):
        return
    for element in root.iter(etree.Element):
        element.tag = _transitional_name(str(element.tag))
        for key, value in element.attrib.items():
            if (known := _transitional_name(str(key))) != key:
                del element.attrib[key]
                element.set(known, value)


def _transitional_name(full: str) -> str:
    if not full.startswith("{" + _STRICT):
        return full
    space, _, local = full[1:].partition("}")
    return f"{{{transitional(space)}}}{local}"


def child(element: Element | None, *path: str) -> Element | None:
    """The descendant at the end of a path of prefixed names, each a child of the one before it;
    ``None`` if one is missing."""
    for step in path:
        if element is None:
            return None
        element = element.find(name(step))
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The attribute ``w:val`` of the descendant at a path of prefixed names; ``None`` if the
    element or the attribute is missing."""
    found = child(element, *path)
    return None if found is None else found.get(VAL)


def is_on(element: Element) -> bool:
    """Whether an element that switches a property on or off, such as ``w:b``, is on. Without a
    value it is on."""
    return element.get(VAL, "true").lower() not in ("0", "false", "off", "none")


def switch(element: Element | None, *path: str) -> bool | None:
    """Whether the switch element at a path of prefixed names is on; ``None`` if it is missing."""
    found = child(element, *path)
    return None if found is None else is_on(found)


def number(text: str | None) -> int | None:
    """The value of a whole number with at most nine digits, ignoring decimal places; ``None`` if
    the text is not a number."""
    match = re.match(r"\s*(-?\d{1,9})(?:\.\d+)?\s*$", text or "")
    return int(match[1]) if match else None


_TWIPS = {"": 1.0, "pt": 20.0, "in": 1440.0, "cm": 566.93, "mm": 56.693, "pc": 240.0, "pi": 240.0}


def _twips(text: str | None) -> int | None:
    """A length with any unit, converted to twentieths of a point; ``None`` if the text is not a
    length. A number without a unit is in twentieths of a point."""
    match = re.match(r"\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*(pt|in|cm|mm|pc|pi|)\s*$", text or "")
    return round(float(match[1]) * _TWIPS[match[2]]) if match else None


Indent = Mapping[str, int]
"""The indents of a paragraph in twentieths of a point: ``left`` of all lines, ``first`` of the
first line in addition. An indent that is not set is missing."""


def indent(element: Element | None) -> dict[str, int]:
    """The indents that a ``w:ind`` element sets. ``left`` is the side where lines start, so the
    right in right-to-left text."""
    if element is None:
        return {}
    left = _twips(element.get(name("w:start"), element.get(name("w:left"))))
    first = _twips(element.get(name("w:firstLine")))
    hanging = _twips(element.get(name("w:hanging")))
    lengths = {"left": left, "first": -hanging if hanging is not None else first}
    return {key: length for key, length in lengths.items() if length is not None}
