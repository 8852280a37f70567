"""Reports an audit as one HTML file: no external resources, printable, accessible by keyboard and
screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from string import Template

from builder import __version__
from builder.audit import Audited, Finding, Verdict
from builder.base import resources
from builder.base.printing import escape_controls
from builder.cli.report import comparison
from builder.cli.report.audited import way, words
from builder.diagnostics.diagnostic import Severity

_SEVERITY_NAMES = {Severity.ERROR: "Error", Severity.WARNING: "Warning"}


def as_page(audited: Audited) -> str:
    """Format an audit as a page; all text from the package is escaped."""
    facts = audited.facts
    skeleton = Template(resources.path("audit", "page.html").read_text("utf-8"))
    title = facts.title or facts.name
    return skeleton.substitute(
        title=_escape(f"Audit of {title}"),
        heading=_escape(title),
        summary=_escape(words.summary_sentence(audited)),
        facts="".join(_facts(audited)),
        verdicts="".join(_verdicts(audited)),
        findings="".join(_findings(audited)),
        way="".join(way.way(audited)),
        limits="".join(f"<li>{_escape(one)}</li>" for one in _limits(audited)),
        version=_escape(__version__),
    ).strip()


def _limits(audited: Audited) -> tuple[str, ...]:
    return words.limits(audited) or (
        "Parts that the simulated trainee did not try may still fail.",
    )


def _escape(text: str) -> str:
    return escape(escape_controls(text))


def _facts(audited: Audited) -> Iterator[str]:
    facts = audited.facts
    rows = (
        ("File", facts.name),
        ("Made for", words.made_for(audited)),
        ("Made with", str(facts.tool) if facts.tool else "not known"),
        ("Launches", facts.launch),
        ("Identifier", facts.identifier),
        ("Files", f"{facts.files:,}; {words.megabytes(facts.size)} in all" if facts.files else ""),
        ("To upload", words.megabytes(facts.packed) if facts.packed else ""),
    )
    for name, value in rows:
        if value:
            yield f"<div><dt>{name}</dt><dd>{_escape(value)}</dd></div>"


def _verdicts(audited: Audited) -> Iterator[str]:
    for lms, verdict in audited.verdicts.items():
        codes = [one for one in audited.of_package if one.matters_in(lms)]
        links = ", ".join(
            f'<a href="#{_anchor(audited, one)}">{_escape(one.code)}</a>'
            for one in _first_of_each(codes)
        )
        word = words.VERDICTS[verdict]
        name = _escape(words.name_of(lms))
        yield (
            f'<tr><th scope="row">{name}</th><td><span class="{_style(verdict)}">{word}</span>'
            f"</td><td>{links or '–'}</td></tr>"
        )


def _style(verdict: Verdict) -> str:
    return verdict.value.replace(" ", "-")


def _first_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """The first finding of each code."""
    return list({one.code: one for one in reversed(list(findings))}.values())[::-1]


def _anchor(audited: Audited, finding: Finding) -> str:
    return f"finding-{audited.findings.index(finding) + 1}"


def _findings(audited: Audited) -> Iterator[str]:
    if not audited.findings:
        yield "<p>Nothing was found.</p>"
    for one in audited.of_package:
        yield _finding(audited, one)
    if audited.of_systems:
        yield "<h2>Data that learning systems lose in any course</h2>"
        yield "<p>The package does not cause this.</p>"
    for one in audited.of_systems:
        yield _finding(audited, one)
    if audited.comparison:
        lines = escape_lines(comparison.text(audited.comparison))
        yield f"<h2>What the edit means for trainees</h2><pre>{lines}</pre>"


def escape_lines(text: str) -> str:
    """Escape a text with several lines, without terminal styles."""
    import click

    return "\n".join(_escape(line) for line in click.unstyle(text).split("\n"))


def _finding(audited: Audited, finding: Finding) -> str:
    effects = "".join(
        f"<li><strong>{_escape(where)}:</strong> {_escape(what)}</li>"
        for where, what in words.effects_by_lms(audited, finding)
    )
    evidence = "".join(f"<li><code>{_escape(one)}</code></li>" for one in finding.evidence)
    says = _escape(words.evidence(finding))
    shows = f"<details><summary>Evidence: {says}</summary><ul>{evidence}</ul></details>"
    shows = shows if evidence else f"<p>Evidence: {says}.</p>"
    repeat = f"<p>To see it again: <code>{_escape(finding.repeat)}</code></p>"
    return (
        f'<article id="{_anchor(audited, finding)}" class="{finding.severity.value}">'
        f"<h3><span>{_SEVERITY_NAMES[finding.severity]}</span> {_escape(finding.message)}</h3>"
        f"<p><code>{_escape(str(finding.position))}</code> · {_escape(finding.code)}</p>"
        f"<h4>What happens</h4><ul>{effects}</ul>"
        f"<h4>What to do</h4><p>{_escape(finding.hint)}</p>"
        f"{shows}{repeat if finding.repeat else ''}</article>"
    )
