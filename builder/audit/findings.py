"""The result of an audit: findings, which are faults of a package with their effects by LMS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from builder.diagnostics.diagnostic import Position, Severity

if TYPE_CHECKING:
    from builder.updating import Comparison


ANYWHERE = "any"
"""The value of ``Effect.lms`` for an effect that occurs in every LMS."""


class Cost(IntEnum):
    """What a fault costs trainees. Reports list the findings of one severity in this order."""

    ACCESS = 0
    """The course cannot be uploaded or opened."""
    RESULT = 1
    """The course opens, and the result is not recorded or is wrong."""
    WORK = 2
    """Trainees lose answers or their place in the course."""
    CONTENT = 3
    """Part of a page is missing or does not work."""
    BARRIER = 4
    """Some trainees cannot use a page."""
    NOTHING = 5
    """Trainees lose nothing; administrators of the LMS are affected."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a fault causes in an LMS: ``what``, in words. ``lms`` is an id of ``SYSTEMS`` or
    ``ANYWHERE``."""

    lms: str
    what: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a package: the rule that it breaks, its position, and its effects by LMS.

    ``code`` is the code of the rule. ``position`` is inside the package: a path with forward
    slashes, and line and column from 1, or 0 for a whole file. If the fault is in no single file,
    the path is the package's own name. ``evidence`` proves the fault, a line for each file name.
    ``count`` is the number of places with this fault, if their findings were merged into this one.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    position: Position
    effects: tuple[Effect, ...]
    cost: Cost = Cost.NOTHING
    evidence: tuple[str, ...] = ()
    count: int = 1

    def matters_in(self, lms: str) -> bool:
        """Whether the fault has an effect in this LMS."""
        return any(effect.lms in (lms, ANYWHERE) for effect in self.effects)


class Kind(StrEnum):
    """The standard that a package follows."""

    SCORM_12 = "SCORM 1.2"
    SCORM_11 = "SCORM 1.1"
    SCORM_2004 = "SCORM 2004"
    AICC = "AICC"
    CMI5 = "cmi5"
    XAPI = "xAPI (Tin Can)"
    H5P = "H5P"
    COMMON_CARTRIDGE = "IMS Common Cartridge"
    EPUB = "EPUB"
    OFFICE = "Office document"
    UNKNOWN = "unknown"
    UNREADABLE = "not readable"


SCORM = frozenset({Kind.SCORM_12, Kind.SCORM_2004})


class Verdict(StrEnum):
    """What an audit expects of a package in one LMS. No verdict is a guarantee: only use shows
    whether a course completes."""

    TROUBLE = "trouble"
    """A finding that matters in the LMS is an error."""
    DOUBTS = "doubts"
    """Findings matter in the LMS, but all are warnings."""
    NOT_JUDGED = "not judged"
    """Nothing was found, but the most important checks did not run."""
    NOTHING_FOUND = "nothing found"


@dataclass(frozen=True, slots=True)
class Tool:
    """The authoring tool that made a package, and its version if known."""

    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}".rstrip()


@dataclass(frozen=True, slots=True)
class Facts:
    """General information about a package for the report; unknown texts are empty.

    ``edition`` is the edition of SCORM 2004. ``identifier`` is that of the manifest. ``files`` is
    the number of files, ``size`` their unpacked size in bytes, ``packed`` the size of the zip (0
    for a folder). ``tool`` is the authoring tool; if it is unknown, ``library`` is the library or
    template with which the course was made by hand. ``launch`` is the path of the first file that
    an LMS opens, ``scos`` the number of SCOs in the manifest.
    """

    name: str
    kind: Kind = Kind.UNKNOWN
    edition: str = ""
    tool: Tool | None = None
    library: str = ""
    title: str = ""
    identifier: str = ""
    launch: str = ""
    scos: int = 0
    files: int = 0
    size: int = 0
    packed: int = 0


@dataclass(frozen=True, slots=True)
class Audited:
    """The result of an audit.

    ``systems`` are the ids of the requested LMSs. ``findings`` are only those that matter in one of
    these, errors first; ``elsewhere`` is the number of findings that matter only in other LMSs.
    ``not_reached`` lists, in a sentence each, what was not checked. ``comparison`` is only set
    if one package replaces another and scorm-builder made both.
    """

    facts: Facts
    systems: tuple[str, ...]
    findings: tuple[Finding, ...]
    elsewhere: int = 0
    not_reached: tuple[str, ...] = ()
    comparison: Comparison | None = field(default=None, compare=False)

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict for each requested LMS."""
        return {lms: self._verdict(lms) for lms in self.systems}

    def _verdict(self, lms: str) -> Verdict:
        weights = {one.severity for one in self.findings if one.matters_in(lms)}
        if Severity.ERROR in weights:
            return Verdict.TROUBLE
        if weights:
            return Verdict.DOUBTS
        judged = self.facts.kind is Kind.SCORM_12
        return Verdict.NOTHING_FOUND if judged else Verdict.NOT_JUDGED

    def fails_on(self, severity: Severity) -> bool:
        """Whether a finding has at least this severity."""
        weights = {one.severity for one in self.findings}
        return Severity.ERROR in weights or (severity is Severity.WARNING and bool(weights))


def weight(finding: Finding) -> tuple[object, ...]:
    """Sort key of findings: errors before warnings; then by cost, code and position."""
    position = finding.position
    return (
        finding.severity is not Severity.ERROR,
        finding.cost,
        *(finding.code, position.path, position.line, position.column, finding.message),
    )
