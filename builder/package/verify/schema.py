"""Validates the manifest against the schemas of IMS Content Packaging, LOM and SCORM 1.2.

The schemas are the control documents shipped with the builder; those in the package are never used.
The parser loads nothing from the network, no external files, and expands no entities.
"""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from builder.base import resources
from builder.base.zips import Archive, DamagedError
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package.verify.archive import MANIFEST

CONTROL_DOCUMENTS = {
    "imscp_rootv1p1p2.xsd": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "imsmd_rootv1p2p1.xsd": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    "adlcp_rootv1p2.xsd": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "ims_xml.xsd": "http://www.w3.org/XML/1998/namespace",
}
"""The four control documents that SCORM 1.2 requires at the root of a package, with their
namespaces."""
CONTENT_PACKAGING = CONTROL_DOCUMENTS["imscp_rootv1p1p2.xsd"]

_PROBLEMS_LIMIT = 50
_TARGET = re.compile(rb"""\btargetNamespace\s*=\s*["']([^"']*)["']""")
_NAMESPACE = re.compile(r"\{[^{}]*\}")


def parse(text: bytes, encoding: str | None = None) -> etree._Element:
    """Parse an XML text to its root element; raises ``etree.XMLSyntaxError`` if it is not well
    formed.

    ``encoding`` overrides the encoding that the text declares.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        encoding=encoding,
    )
    return etree.fromstring(text, parser)


def read_manifest(archive: Archive) -> tuple[etree._Element | None, tuple[Diagnostic, ...]]:
    """The manifest's root element if it exists and is valid, and its problems."""
    if MANIFEST not in archive.files:
        return None, ()
    try:
        root = parse(archive.read(MANIFEST))
    except DamagedError:
        # Reported where every member is read.
        return None, ()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return None, (_problem(line or 0, error.msg or "it is not well-formed XML", column or 0),)
    problems = tuple(_validate(root))
    return (None if problems else root), problems


def _validate(root: etree._Element) -> list[Diagnostic]:
    if root.getroottree().docinfo.doctype:
        return [_problem(1, "it has a DOCTYPE, which a manifest may not have")]
    if root.tag != f"{{{CONTENT_PACKAGING}}}manifest":
        return [_problem(1, "it does not start with the manifest element of SCORM 1.2")]
    schema = _schema()
    if schema.validate(root):
        return []
    return [
        _problem(error.line, _NAMESPACE.sub("", error.message))
        for error in list(schema.error_log)[:_PROBLEMS_LIMIT]
    ]


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(resources.path("scorm", "imscp_rootv1p1p2.xsd")))


def _problem(line: int, words: str, column: int = 0) -> Diagnostic:
    position = Position(MANIFEST, line, column)
    return problem("package-schema", position, problem=words.rstrip("."))


def judge_control_documents(archive: Archive) -> tuple[Diagnostic, ...]:
    """Check that the four control documents exist and have the right namespaces.

    Their bytes may differ from the builder's, since other tools and earlier versions ship other
    copies. The digest shows whether they were changed after the build.
    """
    problems = []
    for name, namespace in CONTROL_DOCUMENTS.items():
        if name not in archive.files:
            words = f"the control document {name} is missing"
            problems.append(problem("package-files", Position(name), problem=words))
            continue
        try:
            target = _TARGET.search(archive.read(name))
        except DamagedError:
            # Reported where every member is read.
            continue
        if target is None or target[1] != namespace.encode():
            words = f"the control document {name} does not describe {namespace}"
            problems.append(problem("package-schema", Position(name), problem=words))
    return tuple(problems)
