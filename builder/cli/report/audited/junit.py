"""Reports an audit as JUnit XML for CI systems, with one test per LMS."""

from __future__ import annotations

from xml.etree import ElementTree

from builder.audit import ANYWHERE, SYSTEMS, Audited
from builder.base.printing import escape_controls
from builder.diagnostics.diagnostic import Severity


def as_junit(audited: Audited) -> str:
    """Format an audit as JUnit XML: errors are failures of the LMS's test, warnings its output."""
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
    """The errors and warnings of the package in one LMS, one line each."""
    errors: list[str] = []
    warnings: list[str] = []
    for one in audited.of_package:
        if not one.matters_in(lms):
            continue
        own = (each.what for each in one.effects if each.lms == lms)
        what = next(own, "") or next(each.what for each in one.effects if each.lms == ANYWHERE)
        line = escape_controls(f"{one.position}: {one.code} {one.message} Here: {what}. {one.hint}")
        (errors if one.severity is Severity.ERROR else warnings).append(line)
    return errors, warnings
