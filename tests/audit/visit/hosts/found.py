"""What an audit finds in a package, as a row of docs/facts/packages.md says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.audit import ANYWHERE, SYSTEMS, Finding, Limit, audit
from builder.audit.visit import USUAL, rules, visiting
from builder.audit.visit.record import Play
from tests.support import chromium
from tests.support.packages import unpack

REAL = ("scorm-again", "scormhost", "wagtail-lms", "openedx")
"""Where the visit is the same as in the real LMS (test_real_hosts.py), in ``SCENARIOS``."""
SCENARIOS = ("glance", "whole", "halfway")
_PLAYED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (USUAL, tuple(visiting.SCENARIOS)),
    (REAL, SCENARIOS),
)
_PATIENCE = 1_200.0
"""Seconds a scenario, on a machine that has other work, too: a bound and no expectation."""


@dataclass(frozen=True, order=True, slots=True)
class Found:
    """A finding without its words: ``places`` are ids of systems, or “any”."""

    code: str
    severity: str
    places: str


def of_files(package: Path) -> frozenset[Found]:
    """What is found in the files of a zip, in any LMS."""
    return _told(audit(package).findings, set(SYSTEMS))


def in_use(package: Path) -> frozenset[Found]:
    """What a trainee finds of a zip: in all scenarios by Moodle and the letter, and as far as it
    was held against the real ones in ``REAL``. What an LMS loses by itself is no finding of it."""
    browser = visiting.Browser(chromium.find(), sandbox=False)
    played: dict[str, dict[str, Play]] = {}
    with TemporaryDirectory(prefix="visit-") as folder:
        unpack(package, Path(folder))
        for systems, only in _PLAYED:
            limit = Limit(_PATIENCE * 20)
            seen = visiting.visit(Path(folder), systems, browser, only, limit, _PATIENCE)
            assert (seen.refused, seen.missed) == ("", ()), seen
            played |= seen.played
    findings = rules.findings(package.name, played)
    return _told((one for one in findings if not one.own_to_lms), set(played))


def _told(findings: Iterable[Finding], every: set[str]) -> frozenset[Found]:
    found = set()
    for one in findings:
        lmss = {each.lms for each in one.effects}
        everywhere = ANYWHERE in lmss or every <= lmss
        places = "any" if everywhere else ", ".join(name for name in SYSTEMS if name in lmss)
        found.add(Found(one.code, one.severity.value, places))
    return frozenset(found)
