"""The manifest against the schemas of IMS Content Packaging, LOM and SCORM 1.2.

The schemas are the control documents that the builder ships; what a package brings along is never
used to judge it. Parsing knows no network, no external files and no entities.
"""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from builder import resources
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position
from builder.verify.archive import MANIFEST
from builder.zips import Archive, DamagedError

CONTROL_DOCUMENTS = {
    "imscp_rootv1p1p2.xsd": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "imsmd_rootv1p2p1.xsd": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    "adlcp_rootv1p2.xsd": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "ims_xml.xsd": "http://www.w3.org/XML/1998/namespace",
}
"""The four that SCORM 1.2 wants at the root of every package, with the namespace of each."""
CONTENT_PACKAGING = CONTROL_DOCUMENTS["imscp_rootv1p1p2.xsd"]

_PROBLEMS_LIMIT = 50
_TARGET = re.compile(rb"""\btargetNamespace\s*=\s*["']([^"']*)["']""")
_NAMESPACE = re.compile(r"\{[^{}]*\}")


def parse(text: bytes, encoding: str | None = None) -> etree._Element:
    """The root of an XML text; ``etree.XMLSyntaxError`` if it is not well formed.

    ``encoding`` is for a text that is not to say its own.
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
    """The manifest's root element if it is there and follows its schemas, else why not."""
    if MANIFEST not in archive.files:
        return None, ()
    try:
        root = parse(archive.read(MANIFEST))
    except DamagedError:
        # Told once, where every member is read.
        return None, ()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return None, (_problem(line or 0, error.msg or "it is not well-formed XML", column or 0),)
    problems = tuple(_shape(root))
    return (None if problems else root), problems


def _shape(root: etree._Element) -> list[Diagnostic]:
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
    """Whether the four control documents are there, each for its namespace.

    Their bytes may differ from the builder's: other tools ship other copies, and so did earlier
    versions of this one. That nobody changed them since is for the digest to tell.
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
            # Told once, where every member is read.
            continue
        if target is None or target[1] != namespace.encode():
            words = f"the control document {name} does not describe {namespace}"
            problems.append(problem("package-schema", Position(name), problem=words))
    return tuple(problems)
