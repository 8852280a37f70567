"""Formats an audit as an HTML file (``builder.cli.report.html_page``).

All text from the package is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.audit import Audited, Finding, Verdict
from builder.cli.report import comparison
from builder.cli.report.audit_text import (
    VERDICTS,
    describe_evidence,
    effects_by_lms,
    limits,
    made_for,
    made_with,
    megabytes,
    name_of,
    summary_sentence,
)
from builder.cli.report.html_page import escape_text, fact_rows, page
from builder.diagnostics.diagnostic import Severity

_SEVERITY_NAMES = {Severity.ERROR: "Error", Severity.WARNING: "Warning"}


def as_page(audited: Audited) -> str:
    """Format an audit as an HTML page; all text from the package is escaped."""
    facts = audited.facts
    title = facts.title or facts.name
    return page(
        "audit",
        f"Audit of {title}",
        heading=escape_text(title),
        summary=escape_text(summary_sentence(audited)),
        facts=fact_rows(_facts(audited)),
        verdicts="".join(_verdicts(audited)),
        findings="".join(_findings(audited)),
        limits="".join(f"<li>{escape_text(one)}</li>" for one in limits(audited)),
    )


def _facts(audited: Audited) -> Iterator[tuple[str, str]]:
    facts = audited.facts
    yield from (
        ("File", facts.name),
        ("Made for", made_for(audited)),
        ("Made with", made_with(facts) or "not known"),
        ("Launches", facts.launch),
        ("Identifier", facts.identifier),
        ("Files", f"{facts.files:,}; {megabytes(facts.size)} in all" if facts.files else ""),
        ("To upload", megabytes(facts.packed) if facts.packed else ""),
    )


def _verdicts(audited: Audited) -> Iterator[str]:
    for lms, verdict in audited.verdicts.items():
        codes = [one for one in audited.findings if one.matters_in(lms)]
        links = ", ".join(
            f'<a href="#{_anchor(audited, one)}">{escape_text(one.code)}</a>'
            for one in _first_of_each(codes)
        )
        word = VERDICTS[verdict]
        name = escape_text(name_of(lms))
        yield (
            f'<tr><th scope="row">{name}</th><td><span class="{_style(verdict)}">{word}</span>'
            f"</td><td>{links or '–'}</td></tr>"
        )


def _style(verdict: Verdict) -> str:
    return verdict.value.replace(" ", "-")


def _first_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """The first finding with each code."""
    return list({one.code: one for one in reversed(list(findings))}.values())[::-1]


def _anchor(audited: Audited, finding: Finding) -> str:
    return f"finding-{audited.findings.index(finding) + 1}"


def _findings(audited: Audited) -> Iterator[str]:
    if not audited.findings:
        yield "<p>Nothing was found.</p>"
    for one in audited.findings:
        yield _finding(audited, one)
    if audited.comparison:
        lines = escape_lines(comparison.text(audited.comparison))
        yield f"<h2>What the edit means for trainees</h2><pre>{lines}</pre>"


def escape_lines(text: str) -> str:
    """Escape a text of several lines for HTML, and remove its terminal styles."""
    import click

    return "\n".join(escape_text(line) for line in click.unstyle(text).split("\n"))


def _finding(audited: Audited, finding: Finding) -> str:
    effects = "".join(
        f"<li><strong>{escape_text(where)}:</strong> {escape_text(what)}</li>"
        for where, what in effects_by_lms(audited, finding)
    )
    evidence = "".join(f"<li><code>{escape_text(one)}</code></li>" for one in finding.evidence)
    says = escape_text(describe_evidence(finding))
    shows = f"<details><summary>Evidence: {says}</summary><ul>{evidence}</ul></details>"
    shows = shows if evidence else f"<p>Evidence: {says}.</p>"
    return (
        f'<article id="{_anchor(audited, finding)}" class="{finding.severity.value}">'
        f"<h3><span>{_SEVERITY_NAMES[finding.severity]}</span> {escape_text(finding.message)}</h3>"
        f"<p><code>{escape_text(str(finding.position))}</code> · {escape_text(finding.code)}</p>"
        f"<h4>What happens</h4><ul>{effects}</ul>"
        f"<h4>What to do</h4><p>{escape_text(finding.hint)}</p>"
        f"{shows}</article>"
    )
