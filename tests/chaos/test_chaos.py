"""Thirty random visits to a small course; ``make chaos`` makes hundreds."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chaos.__main__ import COURSE, known
from tests.chaos.plan import Fault, Launch, Plan, Visit, draw
from tests.chaos.run import run
from tests.chaos.truth import Truth
from tests.sharing import once
from tools.packages import built, unpack

SEEDS = range(1, 31)
PLAIN = Visit(Launch(), (("check", "where", "b"), ("wait", "1200")), (), "kill", 0, False)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, unpacked. Shared: not to be written to."""
    dist = once(tmp_path_factory, "chaos-dist", lambda to: built(COURSE, to))
    [package] = dist.glob("*.zip")
    return once(tmp_path_factory, "chaos", lambda to: unpack(package, to))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_shown_as_saved_is_there(seed: int, browser: Browser, course: Path) -> None:
    story = run(draw(seed), browser, course)
    assert not story.faults, f"\n{story}\nAgain: make chaos SEED={seed}"


def test_a_seed_is_one_run() -> None:
    assert [draw(seed) for seed in SEEDS] == [draw(seed) for seed in SEEDS]
    assert len({repr(replace(draw(seed), seed=0)) for seed in SEEDS}) == len(SEEDS)


def plan(visit: Visit) -> Plan:
    return Plan(0, "strict", {}, "frame", True, (visit,))


def test_a_kept_promise_is_no_fault(browser: Browser, course: Path) -> None:
    story = run(plan(PLAIN), browser, course)
    assert (story.faults, story.promises > 0) == ([], True)
    assert "    the page says 'Saved'" in story.lines


def test_a_learning_system_that_loses_what_it_confirms_is_found_out(
    browser: Browser, course: Path
) -> None:
    """No player can know. So this shows that the runs see a promise that is not kept."""
    story = run(plan(replace(PLAIN, faults=(Fault({"drop": True}, 0, 9),))), browser, course)
    assert story.faults == ["where: 'b' was saved, '' is there"]


def test_an_error_of_the_page_is_found_out(browser: Browser, course: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(course, tmp_path / "course"))
    index = broken / "index.html"
    script = "<script>throw Error('planted');</script></body>"
    index.write_text(index.read_text("utf-8").replace("</body>", script), "utf-8")
    story = run(plan(PLAIN), browser, broken)
    assert story.faults == ["page error: planted"] * 2


# -- the model of truth ---------------------------------------------------------------------------


def test_what_was_given_after_a_promise_may_be_there_too() -> None:
    truth = Truth()
    truth.give("where", "a")
    assert truth.see("Saved", "incomplete")
    truth.give("where", "b")
    assert not truth.see("Saving", "incomplete")
    for shown, found in (("a", 0), ("b", 0), ("c", 1), ("", 1)):
        assert len(truth.broken({"where": shown}, "incomplete", "")) == found


def test_what_an_earlier_visit_gave_without_a_promise_is_not_promised_later() -> None:
    truth = Truth()
    truth.give("where", "a")
    truth.scored(100)
    truth.launch()
    truth.give("days", "2")
    truth.see("Saved", "incomplete")
    assert truth.broken({"where": "", "days": "2"}, "incomplete", "") == []
    assert truth.broken({"where": "a", "days": ""}, "incomplete", "") == [
        "days: '2' was saved, '' is there"
    ]


def test_a_score_or_status_that_was_saved_does_not_go_down() -> None:
    truth = Truth()
    truth.scored(50)
    truth.scored(0)
    truth.see("Saved", "passed")
    assert truth.broken({}, "passed", "50") == []
    assert truth.broken({}, "completed", "49.99") == [
        "score: 50 was saved, the LMS holds '49.99'",
        "status: 'passed' was saved, the LMS holds 'completed'",
    ]
    assert truth.broken({}, "passed", "") == ["score: 50 was saved, the LMS holds ''"]


# -- make chaos -----------------------------------------------------------------------------------


def test_a_second_call_goes_on_where_the_first_was_cut_off(tmp_path: Path) -> None:
    results = tmp_path / "chaos.jsonl"
    assert known(results, "new") == {}
    lines = [json.dumps({"seed": seed, "sources": made}) for seed, made in ((1, "old"), (2, "new"))]
    results.write_text("\n".join([*lines, lines[1][:9]]), "utf-8")
    assert known(results, "new") == {2: {"seed": 2, "sources": "new"}}
