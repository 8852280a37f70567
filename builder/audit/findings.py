"""A finding: one fault of a package, what it costs trainees, and in which LMSs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from builder.diagnostics.diagnostic import Position, Severity

ANYWHERE = "any"
"""Used as an LMS's id for what happens in every LMS."""


class Cost(IntEnum):
    """What a fault costs trainees. Reports list the findings of one severity in this order."""

    ACCESS = 0
    """The course cannot be uploaded or opened."""
    RESULT = 1
    """The course opens, and the result is not recorded or is wrong."""
    WORK = 2
    """The place in the course or answers are lost."""
    CONTENT = 3
    """Part of a page is missing or does not work."""
    BARRIER = 4
    """Some trainees cannot use a page."""
    NOTHING = 5
    """Trainees lose nothing; administrators of the LMS are affected."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens in one LMS; ``lms`` is an id from ``systems`` or ``ANYWHERE``."""

    lms: str
    what: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a package: the rule it breaks, the place, and the effects.

    ``position`` is inside the package: a path with forward slashes, line and column from 1, and 0
    for a whole file. If no file of the package is meant, the path is the package's own name.
    ``evidence`` proves the fault, one line each: file names, or the API calls of a visit.
    ``own_to_lms`` marks a loss that the LMS causes whatever the package does; verdicts ignore it.
    ``repeat`` is the command that shows the fault again; empty for faults found in the files.
    ``count`` is the number of places with this fault, which one finding stands for.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    position: Position
    effects: tuple[Effect, ...]
    cost: Cost = Cost.NOTHING
    evidence: tuple[str, ...] = ()
    own_to_lms: bool = False
    repeat: str = ""
    count: int = 1

    @property
    def basis(self) -> str:
        """Where the evidence comes from: ``files`` or ``visit``."""
        return "visit" if self.code.startswith("visit-") else "files"

    def matters_in(self, lms: str) -> bool:
        """Whether the fault has an effect in this LMS."""
        return any(effect.lms in (lms, ANYWHERE) for effect in self.effects)
