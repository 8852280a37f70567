"""Writes ``imsmanifest.xml``, which an LMS reads to list, launch and describe the course.

The rules are those of IMS Content Packaging 1.1.2 and ADL SCORM 1.2 (facts/scorm-1.2.md#manifest
and facts/interoperability.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from builder.package.artifacts import CONTROL_DOCUMENTS, LAUNCH, MANIFEST, Plan

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_MD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Several LMSs require that the first namespace has no prefix, and the second exactly “adlcp”.
_PREFIXES = {None: _CP, "adlcp": _ADL, "imsmd": _MD, "xsi": _XSI}
_LOCATIONS = {
    _CP: "imscp_rootv1p1p2.xsd",
    _MD: "imsmd_rootv1p2p1.xsd",
    _ADL: "adlcp_rootv1p2.xsd",
}
_UNLISTED = frozenset({MANIFEST, *CONTROL_DOCUMENTS})
_NO_LANGUAGE = "x-none"


def build(plan: Plan, names: Sequence[str]) -> bytes:
    """Make the manifest of a package with the files ``names``; returns it as XML.

    The manifest lists every file except itself and the control documents, which belong to the
    package and not to its one resource. The launch file comes first, then all others by name. The
    same input gives the same bytes: UTF-8 without numeric entities, which Moodle would show
    literally.
    """
    course, identifiers = plan.course, plan.identifiers
    root = etree.Element(f"{{{_CP}}}manifest", nsmap=_PREFIXES)
    root.set("identifier", identifiers.manifest)
    root.set("version", course.version)
    locations = " ".join(f"{namespace} {name}" for namespace, name in _LOCATIONS.items())
    root.set(f"{{{_XSI}}}schemaLocation", locations)

    metadata = _add(root, _CP, "metadata")
    _add(metadata, _CP, "schema", "ADL SCORM")
    _add(metadata, _CP, "schemaversion", "1.2")
    _describe(_add(metadata, _MD, "lom"), plan)

    title = _title(course.title)
    organizations = _add(root, _CP, "organizations", default=identifiers.organization)
    organization = _add(organizations, _CP, "organization", identifier=identifiers.organization)
    _add(organization, _CP, "title", title)
    item = _add(
        organization,
        _CP,
        "item",
        identifier=identifiers.item,
        identifierref=identifiers.resource,
        # The default value, but Open edX requires it.
        isvisible="true",
    )
    _add(item, _CP, "title", title)
    if course.tracking.mastery is not None:
        _add(item, _ADL, "masteryscore", str(course.tracking.mastery))

    resources = _add(root, _CP, "resources")
    resource = _add(resources, _CP, "resource", identifier=identifiers.resource, type="webcontent")
    resource.set(f"{{{_ADL}}}scormtype", "sco")
    resource.set("href", LAUNCH)
    for name in _files_to_list(names):
        _add(resource, _CP, "file", href=name)

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _files_to_list(names: Iterable[str]) -> list[str]:
    return sorted(set(names) - _UNLISTED, key=lambda name: (name != LAUNCH, name))


def _describe(lom: etree._Element, plan: Plan) -> None:
    """Add the metadata that SCORM 1.2 requires of a content aggregation to the element ``lom``, in
    the required order.

    Description and keywords are mandatory; the title replaces them if the course has none.
    """
    course = plan.course
    language = course.language
    description = course.description or course.title
    keywords = course.keywords or (course.title,)

    general = _add(lom, _MD, "general")
    _text(general, "title", course.title, language)
    entry = _add(general, _MD, "catalogentry")
    _add(entry, _MD, "catalog", "scorm-builder")
    _text(entry, "entry", course.activity, _NO_LANGUAGE)
    for tag in plan.languages or (language,):
        _add(general, _MD, "language", tag)
    _text(general, "description", description, language)
    for keyword in keywords:
        _text(general, "keyword", keyword, language)

    lifecycle = _add(lom, _MD, "lifecycle")
    _text(lifecycle, "version", course.version, _NO_LANGUAGE)
    _word(lifecycle, "status", "Draft" if plan.draft else "Final")

    _add(_add(lom, _MD, "metametadata"), _MD, "metadatascheme", "ADL SCORM 1.2")

    technical = _add(lom, _MD, "technical")
    _add(technical, _MD, "format", "text/html")
    _add(technical, _MD, "location", LAUNCH, type="URI")

    rights = _add(lom, _MD, "rights")
    _word(rights, "cost", "no")
    _word(rights, "copyrightandotherrestrictions", "yes")
    if course.rights:
        _text(rights, "description", course.rights, language)

    classification = _add(lom, _MD, "classification")
    _word(classification, "purpose", "Educational Objective")
    _text(classification, "description", description, language)
    for keyword in keywords:
        _text(classification, "keyword", keyword, language)


def _add(
    parent: etree._Element, namespace: str, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    element.text = None if text is None else _line(text)
    return element


def _text(parent: etree._Element, name: str, text: str, language: str) -> None:
    _add(_add(parent, _MD, name), _MD, "langstring", text).set(_LANG, language)


def _word(parent: etree._Element, name: str, word: str) -> None:
    element = _add(parent, _MD, name)
    _text(element, "source", "LOMv1.0", _NO_LANGUAGE)
    _text(element, "value", word, _NO_LANGUAGE)


def _line(text: str) -> str:
    # A line break would be part of the value; no-break spaces are intended.
    return re.sub(r"[^\S\u00a0]+", " ", text).strip(" ")


# Moodle reads text in pieces, cut at every escaped character and before the first non-ASCII letter,
# and drops a piece that is a space or “0”: “Café & école” would lose a space.
_DROPPED_SPACE = re.compile(r"(?<=[&<>]) (?=(?:0 ?)?(?:[&<>]|[^\x00-\x7f]|$))")


def _title(text: str) -> str:
    """A title for the manifest, with no-break spaces where Moodle would drop a space."""
    return _DROPPED_SPACE.sub("\u00a0", _line(text))
