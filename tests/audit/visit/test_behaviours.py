"""Small broken players, each found where it matters and nowhere else; a good one has no finding."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import pytest

from builder.audit.visit import rules
from builder.audit.visit.visiting import Browser, visit
from tests.audit.visit import good_player
from tests.audit.visit.behaviours import BEHAVIOURS, LMSS
from tests.support import chromium

pytestmark = pytest.mark.browser

FORGETS = "visit-lms-forgets"
USUAL = ("glance", "whole", "halfway")


def found(
    folder: Path, behaviour: str, lmss: tuple[str, ...], only: tuple[str, ...]
) -> dict[str, frozenset[str]]:
    """The LMSs in which each code was found; of what they lose by themselves, that they say that
    they have stored what they have not."""
    asked = BEHAVIOURS[behaviour]
    package = good_player.write(folder, *asked.changes, manifest=asked.manifest)
    seen = visit(package, lmss, Browser(chromium.find(), sandbox=False), only)
    assert (seen.refused, seen.missed) == ("", ())
    by_code: dict[str, set[str]] = defaultdict(set)
    for one in rules.findings("course.zip", seen.played):
        if not one.own_to_lms or one.code == FORGETS:
            by_code[one.code] |= {effect.lms for effect in one.effects}
    return {code: frozenset(where) for code, where in by_code.items()}


@pytest.fixture(autouse=True)
def own_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's own Node needs libatomic, which a bare Debian lacks."""
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))


def test_one_that_forgets_the_place_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, "place not restored", ("moodle",), ("halfway",)) == {
        "visit-place-lost": frozenset({"moodle"})
    }


@pytest.mark.thorough
def test_a_good_player_has_no_finding_anywhere(tmp_path: Path) -> None:
    # It keeps no answer of its own beside the learning system's.
    assert found(tmp_path, "good", LMSS, ()) == {FORGETS: frozenset({"scormhost"})}


@pytest.mark.thorough
@pytest.mark.parametrize("behaviour", [name for name in BEHAVIOURS if name != "good"])
def test_each_behaviour_is_found_where_it_matters_and_nowhere_else(
    tmp_path: Path, behaviour: str
) -> None:
    asked = BEHAVIOURS[behaviour]
    all_finds = {**asked.finds, FORGETS: asked.forgets}
    expected = {code: where for code, where in all_finds.items() if where}
    assert found(tmp_path, behaviour, LMSS, (*USUAL, *asked.scenarios)) == expected
