"""What a rule of the audit is: one row with its texts, and functions that find its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.audit.findings import SCORM, Cost, Effect, Finding, Kind
from builder.audit.manifest import Manifest
from builder.audit.package import Package, Text
from builder.diagnostics.diagnostic import Position, Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING
SCORM_12 = frozenset({Kind.SCORM_12})
ALL_KINDS = frozenset(Kind)
OFFER_2004_API = frozenset(("moodle", "totara", "rustici", "openedx"))
"""LMSs that offer only the 2004 API if the manifest says SCORM 2004."""
_MOST_NAMES = 10
"""Maximum number of names that a finding gives as evidence."""
_LONGEST_WORD = 200
"""Maximum length in characters of a value that is filled into a message."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a package breaks a rule.

    ``words`` are the values of the placeholders in the rule's texts. ``evidence`` has a line for
    each proof. ``only`` are the ids of the LMSs whose effects apply; ``None`` means all of the
    rule. ``severity`` replaces the rule's severity, unless it is ``None``.
    """

    position: Position
    words: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the audit: its texts, and the functions that find its faults.

    ``message`` says what is wrong and ``hint`` what to do. A fault fills in their placeholders.
    Where there is no fault, as in ``scorm-builder explain``, ``summary`` and ``advice`` replace
    them. ``effects`` say by LMS what happens there, and ``cost`` what trainees lose. ``source`` is
    the section of ``docs/`` that proves it. ``wrong`` and ``right`` are an example: lines of a
    file, or file names.

    A rule has one or two functions. ``judge_package`` checks the whole package, and
    ``judge_manifest`` the manifest, if the package has one. ``judge_text`` checks each page and
    script, or only pages if ``of_pages``; a text that contains none of ``marks`` (lower case) is
    skipped. ``judge_update`` compares the manifest of the old package with that of the new one.
    ``kinds`` are the standards of packages to which the rule applies.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str
    effects: Mapping[str, str]
    source: str
    wrong: str
    right: str
    summary: str = ""
    advice: str = ""
    cost: Cost = Cost.NOTHING
    kinds: frozenset[Kind] = SCORM
    judge_package: Callable[[Package], Iterable[Fault]] | None = None
    judge_manifest: Callable[[Manifest], Iterable[Fault]] | None = None
    judge_text: Callable[[Package, Text], Iterable[Fault]] | None = None
    judge_update: Callable[[Manifest, Manifest], Iterable[Fault]] | None = None
    of_pages: bool = False
    marks: tuple[bytes, ...] = ()

    def finding(self, fault: Fault) -> Finding:
        """Make a finding from a fault and the texts of this rule."""
        words = {name: _shorten(str(word)) for name, word in fault.words.items()}
        effects = tuple(
            Effect(lms, what.format(**words))
            for lms, what in self.effects.items()
            if fault.only is None or lms in fault.only
        )
        return Finding(
            code=self.code,
            severity=fault.severity or self.severity,
            message=self.message.format(**words),
            hint=self.hint.format(**words),
            position=fault.position,
            effects=effects,
            cost=self.cost,
            evidence=fault.evidence,
        )

    def findings(self, package: Package) -> Iterator[Finding]:
        """The findings of this rule in a package and its manifest, without those of
        ``judge_text``."""
        if self.judge_package is not None:
            yield from map(self.finding, self.judge_package(package))
        if self.judge_manifest is not None and package.manifest is not None:
            yield from map(self.finding, self.judge_manifest(package.manifest))


def in_moodle(what: str) -> dict[str, str]:
    """The effects of a rule by LMS, with ``what`` as the effect in Moodle and in Totara, which is
    built on Moodle."""
    return {"moodle": what, "totara": what}


def some(names: Iterable[str]) -> tuple[str, ...]:
    """Lines of evidence for a finding: the first of ``names``, then a line with the number of all
    others, if there are any."""
    found = list(names)
    rest = len(found) - _MOST_NAMES
    return (*found[:_MOST_NAMES], *([f"… and {rest} more"] if rest > 0 else []))


def _shorten(word: str) -> str:
    return word if len(word) <= _LONGEST_WORD else f"{word[: _LONGEST_WORD - 60]}…{word[-60:]}"
