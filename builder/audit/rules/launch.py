"""Audit rules about what an LMS launches, and whether the course uses the SCORM API."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from builder.audit.detection import declared_kind, kind_of
from builder.audit.findings import ANYWHERE, Cost, Kind
from builder.audit.manifest import Manifest, scorm_type
from builder.audit.markup import is_outside, missing, references
from builder.audit.package import Package, Text
from builder.audit.rules.rule import ERROR, OFFER_2004_API, WARNING, Fault, Rule, some
from builder.audit.systems import SYSTEMS
from builder.audit.texts import (
    absent_content,
    byte_position,
    leads_to_api,
    mentions_api,
    mentions_api_12,
    reached_from,
    reached_texts,
)


def _launch_missing(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for launch in manifest.launches:
        path = launch.path
        if path is None or path in package.files or path.lower() in package.by_lower_name:
            continue
        what = f"launches “{path}”, which is not in the package"
        yield Fault(manifest.at(launch.resource), {"what": what})
    for resource in _resources_without_file(manifest):
        what = f"launches no file for “{resource.get('identifier', '')}”, which has no href"
        yield Fault(manifest.at(resource), {"what": what})


def _resources_without_file(manifest: Manifest) -> Iterator[etree._Element]:
    """Resources without an address that an LMS would launch: resources that items name, or SCOs if
    no item names a resource."""
    named = {item.get("identifierref") for item in manifest.all("item")}
    for name, resource in manifest.resources.items():
        is_sco = scorm_type(resource).lower() == "sco"
        if (name in named or (is_sco and not named)) and not resource.get("href", "").strip():
            yield resource


def _launch_empty(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not package.is_whole:
        return
    for path in dict.fromkeys(one.path for one in manifest.launches):
        page = package.texts.get(path or "")
        if page is not None and page.is_page and (absent := absent_content(package, page)):
            address, offset = absent[0]
            words = {"launched": page.name, "path": address}
            yield Fault(byte_position(page, offset), words, some(one for one, _ in absent))


def _launch_outside(manifest: Manifest) -> Iterator[Fault]:
    for launch in manifest.launches:
        if manifest.is_outside(launch.href):
            yield Fault(manifest.at(launch.resource), {"href": launch.href})


def _launch_parameters(manifest: Manifest) -> Iterator[Fault]:
    for launch in manifest.launches:
        own = "" if launch.item is None else launch.item.get("parameters", "").strip()
        written = own or launch.href.partition("?")[2]
        if written and not manifest.is_outside(launch.href):
            place = launch.item if own else launch.resource
            yield Fault(manifest.at(place), {"parameters": written})


def _launch_page(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    launched = [one.path for one in manifest.launches if one.path in package.texts]
    if not launched or len(launched) > 1:
        return
    path = str(launched[0])
    if leads_to_api(package, path):
        return
    reached = frozenset(reached_from(package, path))
    for page in package.pages():
        if page.name not in reached and leads_to_api(package, page.name):
            words = {"launched": path, "other": page.name}
            yield Fault(manifest.at(manifest.launches[0].resource), words)
            return


def _api_absent(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    if any(manifest.is_outside(one.href) for one in manifest.launches):
        return
    if any(one.path and one.path not in package.files for one in manifest.launches):
        return
    if any(_launch_empty(package)):
        return
    if any(mentions_api(text) for text in package.programs()):
        return
    reached = reached_texts(package)
    if not any(
        _loads_outside_script(package, page) for page in package.pages() if page.name in reached
    ):
        yield Fault(manifest.at(manifest.scos[0]))


def _loads_outside_script(package: Package, page: Text) -> bool:
    """Whether a page loads a script that is not in the package and may call the API: a missing
    file, or a file of another site with “scorm” in its address."""
    scripts = [one for one in references(page) if one.tag == "script"]
    return any(
        is_outside(one.address) and _SCORM_IN_ADDRESS.search(one.address) for one in scripts
    ) or any(one.tag == "script" for one in missing(package, page))


_SCORM_IN_ADDRESS = re.compile("scorm", re.IGNORECASE)


def _api_2004(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    programs = list(package.programs())
    older = next(filter(mentions_api_12, programs), None)
    newer = next((text for text in programs if b"API_1484_11" in text.content), None)
    # What an LMS offers depends on the version that the manifest names.
    says_2004 = (declared_kind(manifest) or kind_of(package)[0]) is Kind.SCORM_2004
    if newer is not None and older is None and not says_2004:
        at = byte_position(newer, newer.content.find(b"API_1484_11"))
        yield Fault(at, {"name": newer.name, "declared": "1.2", "sought": "2004"})
    elif older is not None and newer is None and says_2004 and b"1484" not in older.content:
        at = byte_position(older, max(0, older.content.find(b"LMSInitialize")))
        words = {"name": older.name, "declared": "2004", "sought": "1.2"}
        yield Fault(at, words, only=OFFER_2004_API)


_OFFER_BOTH_APIS = frozenset(("wagtail-lms",))
"""LMSs that offer both APIs for every package."""


RULES = (
    Rule(
        "launch-missing",
        ERROR,
        "The manifest {what}.",
        "Export again. If the package was made by hand, write the path of the start page into the "
        "href of the resource.",
        "This is the file that an LMS opens first.",
        summary="The manifest launches a file that is not in the package, or no file.",
        effects={ANYWHERE: "trainees see an error page instead of the course"},
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong='<resource href="start.html" …>, without start.html',
        right='<resource href="index.html" …>, with index.html',
        judge_package=_launch_missing,
    ),
    Rule(
        "launch-empty",
        ERROR,
        "The launched page, “{launched}”, only opens “{path}”, which is not in the package.",
        "Export again, and upload the zip as the tool has made it. If the package was made by "
        "hand, put the content where the launched page looks for it.",
        "Tools often write a page that connects to the LMS and then opens the course itself, which "
        "is in another folder.",
        summary="The launched page only opens another page, which is not in the package.",
        effects={ANYWHERE: "trainees see an error or an empty page instead of the course"},
        cost=Cost.ACCESS,
        source="facts/packages.md#pages",
        wrong='strContentLocation = "../scormcontent/index.html", without that file',
        right='strContentLocation = "../scormcontent/index.html", with that file',
        judge_package=_launch_empty,
    ),
    Rule(
        "launch-outside",
        ERROR,
        "The manifest launches “{href}”, which is on another site.",
        "Put the course itself into the package. If it must stay on the other site, ask whether "
        "your LMS can launch it by LTI or as a link.",
        "Browsers do not let a page of another site access the LMS’s window.",
        summary="The manifest launches a page of another site.",
        effects={
            ANYWHERE: (
                "the course opens, but nothing can be recorded: the browser blocks its access to "
                "the LMS"
            )
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#pages",
        wrong='<resource href="https://example.org/course/" …>',
        right='<resource href="index.html" …>',
        judge_manifest=_launch_outside,
    ),
    Rule(
        "launch-parameters",
        WARNING,
        "The course is launched with parameters, “{parameters}”.",
        "Move them into the course itself: into a file of settings, or into the launched page.",
        "A SCORM item can have parameters, which an LMS adds to the address. Several LMSs drop "
        "them, and some add their own.",
        summary="The course is launched with parameters.",
        effects={ANYWHERE: "an LMS that drops them opens the course without its settings"},
        source="facts/scorm-1.2.md#files",
        wrong='<item identifierref="R" parameters="?lang=de">',
        right='<item identifierref="R">',
        judge_manifest=_launch_parameters,
    ),
    Rule(
        "launch-page",
        WARNING,
        "The manifest launches “{launched}”, which never calls the LMS; “{other}” does.",
        "Make the manifest launch “{other}”: write it into the href of the resource and of its "
        "file element.",
        "Tools often write two pages: one for the web, and one for an LMS, which includes the "
        "first.",
        summary="The launched page never calls the LMS, but another page does.",
        effects={ANYWHERE: "the course opens and looks right, but nothing is recorded"},
        cost=Cost.RESULT,
        source="facts/packages.md#pages",
        wrong='<resource href="index.html" …>, where index_lms.html calls the LMS',
        right='<resource href="index_lms.html" …>',
        judge_package=_launch_page,
    ),
    Rule(
        "api-absent",
        WARNING,
        "No page or script in the package calls the functions of SCORM.",
        "If results should be recorded, export again and choose SCORM 1.2, not “web” or “HTML”.",
        "A course calls LMSInitialize, LMSSetValue and LMSFinish, functions that an LMS provides "
        "in the browser. A package without these names is just a web site with a manifest.",
        effects={
            ANYWHERE: "the course opens, but nothing is recorded: it never completes",
            "openedx": "it warns on upload that no file mentions the status",
        },
        cost=Cost.RESULT,
        source="facts/packages.md#pages",
        wrong="index.html, which only shows pages",
        right="index.html, which calls LMSInitialize",
        judge_package=_api_absent,
    ),
    Rule(
        "api-2004",
        ERROR,
        "The manifest says SCORM {declared}, but the course looks only for the API of SCORM "
        "{sought}, in “{name}”.",
        "Export again as SCORM 1.2, so that the manifest and the scripts have the same version. If "
        "the package was made by hand, write the version of the scripts into schemaversion.",
        "SCORM 1.2 has the object API with LMSInitialize; SCORM 2004 has API_1484_11 with "
        "Initialize. An LMS offers the object of the version in the manifest.",
        summary="The manifest says one version of SCORM, but the course looks for the API of the "
        "other.",
        effects=dict.fromkeys(
            (system for system in SYSTEMS if system not in _OFFER_BOTH_APIS),
            "the course finds no LMS, so nothing is recorded",
        ),
        cost=Cost.RESULT,
        source="facts/packages.md#pages",
        wrong='API_1484_11.Initialize("")',
        right='API.LMSInitialize("")',
        judge_package=_api_2004,
    ),
)
