"""Validates the manifest against the schemas of IMS Content Packaging, LOM and SCORM 1.2.

Also checks what schemas cannot: references, fixed values, and the listed files.

The schemas are the control documents shipped with the builder; those in the package are never used.
The parser loads nothing from the network, no external files, and expands no entities. The rules
that are not in the schemas come from facts/scorm-1.2.md#files, or from facts/learning-systems.md
where LMSs differ from the standard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from urllib.parse import unquote

from lxml import etree

from builder.base import resources
from builder.base.patterns import late
from builder.base.zips import Archive, DamagedError, printable_name
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, FileName, Position
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
    """Read the manifest. Returns its root element and its problems; there is no root element if
    the manifest is missing or not valid."""
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
    """Report each of the four control documents that is missing or has a wrong namespace.

    Their bytes may differ from the builder's, since other tools and earlier versions ship other
    copies. The package's digest shows whether they were changed after the build.
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


_CP = f"{{{CONTENT_PACKAGING}}}"
_ADL_NAMESPACE = CONTROL_DOCUMENTS["adlcp_rootv1p2.xsd"]
_ADL = f"{{{_ADL_NAMESPACE}}}"
MASTERY_SCORE = f"{_ADL}masteryscore"
_BASE = f"{{{CONTROL_DOCUMENTS['ims_xml.xsd']}}}base"
_DECIMAL = late(r"\d+(?:\.\d+)?|\.\d+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_FIXED = {"schema": "ADL SCORM", "schemaversion": "1.2"}
_UNLISTED = frozenset({MANIFEST, *CONTROL_DOCUMENTS})

_Fault = tuple[etree._Element, str]
"""A faulty element, and a description of the fault."""


def judge_references(root: etree._Element, names: Collection[str]) -> tuple[Diagnostic, ...]:
    """Everything wrong with the references and values of a manifest that is valid by its schemas.
    ``root`` is its root element, and ``names`` are the paths of the files of the zip."""
    problems = [
        problem(code, Position(MANIFEST, int(element.sourceline or 0)), problem=words)
        for code, rule in _RULES
        for element, words in rule(root)
    ]
    return (*problems, *_files(root, names))


def _default(root: etree._Element) -> Iterator[_Fault]:
    for organizations in root.iter(f"{_CP}organizations"):
        known = {
            organization.get("identifier")
            for organization in organizations.findall(f"{_CP}organization")
        }
        default = organizations.get("default")
        if not known:
            yield organizations, "it has no organization"
        elif default is None:
            yield organizations, "no organization is the default"
        elif default not in known:
            yield organizations, f"the default “{default}” is not an organization"


def _references(root: etree._Element) -> Iterator[_Fault]:
    known = {resource.get("identifier") for resource in root.iter(f"{_CP}resource")}
    for element in root.iter(f"{_CP}item", f"{_CP}dependency"):
        reference = element.get("identifierref")
        if reference is None:
            if element.find(f"{_CP}item") is None:
                yield element, f"the item “{element.get('identifier')}” has nothing to launch"
        elif reference not in known:
            yield element, f"“{reference}” is not a resource"


def _schema_names(root: etree._Element) -> Iterator[_Fault]:
    for name, value in _FIXED.items():
        element = root.find(f"{_CP}metadata/{_CP}{name}")
        if element is None:
            yield root, f"“{name}” is missing"
        elif element.text != value:
            yield element, f"“{name}” is “{element.text}” instead of “{value}”"


def _prefixes(root: etree._Element) -> Iterator[_Fault]:
    for element in root.iter(f"{_CP}*"):
        if element.prefix is not None:
            name = f"{element.prefix}:{etree.QName(element).localname}"
            yield element, f"Moodle recognizes “{name}” only without its prefix"
            break
    for element in root.iter(etree.Element):
        for prefix, namespace in element.nsmap.items():
            if namespace == _ADL_NAMESPACE and prefix != "adlcp":
                yield element, f"the prefix of {namespace} is “{prefix}” instead of “adlcp”"
                return


def _bases(root: etree._Element) -> Iterator[_Fault]:
    for element in root.iter(etree.Element):
        if element.get(_BASE) is not None:
            yield element, "it uses xml:base, which several LMSs ignore"


def _titles(root: etree._Element) -> Iterator[_Fault]:
    for element in root.iter(f"{_CP}organization", f"{_CP}item"):
        if not (element.findtext(f"{_CP}title") or "").strip():
            name = etree.QName(element).localname
            yield element, f"the {name} “{element.get('identifier')}” has no title"


def _visibility(root: etree._Element) -> Iterator[_Fault]:
    for element in root.iter(f"{_CP}item"):
        if element.get("isvisible") != "true":
            yield element, f'the item “{element.get("identifier")}” lacks isvisible="true"'


def _mastery_scores(root: etree._Element) -> Iterator[_Fault]:
    for element in root.iter(MASTERY_SCORE):
        score = element.text or ""
        if not _DECIMAL.fullmatch(score) or float(score) > 100:
            yield element, f"the mastery score “{score}” is not a number from 0 to 100"
        elif score == "0":
            yield element, "the mastery score is “0”, which Moodle ignores"


def _resources(root: etree._Element) -> Iterator[_Fault]:
    resources = list(root.iter(f"{_CP}resource"))
    if not resources:
        yield root, "it has no resource"
    for element in resources:
        name, kind = element.get("identifier"), element.get(f"{_ADL}scormtype")
        href = element.get("href")
        if element.get("type") != "webcontent":
            yield element, f"the type of the resource “{name}” is not “webcontent”"
        if kind is None:
            yield element, f"the resource “{name}” has no adlcp:scormtype"
        elif kind == "sco" and href is None:
            yield element, f"the SCO “{name}” has no href"
        if href is not None and _SCHEME.match(href):
            yield element, f"the resource “{name}” is not in the package"
    if resources and resources[0].get(f"{_ADL}scormtype") == "asset":
        yield resources[0], "its first resource is not a SCO, but several LMSs launch the first one"


_RULES: tuple[tuple[str, Callable[[etree._Element], Iterator[_Fault]]], ...] = (
    ("package-reference", _default),
    ("package-reference", _references),
    ("package-value", _schema_names),
    ("package-value", _prefixes),
    ("package-value", _bases),
    ("package-value", _titles),
    ("package-value", _visibility),
    ("package-value", _mastery_scores),
    ("package-value", _resources),
)


def _files(root: etree._Element, names: Collection[str]) -> Iterator[Diagnostic]:
    listed = set(_UNLISTED)
    for element in root.iter(f"{_CP}resource", f"{_CP}file", f"{_ADL}location"):
        is_location = element.tag == f"{_ADL}location"
        address = (element.text or "") if is_location else element.get("href", "")
        if not address or (_SCHEME.match(address) and element.tag != f"{_CP}file"):
            continue
        path = unquote(re.split("[?#]", address, maxsplit=1)[0])
        if element.tag != f"{_CP}resource":
            listed.add(path)
        if path not in names:
            position = Position(MANIFEST, int(element.sourceline or 0))
            words = ("there is no file “", FileName(printable_name(path)), "”")
            yield problem("package-files", position, problem=words)
    for name in names:
        if name not in listed:
            words = ("“", FileName(printable_name(name)), "” is not listed")
            yield problem("package-files", Position(printable_name(name)), problem=words)
