"""Formats an audit as text for a terminal, and the sentences that the other reports of an audit
share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

import click

from builder.audit import ANYWHERE, SYSTEMS, Audited, Facts, Finding, Kind, Verdict
from builder.base.printing import escape_controls
from builder.cli.report import comparison
from builder.cli.report.lines import WIDTH, wrapped
from builder.diagnostics.diagnostic import Severity

VERDICTS = {
    Verdict.TROUBLE: "Trouble",
    Verdict.DOUBTS: "Doubts",
    Verdict.NOT_JUDGED: "Not judged",
    Verdict.NOTHING_FOUND: "Nothing found",
}
LOOKED_AT_FILES = (
    "Only the files were checked: whether the course completes and saves a bookmark can only be "
    "seen by walking through it, with “scorm-builder preview”."
)


def name_of(lms: str) -> str:
    """The display name of the LMS with this id."""
    return "Any learning system" if lms == ANYWHERE else SYSTEMS[lms].name


def describe_package(audited: Audited) -> str:
    """Describe the package (its standard, tool, size) in a phrase without a full stop."""
    facts = audited.facts
    parts = [made_for(audited)]
    if made := made_with(facts):
        parts.append(f"made {made}" if facts.library else f"made with {made}")
    if facts.launch:
        parts.append(f"launches {facts.launch}")
    if facts.scos > 1:
        parts.append(f"{facts.scos} SCOs")
    if facts.files:
        files = "1 file" if facts.files == 1 else f"{facts.files:,} files"
        parts.append(f"{files}, {megabytes(facts.size)} unpacked")
    if facts.packed:
        parts.append(f"{megabytes(facts.packed)} to upload")
    return "; ".join(parts)


def made_for(audited: Audited) -> str:
    """The standard and edition for which a package was made, such as SCORM 1.2."""
    if audited.facts.kind is Kind.UNKNOWN:
        return "not a SCORM package, and no other known type"
    return " ".join(filter(None, (audited.facts.kind.value, audited.facts.edition)))


def made_with(facts: Facts) -> str:
    """The authoring tool of a package, or the library of a course made by hand; empty if neither is
    known."""
    if facts.tool:
        return str(facts.tool)
    return f"by hand, with {facts.library}" if facts.library else ""


def megabytes(size: int) -> str:
    """Format a number of bytes in MB or KB."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} KB"


def count_findings(findings: Sequence[Finding]) -> str:
    """Format the numbers of errors and warnings among these findings."""
    errors = sum(one.severity is Severity.ERROR for one in findings)
    warnings = len(findings) - errors
    parts = []
    if errors:
        parts.append("1 error" if errors == 1 else f"{errors} errors")
    if warnings:
        parts.append("1 warning" if warnings == 1 else f"{warnings} warnings")
    return " and ".join(parts) or "Nothing"


def summary_sentence(audited: Audited) -> str:
    """Summarise an audit: the number of findings and, if it compares with an older package, whether
    trainees lose something."""
    found = f"{count_findings(audited.findings)} found in {escape_controls(audited.facts.name)}."
    edit = audited.comparison
    if edit and edit.lost:
        return f"{found} But trainees who have started the old package lose something."
    if edit and edit.suspicions:
        return f"{found} But an edit looks like a mistake."
    return found


def describe_evidence(finding: Finding) -> str:
    """Describe in which file a finding was seen, and in how many more places."""
    place = f"line {finding.position.line} of" if finding.position.line else "the file"
    read = f"read in {place} {finding.position.path}"
    if finding.count == 1:
        return read
    more = finding.count - 1
    return f"{read}, and in {'one more place' if more == 1 else f'{more:,} more places'}"


def effects_by_lms(audited: Audited, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield each effect of a finding as the names of the LMSs in which it occurs and the effect
    itself.

    Only for the LMSs that were asked for; LMSs with the same effect are grouped.
    """
    by_effect: dict[str, list[str]] = {}
    for one in finding.effects:
        if one.lms == ANYWHERE or one.lms in audited.systems:
            by_effect.setdefault(one.what, []).append(one.lms)
    for what, known in by_effect.items():
        yield _lms_names(audited, known, alone=len(by_effect) == 1), what


def _lms_names(audited: Audited, known: Sequence[str], alone: bool) -> str:
    if ANYWHERE in known:
        return name_of(ANYWHERE) if alone else "Elsewhere"
    others = [lms for lms in audited.systems if lms not in known]
    if len(others) >= len(known):
        return ", ".join(map(name_of, known))
    if not others:
        return "Each of these learning systems" if len(known) > 1 else name_of(known[0])
    return f"Everywhere except {', '.join(map(name_of, others))}"


def limits(audited: Audited) -> tuple[str, ...]:
    """Sentences that say what this audit did not check."""
    more: tuple[str, ...] = ()
    if audited.elsewhere:
        what = (
            "1 finding matters"
            if audited.elsewhere == 1
            else (f"{audited.elsewhere} findings matter")
        )
        more = (f"{what} only in other learning systems (see --lms).",)
    files = () if audited.facts.kind is Kind.UNREADABLE else (LOOKED_AT_FILES,)
    return (*more, *audited.not_reached, *files)


_INDENT = "    "
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_VERDICT_COLOURS = {
    Verdict.TROUBLE: "red",
    Verdict.DOUBTS: "yellow",
    Verdict.NOT_JUDGED: "yellow",
    Verdict.NOTHING_FOUND: "green",
}


def text(audited: Audited) -> str:
    """Format an audit as text: the findings, each with position, effects and advice, then a verdict
    for each LMS, and what was not checked."""
    parts = [_heading(audited), *(_format_finding(audited, one) for one in audited.findings)]
    if audited.comparison:
        parts += [comparison.text(audited.comparison)]
    parts.append("\n".join(_verdicts(audited)))
    parts.append("\n".join(wrapped(limits(audited))))
    return "\n\n".join(filter(None, parts))


def _heading(audited: Audited) -> str:
    facts = audited.facts
    title = f": {facts.title}" if facts.title else ""
    name = click.style(escape_controls(f"{facts.name}{title}"), bold=True)
    return "\n".join(
        (
            name,
            *wrapped([escape_controls(describe_package(audited))]),
            summary_sentence(audited),
        )
    )


def _format_finding(audited: Audited, finding: Finding) -> str:
    weight = click.style(finding.severity.value, fg=_COLOURS[finding.severity], bold=True)
    count = f" ({finding.count:,} places)" if finding.count > 1 else ""
    lines = [f"{escape_controls(str(finding.position))}: {weight} {finding.code}{count}"]
    lines += wrapped([finding.message], _INDENT)
    for where, what in effects_by_lms(audited, finding):
        lines += wrapped([f"{where}: {what}."], _INDENT)
    lines += wrapped([f"What to do: {finding.hint}"], _INDENT)
    lines += wrapped([f"Evidence: {describe_evidence(finding)}."], _INDENT)
    # A single name is already in the message.
    if len(finding.evidence) > 1:
        lines += [f"{_INDENT}  {escape_controls(one)}" for one in finding.evidence]
    return "\n".join(lines)


def _verdicts(audited: Audited) -> Iterator[str]:
    yield click.style("Learning systems", bold=True)
    verdicts = audited.verdicts
    for verdict, word in VERDICTS.items():
        names = [name_of(lms) for lms, one in verdicts.items() if one is verdict]
        if len(names) == len(verdicts) > 1:
            names = [f"in all {len(names)} that were asked for"]
        if names:
            head = click.style(f"{word:<15}", fg=_VERDICT_COLOURS[verdict])
            first, *more = wrap(", ".join(names), WIDTH - 17) or [""]
            yield f"  {head}{first}"
            yield from (f"{'':17}{line}" for line in more)
