"""Simulated LMSs, with the scenarios in which they differ most; ``make lms`` plays all in all."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.lms.columns import columns
from tests.lms.pauses import SHORT_PAUSES
from tests.lms.play import Play
from tests.lms.scenarios import SCENARIOS
from tests.lms.simulated import node
from tests.lms.table import Cell, Column, table

# What the interactions and the state of a walk are for an LMS is the same in each.
PLAYED = {
    "strict": ("half-way", "exit", "walk-half-way", "walk-fail"),
    "moodle": ("fail-then-pass", "kill", "walk-again"),
    "wagtail-lms": ("fail-then-pass",),
}


@pytest.mark.parametrize(
    ("profile", "scenario"), [(profile, one) for profile, some in PLAYED.items() for one in some]
)
def test_a_simulated_lms_holds_what_it_should(
    profile: str, scenario: str, context: BrowserContext, tmp_path: Path
) -> None:
    about = node()("describe", profile)
    if not about["paced"]:
        context.add_init_script(SHORT_PAUSES)
    with columns()[f"{about['name']}, simulated"]() as fresh:
        SCENARIOS[scenario].play(Play(fresh(), context, tmp_path))


def test_the_table_shows_what_is_right_impossible_or_wrong() -> None:
    right, cannot = Cell("right"), Cell("cannot", ("it has no review (page.js:3)",))
    wrong = Cell("WRONG", ("status is 'incomplete', not 'passed'",))
    cells = {"pages": wrong, "pass": cannot, "kill": right}
    text = table(
        [
            Column("One", "One", "the real thing", ("seconds: none (page.js:9)",), cells),
            Column("Two", "Two", "simulated, not verified", (), cells | {"pages": right}),
        ]
    )
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[:2] == ["1 One the real thing [1]", "2 Two simulated, not verified"]
    assert "complete by pages WRONG right" in lines
    assert "pass [2] [2]" in lines
    assert "kill the tab right right" in lines
    assert not any(line.startswith("close the window") for line in lines)
    assert lines[-4:] == [
        "[1] seconds: none (page.js:9)",
        "[2] it has no review (page.js:3)",
        "",
        "WRONG complete by pages, One: status is 'incomplete', not 'passed'",
    ]
