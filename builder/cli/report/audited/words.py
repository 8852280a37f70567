"""Phrases shared by all audit reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.audit import ANYWHERE, SYSTEMS, Audited, Finding, Kind, Verdict
from builder.base.printing import escape_controls
from builder.diagnostics.diagnostic import Severity

VERDICTS = {
    Verdict.TROUBLE: "Trouble",
    Verdict.DOUBTS: "Doubts",
    Verdict.NOT_JUDGED: "Not judged",
    Verdict.NOTHING_FOUND: "Nothing found",
}
LOOKED_AT_FILES = (
    "Only the files were checked: whether the course completes and saves a bookmark can only be "
    "seen by running it."
)


def name_of(lms: str) -> str:
    """The display name of an LMS."""
    return "Any learning system" if lms == ANYWHERE else SYSTEMS[lms].name


def describe_package(audited: Audited) -> str:
    """Describe the package in a phrase without a full stop."""
    facts = audited.facts
    parts = [made_for(audited)]
    if facts.tool:
        parts.append(f"made with {facts.tool}")
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
    """The standard and edition of a package."""
    if audited.facts.kind is Kind.UNKNOWN:
        return "not a SCORM package, and no other known type"
    return " ".join(filter(None, (audited.facts.kind.value, audited.facts.edition)))


def megabytes(size: int) -> str:
    """Format a number of bytes in MB or KB."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} KB"


def count_findings(findings: Sequence[Finding]) -> str:
    """Format the number of errors and warnings."""
    errors = sum(one.severity is Severity.ERROR for one in findings)
    warnings = len(findings) - errors
    parts = []
    if errors:
        parts.append("1 error" if errors == 1 else f"{errors} errors")
    if warnings:
        parts.append("1 warning" if warnings == 1 else f"{warnings} warnings")
    return " and ".join(parts) or "Nothing"


def summary_sentence(audited: Audited) -> str:
    """The number of findings, and whether an edit costs trainees anything, in a sentence."""
    found = f"{count_findings(audited.of_package)} found in {escape_controls(audited.facts.name)}."
    edit = audited.comparison
    if edit and edit.lost:
        return f"{found} But trainees who have started the old package lose something."
    if edit and edit.suspicions:
        return f"{found} But an edit looks like a mistake."
    return found


def evidence(finding: Finding) -> str:
    """The kind of evidence for a finding, and the number of places."""
    if finding.basis == "visit":
        return "seen in a visit, as follows"
    place = f"line {finding.position.line} of" if finding.position.line else "the file"
    read = f"read in {place} {finding.position.path}"
    if finding.count == 1:
        return read
    more = finding.count - 1
    return f"{read}, and in {'one more place' if more == 1 else f'{more:,} more places'}"


def effects_by_lms(audited: Audited, finding: Finding) -> Iterator[tuple[str, str]]:
    """The effects of a finding, with the LMSs in which each occurs.

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
    """The limits of this audit, one sentence each."""
    more: tuple[str, ...] = ()
    if audited.elsewhere:
        what = (
            "1 finding matters"
            if audited.elsewhere == 1
            else (f"{audited.elsewhere} findings matter")
        )
        more = (f"{what} only in other learning systems (see --lms).",)
    needs_no_note = audited.visited or audited.facts.kind is Kind.UNREADABLE
    files = () if needs_no_note else (LOOKED_AT_FILES,)
    stopped = (audited.stopped,) if audited.stopped else ()
    return (*stopped, *more, *audited.not_reached, *files)
