"""Audit rules about the manifest as an XML file: its path, syntax, version and namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from builder.audit.detection import ADL_2004, contradicts_version, declares_2004, kind_of
from builder.audit.findings import ANYWHERE, Cost, Kind
from builder.audit.manifest import (
    ADL_12,
    IMS_12,
    MANIFEST,
    Manifest,
    encoding_of,
    encoding_problem,
    find,
    local,
)
from builder.audit.package import Package
from builder.audit.rules.rule import (
    ALL_KINDS,
    ERROR,
    OFFER_2004_API,
    SCORM_12,
    WARNING,
    Fault,
    Rule,
    in_moodle,
)
from builder.diagnostics.diagnostic import Position


def _manifest_missing(package: Package) -> Iterator[Fault]:
    kind, _ = kind_of(package)
    unread = package.manifest is None and find(package.files) is not None
    if kind is Kind.UNKNOWN and not unread:
        zips = [name for name in package.files if name.lower().endswith(".zip")]
        more = f"The package may be “{zips[0]}”, a zip inside this zip." if zips else ""
        if "course.yaml" in package.files:
            more = "This is the source of a course: build its package with “scorm-builder build”."
        yield Fault(Position(package.name), {"more": more})


def _manifest_in_folder(manifest: Manifest) -> Iterator[Fault]:
    if manifest.folder:
        yield Fault(Position(manifest.path), {"folder": manifest.folder.rstrip("/")})


def _manifest_name(manifest: Manifest) -> Iterator[Fault]:
    if not manifest.path.endswith(MANIFEST):
        yield Fault(Position(manifest.path), {"name": manifest.path.rpartition("/")[2]})


def _manifest_malformed(manifest: Manifest) -> Iterator[Fault]:
    if not encoding_problem(manifest.content):
        for fault in manifest.faults:
            yield Fault(fault.position, {"problem": fault.words})


def _manifest_encoding(manifest: Manifest) -> Iterator[Fault]:
    if problem := encoding_problem(manifest.content):
        words = {"declared": encoding_of(manifest.content).upper(), "problem": problem}
        yield Fault(Position(manifest.path, 1), words)


def _manifest_doctype(manifest: Manifest) -> Iterator[Fault]:
    if manifest.root is not None and manifest.root.getroottree().docinfo.doctype:
        yield Fault(Position(manifest.path, 1))


def _manifest_version(manifest: Manifest) -> Iterator[Fault]:
    if manifest.root is None or contradicts_version(manifest):
        return
    version = manifest.text_of("schemaversion")
    if version != "1.2":
        place = next(manifest.all("schemaversion"), None)
        # Open edX treats a missing version as SCORM 1.2.
        only = None if version else _NEED_VERSION
        what = f"the version “{version}”" if version else "no version"
        yield Fault(manifest.at(place), {"what": what}, only=only)


_NEED_VERSION = frozenset(("moodle", "totara", "strict"))


def _manifest_mixed(manifest: Manifest) -> Iterator[Fault]:
    if not contradicts_version(manifest):
        return
    version = manifest.text_of("schemaversion")
    newer = sorted(u for u in manifest.used_namespaces if any(part in u for part in ADL_2004))
    words = {
        "version": version,
        "built": "2004" if newer else "1.2",
        "namespace": newer[0] if newer else ADL_12,
    }
    place = next(manifest.all("schemaversion"), manifest.root)
    only = frozenset((ANYWHERE,)) if newer else OFFER_2004_API | {"strict"}
    yield Fault(manifest.at(place), words, only=only)


def _manifest_prefix(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all(*_READ_BY_NAME):
        if element.prefix:
            name = f"{element.prefix}:{local(element.tag)}"
            words = {"name": name, "namespace": element.nsmap.get(element.prefix, "")}
            yield Fault(manifest.at(element), words)
            return


_READ_BY_NAME = ("manifest", "organizations", "organization", "item", "resources", "resource")


def _manifest_namespace(manifest: Manifest) -> Iterator[Fault]:
    if manifest.root is None:
        return
    namespace = etree.QName(manifest.root).namespace
    if namespace != IMS_12 and not declares_2004(manifest):
        yield Fault(manifest.at(manifest.root), {"namespace": namespace or "none"})


def _adlcp_prefix(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("resource"):
        for key in map(str, element.keys()):
            if local(key).lower() != "scormtype":
                continue
            namespace = key[1:].rpartition("}")[0]
            prefix = next((p for p, uri in element.nsmap.items() if uri == namespace), None)
            if prefix != "adlcp":
                written = f"“{prefix}:”" if prefix else "nothing"
                words = {"prefix": written, "namespace": namespace or ADL_12}
                yield Fault(manifest.at(element), words)
                return


_IGNORE_RESOURCE_BASE = frozenset(("openedx", "wagtail-lms", "scormhost"))


def _manifest_base(manifest: Manifest) -> Iterator[Fault]:
    if manifest.root is None:
        return
    for element in manifest.root.iter(etree.Element):
        own = element.get("{http://www.w3.org/XML/1998/namespace}base")
        if own:
            only = _IGNORE_RESOURCE_BASE if local(element.tag) == "resource" else None
            yield Fault(manifest.at(element), {"base": own}, only=only)


RULES = (
    Rule(
        "manifest-missing",
        ERROR,
        "There is no imsmanifest.xml in the package.",
        "Export it again and choose SCORM 1.2; then upload the zip itself, not a folder "
        "that you have packed from it. {more}",
        "The manifest tells an LMS what to open and what to record. Exports for the web have none.",
        advice="Export it again and choose SCORM 1.2; then upload the zip itself, not a folder "
        "that you have packed from it.",
        effects={ANYWHERE: "the upload is refused, or there is nothing to launch"},
        cost=Cost.ACCESS,
        source="facts/scorm-1.2.md#manifest",
        wrong="index.html",
        right="imsmanifest.xml\nindex.html",
        kinds=ALL_KINDS,
        judge_package=_manifest_missing,
    ),
    Rule(
        "manifest-in-folder",
        ERROR,
        "imsmanifest.xml is in the folder “{folder}”, not at the top of the zip.",
        "Open that folder, select everything in it, and zip the selection: imsmanifest.xml must be "
        "at the top when you open the zip.",
        "This happens if somebody unpacks a package and zips its folder instead of the folder’s "
        "content.",
        summary="imsmanifest.xml is in a folder, not at the top of the zip.",
        effects={
            **dict.fromkeys(
                ("moodle", "totara", "docebo", "talentlms", "scormhost"), "the upload is refused"
            ),
            "wagtail-lms": "nothing is found to launch",
            "ilias": "older versions find no course in it",
            "strict": "the manifest is not where the standard requires it",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#upload",
        wrong="My course/imsmanifest.xml",
        right="imsmanifest.xml",
        judge_manifest=_manifest_in_folder,
    ),
    Rule(
        "manifest-name",
        ERROR,
        "The manifest is called “{name}”; the name must be “imsmanifest.xml”, in small letters.",
        "Rename it, or export again.",
        "Most LMSs run on Linux, where names with other capitals are other names.",
        summary="The manifest is not called “imsmanifest.xml”, in small letters.",
        effects={
            **dict.fromkeys(("moodle", "totara", "openedx", "scormhost"), "the upload is refused"),
            "wagtail-lms": "nothing is found to launch",
            "strict": "there is no manifest with the name that the standard requires",
        },
        cost=Cost.ACCESS,
        source="facts/scorm-1.2.md#manifest",
        wrong="IMSManifest.xml",
        right="imsmanifest.xml",
        judge_manifest=_manifest_name,
    ),
    Rule(
        "manifest-malformed",
        ERROR,
        "The manifest cannot be read: {problem}.",
        "Correct the named line: write “&amp;” for a “&” in a title, and close each “<” with a "
        "“>”. Then export again.",
        "An XML reader stops at the first mistake. The most common one is a plain “&” in a title.",
        summary="The manifest cannot be read: it is not valid XML.",
        effects={ANYWHERE: "the upload is refused, or there is nothing to launch"},
        cost=Cost.ACCESS,
        source="facts/scorm-1.2.md#manifest",
        wrong="<title>Health & safety</title>",
        right="<title>Health &amp; safety</title>",
        judge_manifest=_manifest_malformed,
    ),
    Rule(
        "manifest-encoding",
        ERROR,
        "The manifest declares the encoding {declared}, but does not use it: {problem}.",
        "Save it again as UTF-8 in an editor that lets you choose the encoding, or export again.",
        "The first line of the manifest names its encoding; the default is UTF-8. Bytes in another "
        "encoding make the file unreadable, or letters with accents wrong.",
        summary="The manifest has another encoding than it declares.",
        effects={ANYWHERE: "the upload is refused, or titles are shown with wrong letters"},
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong='<?xml version="1.0" encoding="UTF-8"?> saved as Windows-1252',
        right='<?xml version="1.0" encoding="UTF-8"?> saved as UTF-8',
        judge_manifest=_manifest_encoding,
    ),
    Rule(
        "manifest-doctype",
        WARNING,
        "The manifest has a DOCTYPE.",
        "Delete the line that begins with <!DOCTYPE; a manifest needs none.",
        "A DOCTYPE can declare entities, which can include other files from the server. Careful "
        "importers refuse every DOCTYPE.",
        effects={ANYWHERE: "an LMS that protects itself against entities refuses the upload"},
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong="<!DOCTYPE manifest>",
        right="<manifest …>",
        judge_manifest=_manifest_doctype,
    ),
    Rule(
        "manifest-version",
        WARNING,
        "The manifest has {what}; SCORM 1.2 requires “1.2”.",
        "Write <schema>ADL SCORM</schema><schemaversion>1.2</schemaversion> at the beginning of "
        "the manifest, in its metadata.",
        "This value tells an LMS which standard a package follows. For values other than “1.2” and "
        "those of SCORM 2004, each LMS guesses.",
        summary="The manifest has a version other than “1.2”.",
        effects={
            **in_moodle("it is treated as SCORM 1.2"),
            "openedx": "it is treated as SCORM 2004, so a SCORM 1.2 course finds no LMS",
            "strict": "the package names no version of SCORM",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong="<schemaversion>1.2.0</schemaversion>",
        right="<schemaversion>1.2</schemaversion>",
        kinds=SCORM_12,
        judge_manifest=_manifest_version,
    ),
    Rule(
        "manifest-mixed",
        WARNING,
        "The manifest says “{version}” but is built as SCORM {built}: it has the namespace "
        "{namespace}.",
        "Export the package again: choose either SCORM 1.2 or SCORM 2004.",
        "The two versions have different namespaces, and their courses look for different objects "
        "of the LMS. Most LMSs offer the object of the version in schemaversion. A package that "
        "mixes the versions opens, but nothing is recorded.",
        summary="The manifest says one version of SCORM but is built as the other.",
        effects={
            ANYWHERE: "the LMS offers the API of SCORM 1.2, but the course may look for that of "
            "SCORM 2004",
            **dict.fromkeys(
                sorted(OFFER_2004_API),
                "it offers the API of SCORM 2004, but the course may look for that of SCORM 1.2",
            ),
            "strict": "the version contradicts the elements of the manifest",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong='<schemaversion>1.2</schemaversion> with xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"',
        right="<schemaversion>1.2</schemaversion> with "
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
        judge_manifest=_manifest_mixed,
    ),
    Rule(
        "manifest-prefix",
        ERROR,
        "The manifest writes “{name}”; some LMSs recognize this element only without a prefix.",
        'Make {namespace} the default namespace (xmlns="{namespace}"), and delete the prefix from '
        "its elements.",
        "In XML, any prefix is allowed. But several LMSs look for the names as they are usually "
        "written.",
        summary="The manifest uses a prefix where some LMSs do not recognize one.",
        effects={
            **in_moodle("no SCO is found"),
            "openedx": "the package is launched as index.html, whatever the manifest says",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong='<ims:manifest xmlns:ims="http://www.imsproject.org/xsd/imscp_rootv1p1p2">',
        right='<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2">',
        judge_manifest=_manifest_prefix,
    ),
    Rule(
        "manifest-namespace",
        WARNING,
        "The manifest does not name the namespace of SCORM 1.2: its elements belong to "
        "{namespace}.",
        'Write xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" into the manifest element, '
        "instead of the present xmlns.",
        "LMSs that check namespaces find nothing in a manifest with another namespace.",
        summary="The manifest does not name the namespace of SCORM 1.2.",
        effects={
            "wagtail-lms": "nothing is found to launch",
            "strict": "the manifest follows no schema",
        },
        source="facts/packages.md#manifest",
        wrong='<manifest identifier="M">',
        right='<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="M">',
        kinds=SCORM_12,
        judge_manifest=_manifest_namespace,
    ),
    Rule(
        "adlcp-prefix",
        ERROR,
        "The manifest writes {prefix} in front of scormtype; Moodle recognizes only “adlcp:”.",
        'Write xmlns:adlcp="{namespace}" in the manifest element, and adlcp: in front of '
        "scormtype, masteryscore and the others.",
        "In XML, any prefix is allowed, but Moodle looks for these letters.",
        summary="The manifest writes a prefix other than “adlcp:” in front of scormtype.",
        effects={
            **in_moodle(
                "the SCO is treated as an asset: it opens, counts as completed at once, and "
                "nothing is recorded"
            ),
        },
        cost=Cost.RESULT,
        source="facts/moodle.md#manifest",
        wrong='<resource adl:scormtype="sco" …>',
        right='<resource adlcp:scormtype="sco" …>',
        judge_manifest=_adlcp_prefix,
    ),
    Rule(
        "manifest-base",
        WARNING,
        "The manifest uses xml:base (“{base}”).",
        "Write the whole path into each href, and delete xml:base.",
        "xml:base puts a folder in front of addresses. Several LMSs ignore it, or apply it only to "
        "some elements.",
        summary="The manifest uses xml:base.",
        effects={
            **in_moodle("it applies only to a resource: in other places the course is not found"),
            "openedx": "the course is not found",
            "wagtail-lms": "the course is not found",
            "scormhost": "the course is not found",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong='<resource xml:base="content/" href="index.html">',
        right='<resource href="content/index.html">',
        judge_manifest=_manifest_base,
    ),
)
