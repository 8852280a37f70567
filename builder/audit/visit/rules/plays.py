"""Helpers of the rules of a visit, which are pure functions of what was played in one LMS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.audit.systems import SYSTEMS
from builder.audit.visit.record import Call, Moment, Play
from builder.diagnostics.diagnostic import Severity

Plays = Mapping[str, Play]
"""The plays of one LMS by scenario, without those that were not played."""

LMSS = tuple(system.id for system in SYSTEMS.values() if system.simulated)
"""The ids of the simulated LMSs."""
_MOST = 8
"""Maximum number of lines of evidence."""


@dataclass(frozen=True, slots=True)
class VisitFault:
    """A fault that a play shows."""

    scenario: str
    evidence: tuple[str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)
    own_to_lms: bool = False
    severity: Severity | None = None
    """Replaces the rule's severity."""


def effects(anywhere: str, **some: str) -> dict[str, str]:
    """The same effect in every LMS but those in ``some`` (``_`` stands for ``-``)."""
    named = {name.replace("_", "-"): words for name, words in some.items()}
    return {lms: named.get(lms, anywhere) for lms in LMSS}


def as_evidence(some: Iterable[Call]) -> tuple[str, ...]:
    """Calls as evidence."""
    lines = [f"visit {one.launch}: {one}" for one in some]
    more = (f"… and {len(lines) - _MOST} more",) if len(lines) > _MOST else ()
    return (*lines[:_MOST], *more)


def held_at(moment: Moment) -> str:
    """What the LMS held at a moment, as evidence."""
    now = moment.held
    told = [f"status “{now.status}”", f"score “{now.score}”", f"location “{now.location[:60]}”"]
    return f"held ({moment.name}): {', '.join(told)}, state of {len(now.state)} characters"


def calls_setting(some: Iterable[Call], element: str) -> list[Call]:
    """The calls that set this element."""
    return [one for one in some if one.sets == element]


def last_accepted(some: Iterable[Call], element: str) -> str:
    """The last value of an element that the LMS accepted; empty if there is none."""
    taken = [one.told for one in calls_setting(some, element) if one.taken]
    return taken[-1] if taken else ""


def calls_of(some: Iterable[Call], name: str) -> list[Call]:
    """The calls of this function."""
    return [one for one in some if one.name == name]


def of_scenarios(plays: Plays, *scenarios: str) -> Iterator[Play]:
    """The plays of these scenarios, without those that were not played."""
    for scenario in scenarios:
        if scenario in plays:
            yield plays[scenario]


def committed(play: Play, launch: int, element: str) -> str | None:
    """The value of an element that the LMS confirmed as stored, ``None`` if it did not."""
    pending: str | None = None
    stored: str | None = None
    for call in play.of_launch(launch):
        if call.sets == element and call.taken:
            pending = call.told
        if call.name in ("LMSCommit", "LMSFinish") and call.taken and pending is not None:
            stored, pending = pending, None
    return stored if pending is None else None
