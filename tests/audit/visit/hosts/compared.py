"""What a simulated LMS and the real one hold after the same visits, and what rules find in both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.audit.visit import rules, visiting
from builder.audit.visit.record import PLACE, RAW, STATE, STATUS, Held, Moment, Play
from tests.audit.visit.hosts.real import played
from tests.lms.hosts.host import Host
from tests.support import chromium
from tests.support.packages import unpack

FIELDS = ("status", "score", "location", "state", "answers")
"""What is compared of ``Held``."""
_TOLD = {"status": STATUS, "score": RAW, "location": PLACE, "state": STATE}
BY_CHANCE = frozenset({"wagtail-lms"})
"""LMSs that store what is told at once in no order: the real one holds any of it, or what was there
before (tests/lms/record.py)."""
_CHANCE = frozenset(
    {"visit-result-lost", "visit-place-lost", "visit-answers-lost", "visit-loss-unsaid"}
)
"""What such an order can do or leave undone."""
_OWN = frozenset({"visit-script-error", "visit-barrier"})
"""Scripts of the LMS's own pages fail, too; barriers are looked for in the simulated one alone."""


def simulated(package: Path, slug: str, scenarios: tuple[str, ...]) -> Mapping[str, Play]:
    """What is played of a zip in a simulated LMS, by scenario."""
    with TemporaryDirectory(prefix="visit-") as folder:
        unpack(package, Path(folder))
        browser = visiting.Browser(chromium.find(), sandbox=False)
        seen = visiting.visit(Path(folder), (slug,), browser, scenarios)
    assert (seen.refused, seen.missed) == ("", ()), seen
    return seen.played[slug]


def real(package: Path, host: Host, like: Play) -> Play:
    """The same at a host that has no course yet."""
    return played(host, package, like)


def differences(one: Play, other: Play) -> tuple[str, ...]:
    """What two plays of a scenario hold differently, moment by moment; nothing that a host may
    hold by chance (``BY_CHANCE``)."""
    told = {
        name: {"", other.moments[0].held.status}
        | {call.new_value for call in other.calls if call.sets == element}
        for name, element in _TOLD.items()
        if one.lms in BY_CHANCE and other.moments
    }
    pairs = zip(one.moments, other.moments, strict=False)
    found = [text for mine, its in pairs for text in _differ(mine, its, told)]
    names = [[each.name for each in play.moments] for play in (one, other)]
    return (*found, *([f"moments: {names[0]}, not {names[1]}"] if names[0] != names[1] else []))


def _differ(one: Moment, other: Moment, told: Mapping[str, set[str]]) -> list[str]:
    return [
        f"{one.name}: {name} {_value(one.held, name)!r}, not {_value(other.held, name)!r}"
        for name in FIELDS
        if _value(one.held, name) != _value(other.held, name)
        and _value(other.held, name) not in told.get(name, ())
    ]


def _value(held: Held, name: str) -> object:
    return getattr(held, name)


def codes(plays: Mapping[str, Play]) -> frozenset[str]:
    """What is found of these plays in one LMS, without what is its own or by chance."""
    [lms] = {play.lms for play in plays.values()}
    without = _OWN | (_CHANCE if lms in BY_CHANCE else frozenset())
    return frozenset(rule.code for rule, _ in rules.visit_faults(plays)) - without
