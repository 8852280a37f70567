"""One thing that a package will do to its trainees, and in which learning systems."""

from __future__ import annotations

from dataclasses import dataclass

from builder.diagnostics import Position, Severity

ANYWHERE = "any"
"""In the place of an LMS: what happens in every one, or in the browser whatever the LMS."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens in one learning system; ``lms`` is an id of ``systems`` or ``ANYWHERE``."""

    lms: str
    what: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a package: which rule it breaks, where, and what becomes of it.

    ``position`` is in the package: a path with forward slashes, line and column from 1, 0 where the
    whole is meant; the name of the file itself where no member is meant. ``evidence`` has what
    proves it, a line each: names, or the calls of a visit. ``own_to_lms`` marks what an LMS loses
    by itself, whatever the package: it counts in no verdict. ``repeat`` is the command that shows
    it again, empty where looking at the files does. ``count`` is the number of places that have
    the fault: one finding stands for all of them.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    position: Position
    effects: tuple[Effect, ...]
    evidence: tuple[str, ...] = ()
    own_to_lms: bool = False
    repeat: str = ""
    count: int = 1

    @property
    def basis(self) -> str:
        """Where the evidence comes from: ``files`` or ``visit``."""
        return "visit" if self.code.startswith("visit-") else "files"

    def matters_in(self, lms: str) -> bool:
        """Whether it has an effect in this learning system."""
        return any(effect.lms in (lms, ANYWHERE) for effect in self.effects)
