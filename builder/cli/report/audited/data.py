"""Reports an audit as JSON (docs/audit.schema.json)."""

from __future__ import annotations

from typing import Any

from builder import __version__
from builder.audit import SYSTEMS, Audited, Effect, Facts, Finding
from builder.base.printing import json_text
from builder.cli.report import comparison


def as_json(audited: Audited) -> str:
    """Format an audit as JSON, in the order of the text report."""
    return json_text(
        {
            "format": 1,
            "builder": __version__,
            "package": _facts(audited.facts),
            "visited": audited.visited,
            "verdicts": [
                {"lms": lms, "name": SYSTEMS[lms].name, "verdict": verdict.value}
                for lms, verdict in audited.verdicts.items()
            ],
            "findings": [_finding(one) for one in audited.findings],
            "elsewhere": audited.elsewhere,
            "not_reached": [*([audited.stopped] if audited.stopped else []), *audited.not_reached],
            "complete": not (audited.stopped or audited.cut_short),
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
        "basis": finding.basis,
        "count": finding.count,
        "own_to_lms": finding.own_to_lms,
        "repeat": finding.repeat or None,
    }


def _effect(effect: Effect) -> dict[str, str]:
    return {"lms": effect.lms, "what": effect.what}
