"""Reports an audit as SARIF 2.1.0, which code hosts show beside a change."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from builder import __version__
from builder.audit import Audited, Finding
from builder.audit.rules import CATALOGUE
from builder.base.printing import json_text
from builder.cli.report.audited import words

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(audited: Audited) -> str:
    """Format an audit as SARIF; the message of each result names the LMSs."""
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
    effects = [f"{where}: {what}." for where, what in words.effects_by_lms(audited, finding)]
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
