"""What a rule of the audit is: a row with words for people, and a function that finds faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.audit.audited import SCORM, Kind
from builder.audit.finding import ANYWHERE, Effect, Finding
from builder.audit.package import Package, Text
from builder.diagnostics import Position, Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING
SCORM_12 = frozenset({Kind.SCORM_12})
ALL_KINDS = frozenset(Kind)
SHOWN = 10
"""How many names a finding gives as evidence."""

__all__ = [
    "ALL_KINDS",
    "ANYWHERE",
    "ERROR",
    "SCORM",
    "SCORM_12",
    "WARNING",
    "Fault",
    "Package",
    "Position",
    "Rule",
    "Text",
    "some",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a rule is broken; ``words`` fill in the rule's message and hint.

    ``only`` are the LMSs that it matters in where they are fewer than the rule's. ``severity`` is
    there where it is not the rule's.
    """

    position: Position
    words: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault that packages have.

    ``message`` says what is wrong and ``hint`` what to do, both with gaps that a fault fills in.
    ``effects`` say by LMS what happens there. ``source`` is the fact that it rests on. ``wrong``
    and ``right`` are an example, as lines of a file or as names. ``judge`` finds the faults of a
    package; where ``scan`` is given in its place, those of one page or script, which is only asked
    where the text has one of ``marks``, in lower case. ``kinds`` are the packages it holds for.
    ``of_pages`` leaves scripts out of what is scanned.
    ``summary`` and ``advice`` stand in the places of a message and a hint that say little without
    what a fault fills in.
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
    judge: Callable[[Package], Iterable[Fault]] | None = None
    scan: Callable[[Package, Text], Iterable[Fault]] | None = None
    marks: tuple[bytes, ...] = ()
    kinds: frozenset[Kind] = SCORM
    summary: str = ""
    advice: str = ""
    of_pages: bool = False

    def finding(self, fault: Fault) -> Finding:
        """A finding in the words of this rule."""
        words = {name: _shortened(str(word)) for name, word in fault.words.items()}
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
            evidence=fault.evidence,
        )

    def findings(self, package: Package) -> Iterator[Finding]:
        """All that this rule finds in a package, texts left out."""
        if self.judge is not None:
            yield from map(self.finding, self.judge(package))


def some(names: Iterable[str]) -> tuple[str, ...]:
    """Names as evidence, and how many more there are."""
    found = list(names)
    more = (f"… and {len(found) - SHOWN} more",) if len(found) > SHOWN else ()
    return (*found[:SHOWN], *more)


_LONGEST = 200
"""Characters of what fills a gap."""


def _shortened(word: str) -> str:
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 60]}…{word[-60:]}"
