"""Our own packages have no finding of their own in any simulated learning system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from builder.audit import SYSTEMS, Limit
from builder.audit.visit import rules
from builder.audit.visit.visiting import Browser, visit
from tests.support import chromium
from tests.support.packages import built, unpack

LMSS = [name for name, system in SYSTEMS.items() if system.simulated]
PATIENCE = 1_200.0
"""Seconds of a scenario, on a machine that has other work, too: a bound and no expectation."""


@pytest.mark.thorough
@pytest.mark.parametrize("course", ["course", "tests/showcase"])
@pytest.mark.parametrize("lms", LMSS)
def test_our_own_package_has_no_finding_of_its_own(
    lms: str, course: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Playwright's own Node needs libatomic, which a bare Debian lacks.
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))
    package = unpack(built(Path(course), tmp_path), tmp_path / "unpacked")
    browser = Browser(chromium.find(), sandbox=False)
    seen = visit(package, [lms], browser, limit=Limit(8 * PATIENCE), patience=PATIENCE)
    assert (seen.refused, seen.missed) == ("", ())
    assert [one for one in rules.findings("course.zip", seen.played) if not one.own_to_lms] == []
