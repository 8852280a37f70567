"""Audit rules about the manifest's resources: SCOs, dependencies, mastery score, and schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.findings import ANYWHERE, Cost
from builder.audit.manifest import Manifest, local, scorm_type
from builder.audit.package import Package
from builder.audit.rules.rule import ERROR, SCORM_12, WARNING, Fault, Rule, in_moodle
from builder.diagnostics.diagnostic import Position


def _resource_type(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("resource"):
        kind = element.get("type", "")
        if kind != "webcontent":
            words = {"identifier": element.get("identifier", ""), "type": kind}
            yield Fault(manifest.at(element), words)


def _sco_missing(manifest: Manifest) -> Iterator[Fault]:
    if manifest.scos or not manifest.launches:
        return
    resource = manifest.launches[0].resource
    kind = scorm_type(resource)
    why = f": “{resource.get('identifier')}” is called “{kind}”" if kind else ""
    yield Fault(manifest.at(resource), {"why": why})


def _sco_word(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("resource"):
        for key, value in element.items():
            name = local(key)
            if name.lower() != "scormtype" or value.strip().lower() not in ("sco", "asset"):
                continue
            if name != "scormtype" or value not in ("sco", "asset"):
                yield Fault(manifest.at(element), {"written": f'{name}="{value}"'})


def _resource_order(manifest: Manifest) -> Iterator[Fault]:
    if not manifest.launches:
        return
    first = next((one for one in manifest.all("resource") if one.get("href")), None)
    launched = manifest.launches[0]
    if first is not None and first is not launched.resource:
        words = {"first": first.get("href", ""), "launched": launched.href}
        yield Fault(manifest.at(first), words)


def _dependency_missing(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("dependency"):
        reference = element.get("identifierref", "")
        if reference not in manifest.resources:
            yield Fault(manifest.at(element), {"reference": reference})


_SCORE = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_IGNORE_ZERO = frozenset(("moodle", "totara"))
_EVERYWHERE = frozenset((ANYWHERE,))


def _mastery_score(manifest: Manifest) -> Iterator[Fault]:
    for element in manifest.all("masteryscore"):
        score = (element.text or "").strip()
        place = manifest.at(element)
        if score and not _SCORE.fullmatch(score):
            yield Fault(
                place, {"score": score, "problem": "this is not a number"}, only=_EVERYWHERE
            )
        elif score and float(score) > 100:
            yield Fault(place, {"score": score, "problem": "scores end at 100"}, only=_EVERYWHERE)
        elif score and float(score) == 0:
            words = {"score": score, "problem": "everybody passes, and Moodle ignores it"}
            yield Fault(place, words, only=_IGNORE_ZERO)


_CONTROL_DOCUMENTS = (
    *("adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd"),
)


def _control_documents(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    missing = [one for one in _CONTROL_DOCUMENTS if f"{manifest.folder}{one}" not in package.files]
    if missing:
        yield Fault(Position(manifest.path), {"missing": ", ".join(missing)}, tuple(missing))


def _manifest_schema(manifest: Manifest) -> Iterator[Fault]:
    if manifest.root is None:
        return
    schema = manifest.text_of("schema")
    if schema != "ADL SCORM":
        place = manifest.at(next(manifest.all("schema"), None))
        yield Fault(place, {"schema": schema or "nothing"})


RULES = (
    Rule(
        "resource-type",
        WARNING,
        "The type of the resource “{identifier}” is “{type}”, not “webcontent”.",
        'Write type="webcontent".',
        "SCORM 1.2 has only this type.",
        summary="The type of a resource is not “webcontent”.",
        effects={
            "wagtail-lms": "nothing is found to launch",
            "strict": "the type is not one of SCORM 1.2",
        },
        cost=Cost.RESULT,
        source="facts/packages.md#manifest",
        wrong='<resource type="text/html" …>',
        right='<resource type="webcontent" …>',
        kinds=SCORM_12,
        judge_manifest=_resource_type,
    ),
    Rule(
        "sco-missing",
        ERROR,
        "No launched resource is a SCO{why}.",
        'Write adlcp:scormtype="sco" in the resource that calls the LMS.',
        "A resource is a SCO, which reports to the LMS, or an asset, which is only shown.",
        summary="No launched resource is a SCO.",
        effects={
            **in_moodle(
                "it is an asset: opened once, it counts as completed, and nothing is recorded"
            ),
            "strict": "an asset is only shown: nothing is recorded",
        },
        cost=Cost.RESULT,
        source="facts/moodle.md#manifest",
        wrong='<resource identifier="R" type="webcontent" href="index.html">',
        right='<resource identifier="R" type="webcontent" href="index.html" adlcp:scormtype="sco">',
        judge_manifest=_sco_missing,
    ),
    Rule(
        "sco-word",
        WARNING,
        'The manifest writes {written}; SCORM 1.2 writes adlcp:scormtype="sco".',
        'Write adlcp:scormtype="sco", all in small letters.',
        "XML distinguishes capital and small letters. The attribute with a capital T belongs to "
        "SCORM 2004.",
        summary="The manifest writes “sco” or its attribute differently from SCORM 1.2.",
        effects={"strict": "the resource is not a SCO, so the LMS may record nothing"},
        source="facts/scorm-1.2.md#manifest",
        wrong='<resource adlcp:scormType="SCO" …>',
        right='<resource adlcp:scormtype="sco" …>',
        kinds=SCORM_12,
        judge_manifest=_sco_word,
    ),
    Rule(
        "resource-order",
        WARNING,
        "The first resource of the manifest, “{first}”, is not the one that is launched, "
        "“{launched}”.",
        "Put the launched resource before all others.",
        "Some LMSs launch the first resource with an address, whatever the items say.",
        summary="The first resource of the manifest is not the one that is launched.",
        effects={
            "openedx": "the first resource is opened instead",
            "wagtail-lms": "the first resource is opened instead",
        },
        source="facts/learning-systems.md#open-edx",
        wrong='<resource identifier="A" href="logo.png" …>'
        '<resource identifier="R" href="index.html" …>',
        right='<resource identifier="R" href="index.html" …>'
        '<resource identifier="A" href="logo.png" …>',
        judge_manifest=_resource_order,
    ),
    Rule(
        "dependency-missing",
        WARNING,
        "A resource depends on “{reference}”, which is not in the manifest.",
        "Delete the dependency, or add the resource.",
        "Schemas cannot check that a dependency exists.",
        summary="A resource depends on a resource that is not in the manifest.",
        effects={
            "strict": "the manifest is inconsistent",
            "rustici": "the import log warns",
        },
        source="facts/packages.md#manifest",
        wrong='<dependency identifierref="R9"/>',
        right='<dependency identifierref="R2"/>',
        judge_manifest=_dependency_missing,
    ),
    Rule(
        "mastery-score",
        WARNING,
        "The mastery score is “{score}”: {problem}.",
        "Write a number from 0 to 100, or delete the element to use the course’s own result.",
        "With the mastery score, an LMS itself decides who has passed. The schema accepts any "
        "text.",
        summary="The mastery score is not a valid mark.",
        effects={
            ANYWHERE: "LMSs read such a value in different ways, so different people pass",
            **in_moodle("“0” counts as no mark"),
        },
        cost=Cost.RESULT,
        source="facts/scorm-1.2.md#manifest",
        wrong="<adlcp:masteryscore>80%</adlcp:masteryscore>",
        right="<adlcp:masteryscore>80</adlcp:masteryscore>",
        kinds=SCORM_12,
        judge_manifest=_mastery_score,
    ),
    Rule(
        "control-documents",
        WARNING,
        "The package lacks its control documents: {missing}.",
        "Nothing, for Moodle and the other LMSs named here. If a client requires conformance, add "
        "the four files at the top of the zip.",
        "SCORM 1.2 requires the four schemas of the manifest in each package. No LMS is known to "
        "refuse a package without them.",
        summary="The package lacks its control documents.",
        effects={"strict": "the package does not conform (ADLCP-PIF1)"},
        source="facts/scorm-1.2.md#files",
        wrong="imsmanifest.xml",
        right="imsmanifest.xml\n"
        "adlcp_rootv1p2.xsd\n"
        "ims_xml.xsd\n"
        "imscp_rootv1p1p2.xsd\n"
        "imsmd_rootv1p2p1.xsd",
        kinds=SCORM_12,
        judge_package=_control_documents,
    ),
    Rule(
        "manifest-schema",
        WARNING,
        "The manifest calls its schema “{schema}”, not “ADL SCORM”.",
        "Write <schema>ADL SCORM</schema> into the metadata of the manifest.",
        "The standard fixes this value. LMSs read the version instead.",
        summary="The manifest does not call its schema “ADL SCORM”.",
        effects={"strict": "the package does not name the schema of SCORM"},
        source="facts/scorm-1.2.md#manifest",
        wrong="<schema>IMS Content</schema>",
        right="<schema>ADL SCORM</schema>",
        judge_manifest=_manifest_schema,
    ),
)
