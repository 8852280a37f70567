"""Titles in manifests."""

from __future__ import annotations

from lxml import etree

from builder.audit.manifest import local


def own_title(element: etree._Element) -> str:
    """The text of the title that is a child of an element, in one line; empty without one."""
    for child in element.iterchildren(etree.Element):
        if local(child.tag) == "title":
            return " ".join("".join(child.itertext()).split())
    return ""


def title_of(element: etree._Element) -> str:
    """What people call an item: its title, or else its identifier."""
    return own_title(element) or element.get("identifier", "")
