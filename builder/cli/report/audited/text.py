"""Reports an audit as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

import click

from builder.audit import Audited, Finding, Verdict
from builder.base.printing import escape_controls
from builder.cli.report import comparison
from builder.cli.report.audited import words
from builder.diagnostics.diagnostic import Severity

_WIDTH = 96
_INDENT = "    "
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_VERDICT_COLOURS = {
    Verdict.TROUBLE: "red",
    Verdict.DOUBTS: "yellow",
    Verdict.NOT_JUDGED: "yellow",
    Verdict.NOTHING_FOUND: "green",
}


def text(audited: Audited) -> str:
    """Format the findings by severity, each with position, effects and advice."""
    parts = [_heading(audited), *(_format_finding(audited, one) for one in audited.of_package)]
    if audited.of_systems:
        title = click.style("Data that learning systems lose in any course", bold=True)
        parts += [title, *(_format_finding(audited, one) for one in audited.of_systems)]
    if audited.comparison:
        parts += [comparison.text(audited.comparison)]
    parts.append("\n".join(_verdicts(audited)))
    parts.append("\n".join(wrapped(words.limits(audited))))
    return "\n\n".join(filter(None, parts))


def _heading(audited: Audited) -> str:
    facts = audited.facts
    title = f": {facts.title}" if facts.title else ""
    name = click.style(escape_controls(f"{facts.name}{title}"), bold=True)
    return "\n".join(
        (
            name,
            *wrapped([escape_controls(words.describe_package(audited))]),
            words.summary_sentence(audited),
        )
    )


def _format_finding(audited: Audited, finding: Finding) -> str:
    weight = click.style(finding.severity.value, fg=_COLOURS[finding.severity], bold=True)
    count = f" ({finding.count:,} places)" if finding.count > 1 else ""
    lines = [f"{escape_controls(str(finding.position))}: {weight} {finding.code}{count}"]
    lines += wrapped([finding.message], _INDENT)
    for where, what in words.effects_by_lms(audited, finding):
        lines += wrapped([f"{where}: {what}."], _INDENT)
    lines += wrapped([f"What to do: {finding.hint}"], _INDENT)
    lines += wrapped([f"Evidence: {words.evidence(finding)}."], _INDENT)
    if finding.repeat:
        lines.append(f"{_INDENT}To see it again: {escape_controls(finding.repeat)}")
    # The evidence of a visit is its calls; for files, a single name is already in the message.
    if len(finding.evidence) > (0 if finding.repeat else 1):
        lines += [f"{_INDENT}  {escape_controls(one)}" for one in finding.evidence]
    return "\n".join(lines)


def _verdicts(audited: Audited) -> Iterator[str]:
    yield click.style("Learning systems", bold=True)
    verdicts = audited.verdicts
    for verdict, word in words.VERDICTS.items():
        names = [words.name_of(lms) for lms, one in verdicts.items() if one is verdict]
        if len(names) == len(verdicts) > 1:
            names = [f"in all {len(names)} that were asked for"]
        if names:
            head = click.style(f"{word:<15}", fg=_VERDICT_COLOURS[verdict])
            first, *more = wrap(", ".join(names), _WIDTH - 17) or [""]
            yield f"  {head}{first}"
            yield from (f"{'':17}{line}" for line in more)


def wrapped(sentences: Iterable[str], indent: str = "") -> list[str]:
    """Wrap sentences to the width of the report."""
    return [
        f"{indent}{line}"
        for sentence in sentences
        for line in wrap(escape_controls(sentence), _WIDTH - len(indent), break_long_words=False)
    ]
