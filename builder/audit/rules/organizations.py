"""Audit rules about organizations and items, from which trainees choose: their resources, titles
and identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from builder.audit.findings import ANYWHERE, Cost
from builder.audit.manifest import Manifest, local, own_title, scorm_type, title_of
from builder.audit.rules.rule import ERROR, WARNING, Fault, Rule, in_moodle
from builder.audit.systems import SYSTEMS


def _organization_missing(manifest: Manifest) -> Iterator[Fault]:
    if manifest.root is None:
        return
    items = [one for one in manifest.all("item") if _has_organization(one)]
    if not items:
        yield Fault(manifest.at(next(manifest.all("organizations"), None)))


def _has_organization(item: etree._Element) -> bool:
    """Whether an item is inside an organization."""
    return any(local(above.tag) == "organization" for above in item.iterancestors())


def _organization_default(manifest: Manifest) -> Iterator[Fault]:
    known = [one.get("identifier", "") for one in manifest.all("organization")]
    for element in manifest.all("organizations"):
        default = element.get("default")
        if known and default not in known:
            problem = "there is no default" if default is None else f"there is no “{default}”"
            yield Fault(manifest.at(element), {"problem": problem, "known": known[0]})


def _organizations_many(manifest: Manifest) -> Iterator[Fault]:
    organizations = list(manifest.all("organization"))
    if len(organizations) > 1:
        yield Fault(manifest.at(organizations[1]), {"count": len(organizations)})


def _scos_many(manifest: Manifest) -> Iterator[Fault]:
    opened = [one for one in manifest.launches if scorm_type(one.resource).lower() == "sco"]
    if len(opened) > 1:
        place = opened[1].item if opened[1].item is not None else opened[1].resource
        yield Fault(manifest.at(place), {"count": len(opened)})


def _item_resource(manifest: Manifest) -> Iterator[Fault]:
    for item in manifest.all("item"):
        reference = item.get("identifierref")
        if reference is not None and reference not in manifest.resources:
            words = {
                "title": title_of(item),
                "reference": reference,
                "known": ", ".join(list(manifest.resources)[:3]) or "there is none",
            }
            yield Fault(manifest.at(item), words)


_LAUNCH_FIRST_RESOURCE = frozenset(("openedx", "wagtail-lms", "scormhost"))
"""LMSs that launch the first resource and ignore the items."""


def _item_empty(manifest: Manifest) -> Iterator[Fault]:
    for item in manifest.all("item"):
        inner = any(local(child.tag) == "item" for child in item.iterchildren(etree.Element))
        if item.get("identifierref") is None and not inner:
            yield Fault(manifest.at(item), {"title": title_of(item)})


def _item_hidden(manifest: Manifest) -> Iterator[Fault]:
    # LMSs show the navigation only if there is more than one item.
    if len(manifest.launches) < 2:
        return
    for item in manifest.all("item"):
        if item.get("isvisible") is None:
            yield Fault(manifest.at(item), {"title": title_of(item)})


def _title_missing(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("organization", "item"):
        if not own_title(element):
            words = {"what": local(element.tag), "identifier": element.get("identifier", "")}
            yield Fault(manifest.at(element), words)


_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


def _identifier_odd(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("manifest", "organization", "item", "resource"):
        identifier = element.get("identifier")
        if identifier is None or not _XML_NAME.fullmatch(identifier):
            problem = _identifier_problem(identifier or "")
            words = {"identifier": identifier or "", "problem": problem}
            yield Fault(manifest.at(element), words)
    yield from _periods_in_prerequisites(manifest)


def _periods_in_prerequisites(manifest: Manifest) -> Iterator[Fault]:
    """Report items with a period in their identifier: in prerequisites a period is an operator, so
    prerequisites cannot name the item."""
    if next(manifest.all("prerequisites"), None) is None:
        return
    for element in manifest.all("item"):
        identifier = element.get("identifier", "")
        if "." in identifier:
            problem = "a period, so prerequisites cannot name it"
            words = {"identifier": identifier, "problem": problem}
            yield Fault(manifest.at(element), words)


def _identifier_problem(identifier: str) -> str:
    if not identifier:
        return "no characters at all"
    if re.search(r"\s", identifier):
        return "a space"
    if re.fullmatch(r"[0-9.-].*", identifier):
        return "a first character that is not a letter"
    return "accents or special characters"


_COMPARED = 15
"""Number of characters at the start of an identifier by which SuccessFactors identifies a
package."""
_COMMON_IDENTIFIERS = frozenset(
    one[:_COMPARED].lower()
    for one in (
        *("com.scorm.manifesttemplates.scorm12", "adapt_manifest", "manifest", "manifest1"),
        *("singlesharableresource", "imsmanifest", "scorm", "course", "com.example.course"),
    )
)
"""Identifiers in examples, templates and tools that authors often leave unchanged. They are in
lower case and cut to ``_COMPARED`` characters."""


def _identifier_common(manifest: Manifest) -> Iterator[Fault]:
    if manifest.root is None:
        return
    identifier = manifest.root.get("identifier", "")
    if identifier[:_COMPARED].lower() in _COMMON_IDENTIFIERS:
        yield Fault(manifest.at(manifest.root), {"identifier": identifier})


def _identifier_duplicate(manifest: Manifest) -> Iterator[Fault]:
    for kind in ("organization", "item", "resource"):
        seen: set[str] = set()
        for element in manifest.all(kind):
            identifier = element.get("identifier", "")
            if identifier and identifier in seen:
                yield Fault(manifest.at(element), {"identifier": identifier})
            seen.add(identifier)


RULES = (
    Rule(
        "organization-missing",
        WARNING,
        "The manifest has no organization with an item.",
        "Add an organization with a title and an item that opens the course.",
        "The organization is the list of things that trainees can open. Without it, an LMS only "
        "has files.",
        effects={
            **in_moodle("each resource is listed with its identifier instead of a title"),
            "rustici": "there is nothing to launch",
            "strict": "a course without an organization cannot be launched",
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong="<organizations/>",
        right='<organizations default="O"><organization identifier="O">…',
        judge_manifest=_organization_missing,
    ),
    Rule(
        "organization-default",
        WARNING,
        "The manifest does not say which organization to open: {problem}.",
        'Write default="{known}" into the organizations element.',
        "Schemas cannot check that the default organization exists.",
        summary="The manifest does not say which organization to open.",
        effects={
            "strict": "the standard does not say which one opens",
            "rustici": "the import log warns, and the first organization is opened",
        },
        source="facts/packages.md#manifest",
        wrong='<organizations default="X"><organization identifier="O">',
        right='<organizations default="O"><organization identifier="O">',
        judge_manifest=_organization_default,
    ),
    Rule(
        "organizations-many",
        WARNING,
        "The manifest has {count} organizations; LMSs differ in which one they show.",
        "Keep one, or make a separate package for each.",
        "Organizations are different ways through the same files. LMSs do not let trainees choose "
        "one.",
        summary="The manifest has several organizations; LMSs differ in which one they show.",
        effects={
            "scormhost": "the first one is shown, whatever the default",
            "wagtail-lms": "the first resource is launched, whatever the organizations say",
            "openedx": "all of them are listed, with one result for all",
        },
        source="facts/interoperability.md",
        wrong='<organization identifier="A">…<organization identifier="B">',
        right='<organization identifier="A">',
        judge_manifest=_organizations_many,
    ),
    Rule(
        "scos-many",
        WARNING,
        "The package has {count} items to launch.",
        "If your LMS is named here, export the course as one SCO with its own table of contents.",
        "A SCORM package can have many SCOs, each with its own result. Not every LMS lists them.",
        summary="The package has several items to launch.",
        effects={
            "tovuti": "the package is refused: only one SCO is allowed",
            "openedx": "only the first one opens automatically, and there is one result for all",
            "wagtail-lms": "only the first one is launched",
        },
        source="facts/interoperability.md",
        wrong='<item identifierref="R1">…<item identifierref="R2">',
        right='<item identifierref="R1">',
        judge_manifest=_scos_many,
    ),
    Rule(
        "item-resource",
        ERROR,
        "The item “{title}” names the resource “{reference}”, which is not in the manifest.",
        "Write the identifier of a resource of this manifest into identifierref: {known}.",
        "Schemas cannot check that the resource of an item exists.",
        summary="An item names a resource that is not in the manifest.",
        advice="Write the identifier of a resource of this manifest into identifierref.",
        effects=dict.fromkeys(
            (system for system in SYSTEMS if system not in _LAUNCH_FIRST_RESOURCE),
            "if trainees choose this part, nothing opens",
        ),
        cost=Cost.ACCESS,
        source="facts/packages.md#manifest",
        wrong='<item identifier="I" identifierref="R9">',
        right='<item identifier="I" identifierref="R">',
        judge_manifest=_item_resource,
    ),
    Rule(
        "item-empty",
        WARNING,
        "The item “{title}” opens nothing and has no items in it.",
        "Give it an identifierref, or delete it.",
        "An item is either a heading with items in it, or something to open.",
        summary="An item opens nothing and has no items in it.",
        effects={
            ANYWHERE: "trainees see an entry that does nothing, and in some LMSs it can never be "
            "completed"
        },
        cost=Cost.CONTENT,
        source="facts/scorm-1.2.md#manifest",
        wrong='<item identifier="I"><title>Part</title></item>',
        right='<item identifier="I" identifierref="R"><title>Part</title></item>',
        judge_manifest=_item_empty,
    ),
    Rule(
        "item-hidden",
        WARNING,
        'The item “{title}” does not say isvisible="true".',
        'Write isvisible="true" into each item that trainees should see.',
        "In the standard, an item is visible by default; not every LMS follows that.",
        summary="An item does not say that it is visible.",
        effects={"openedx": "it is left out of the navigation"},
        source="facts/learning-systems.md#open-edx",
        wrong='<item identifier="I" identifierref="R">',
        right='<item identifier="I" identifierref="R" isvisible="true">',
        judge_manifest=_item_hidden,
    ),
    Rule(
        "title-missing",
        WARNING,
        "The {what} “{identifier}” has no title.",
        "Write a <title> as its first element: trainees see it in the list.",
        "The schema requires a title in each organization and item, and LMSs show it.",
        summary="An organization or an item has no title.",
        effects={
            "openedx": "the upload fails",
            ANYWHERE: "trainees see an empty line or an identifier",
        },
        source="facts/scorm-1.2.md#manifest",
        wrong='<item identifier="I" identifierref="R"></item>',
        right='<item identifier="I" identifierref="R"><title>Part</title></item>',
        judge_manifest=_title_missing,
    ),
    Rule(
        "identifier-odd",
        WARNING,
        "The identifier “{identifier}” has {problem}.",
        "Use only letters, digits, “-” and “_”, starting with a letter. Change it before trainees "
        "start: Moodle deletes the results recorded under the old identifier.",
        "An identifier is an XML name. LMSs put it into addresses, files and scripts.",
        summary="An identifier has characters that are not safe everywhere.",
        effects={"strict": "it is not a valid identifier, or prerequisites cannot name it"},
        source="facts/scorm-1.2.md#identifiers",
        wrong='<item identifier="Part 1">',
        right='<item identifier="Part-1">',
        judge_manifest=_identifier_odd,
    ),
    Rule(
        "identifier-common",
        WARNING,
        "Many other packages have the manifest’s identifier, “{identifier}”.",
        "Before the first upload, give the package its own identifier, whose first 15 characters "
        "differ from those of your other packages.",
        "Examples and templates have an identifier that authors should change. An LMS that "
        "distinguishes packages by it treats two packages as one.",
        summary="Many other packages have the manifest’s identifier.",
        effects={
            "successfactors": (
                "it makes its own identifiers from the first 15 characters, so another package may "
                "get the same one"
            )
        },
        source="facts/scorm-1.2.md#identifiers",
        wrong='<manifest identifier="com.scorm.manifesttemplates.scorm12" …>',
        right='<manifest identifier="fire-safety-2026" …>',
        judge_manifest=_identifier_common,
    ),
    Rule(
        "identifier-duplicate",
        ERROR,
        "The identifier “{identifier}” is used twice.",
        "Give each its own identifier. Change the one that no trainee has started yet.",
        "LMSs save results by identifier. They treat two items with the same identifier as one.",
        summary="Two things have the same identifier.",
        effects={ANYWHERE: "one of the two is lost, or both share one result"},
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#identifiers",
        wrong='<item identifier="I">…<item identifier="I">',
        right='<item identifier="I">…<item identifier="I2">',
        judge_manifest=_identifier_duplicate,
    ),
)
