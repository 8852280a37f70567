"""The formats of audit reports by name, and the formats for programs: JSON
(docs/audit.schema.json), SARIF 2.1.0, which code hosts show beside a change, and JUnit XML for CI
systems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from builder import __version__
from builder.audit import ANYWHERE, SYSTEMS, Audited, Effect, Facts, Finding
from builder.audit.rules import CATALOGUE
from builder.base.printing import escape_controls, json_text
from builder.cli.report import comparison
from builder.cli.report.audit_page import as_page
from builder.cli.report.audit_text import effects_by_lms, text
from builder.diagnostics.diagnostic import Severity


def as_json(audited: Audited) -> str:
    """Format an audit as JSON, with the findings in the order of the text report."""
    return json_text(
        {
            "format": 2,
            "builder": __version__,
            "package": _facts(audited.facts),
            "verdicts": [
                {"lms": lms, "name": SYSTEMS[lms].name, "verdict": verdict.value}
                for lms, verdict in audited.verdicts.items()
            ],
            "findings": [_finding(one) for one in audited.findings],
            "elsewhere": audited.elsewhere,
            "not_reached": [*audited.not_reached],
            "comparison": comparison.data(audited.comparison) if audited.comparison else None,
        }
    )


def _facts(facts: Facts) -> dict[str, Any]:
    tool = facts.tool
    return {
        "name": facts.name,
        "kind": facts.kind.value,
        "edition": facts.edition or None,
        "tool": {"name": tool.name, "version": tool.version or None} if tool else None,
        "library": facts.library or None,
        "title": facts.title or None,
        "identifier": facts.identifier or None,
        "launch": facts.launch or None,
        "scos": facts.scos,
        "files": facts.files,
        "size": facts.size,
        "packed": facts.packed,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.position.path,
        "line": finding.position.line,
        "column": finding.position.column,
        "effects": [_effect(one) for one in finding.effects],
        "evidence": [*finding.evidence],
        "count": finding.count,
    }


def _effect(effect: Effect) -> dict[str, str]:
    return {"lms": effect.lms, "what": effect.what}


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(audited: Audited) -> str:
    """Format an audit as SARIF; the message of each finding names the LMSs that it affects."""
    codes = sorted({one.code for one in audited.findings})
    driver = {
        "name": "scorm-builder audit",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(audited, one, codes.index(one.code)) for one in audited.findings],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    rule = CATALOGUE.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "fullDescription": {"text": rule.explanation},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(audited: Audited, finding: Finding, at: int) -> dict[str, Any]:
    effects = [f"{where}: {what}." for where, what in effects_by_lms(audited, finding)]
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(finding.position.path, errors="replace")}
    }
    if finding.position.line:
        region = {"startLine": finding.position.line}
        if finding.position.column:
            region["startColumn"] = finding.position.column
        location["region"] = region
    return {
        "ruleId": finding.code,
        "ruleIndex": at,
        "level": finding.severity.value,
        "message": {"text": " ".join((finding.message, *effects, f"What to do: {finding.hint}"))},
        "locations": [{"physicalLocation": location}],
    }


def as_junit(audited: Audited) -> str:
    """Format an audit as JUnit XML with one test per LMS: errors make the test fail, warnings are
    its output."""
    cases = [(lms, _errors_and_warnings(audited, lms)) for lms in audited.systems]
    failed = sum(bool(errors) for _, (errors, _) in cases)
    suite = ElementTree.Element(
        "testsuite",
        name=f"scorm-builder audit {escape_controls(audited.facts.name)}",
        tests=str(len(cases)),
        failures=str(failed),
        errors="0",
    )
    for lms, (errors, warnings) in cases:
        case = ElementTree.SubElement(
            suite, "testcase", classname=escape_controls(audited.facts.name), name=SYSTEMS[lms].name
        )
        if errors:
            failure = ElementTree.SubElement(case, "failure", message=errors[0], type="error")
            failure.text = "\n".join(errors)
        if warnings:
            ElementTree.SubElement(case, "system-out").text = "\n".join(warnings)
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{declaration}\n{ElementTree.tostring(suites, encoding='unicode')}"


def _errors_and_warnings(audited: Audited, lms: str) -> tuple[list[str], list[str]]:
    """Format the errors and the warnings that matter in one LMS, one line each."""
    errors: list[str] = []
    warnings: list[str] = []
    for one in audited.findings:
        if not one.matters_in(lms):
            continue
        own = (each.what for each in one.effects if each.lms == lms)
        what = next(own, "") or next(each.what for each in one.effects if each.lms == ANYWHERE)
        line = escape_controls(f"{one.position}: {one.code} {one.message} Here: {what}. {one.hint}")
        (errors if one.severity is Severity.ERROR else warnings).append(line)
    return errors, warnings


FORMATS: Mapping[str, Callable[[Audited], str]] = {
    "text": text,
    "json": as_json,
    "sarif": as_sarif,
    "html": as_page,
    "junit": as_junit,
}
"""The functions that format a report, by the name of the format in ``--format``."""
