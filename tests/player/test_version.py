"""Each visit reports the version of the course, unless the course is completed."""

from typing import Any

import pytest

from tests.player.answers import ANSWER
from tests.player.conftest import Player

VERSION = "1.1.0 7KQ2-M9XR"


def run(player: Player, *steps: list[Any], count: str = "0") -> list[Any]:
    results: list[Any] = player("interactions", {"count": count, "steps": list(steps)})
    return results


def ids(values: list[list[str]]) -> list[list[str]]:
    return [[name.split(".")[2], value] for name, value in values if name.endswith(".id")]


def test_five_values_before_the_answers_of_the_visit(player: Player) -> None:
    values = run(player, ["version", VERSION, "incomplete"], ["add", ANSWER], ["values"])[-1]
    assert values[:6] == [
        ["cmi.interactions.0.id", "version-0"],
        ["cmi.interactions.0.type", "fill-in"],
        ["cmi.interactions.0.weighting", "0"],
        ["cmi.interactions.0.student_response", VERSION],
        ["cmi.interactions.0.result", "neutral"],
        ["cmi.interactions.1.id", "definition--cse-form-abuse"],
    ]


@pytest.mark.parametrize("status", ["passed", "completed"])
def test_the_last_version_is_the_one_that_was_completed(player: Player, status: str) -> None:
    assert run(player, ["version", VERSION, status], ["values"])[-1] == []


def test_a_final_status_is_reported_once_with_its_day(player: Player) -> None:
    days = [["incomplete", "2026-11-28"], ["failed", "2026-11-28"], ["failed", "2026-11-29"]]
    later = [["passed", "2026-11-30"], ["completed", "2026-12-01"]]
    values = run(player, ["version", VERSION, "incomplete", *days, *later], ["values"])[-1]
    assert [value for name, value in values if name.endswith("student_response")] == [
        VERSION,
        f"{VERSION} failed 2026-11-28",
        f"{VERSION} passed 2026-11-30",
    ]
    # Some LMSs keep one interaction of each id.
    told = ["version-0", "version-0-failed", "version-0-passed"]
    assert ids(values) == [[str(at), name] for at, name in enumerate(told)]


def test_a_status_that_an_earlier_visit_reported_is_not_repeated(player: Player) -> None:
    steps = [["version", VERSION, "failed", ["failed", "2026-11-29"]], ["values"]]
    assert len(ids(run(player, *steps)[-1])) == 1
    steps = [["version", VERSION, "passed", ["passed", "2026-11-29"]], ["values"]]
    assert run(player, *steps)[-1] == []


@pytest.mark.parametrize("status", ["incomplete", "failed"])
def test_a_later_visit_reports_its_version_too(player: Player, status: str) -> None:
    values = run(player, ["version", VERSION, status], ["values"], count="7")[-1]
    assert ids(values) == [["7", "version-7"]]


@pytest.mark.parametrize("status", ["", "not attempted", "browsed"])
def test_a_status_without_a_result_is_reported_once_final(player: Player, status: str) -> None:
    results = [["incomplete", "2026-11-28"], ["passed", "2026-11-29"]]
    values = run(player, ["version", VERSION, status, *results], ["values"])[-1]
    assert ids(values) == [["0", "version-0"], ["1", "version-0-passed"]]


@pytest.mark.parametrize("count", ["", "null"])
def test_an_lms_that_does_not_count(player: Player, count: str) -> None:
    values = run(player, ["version", VERSION, "incomplete"], ["values"], count=count)[-1]
    assert ids(values) == [["0", "version-0"]]


def test_a_second_start_in_a_visit_repeats_nothing_that_waits(player: Player) -> None:
    start = ["version", VERSION, "incomplete"]
    assert ids(run(player, start, start, ["values"])[-1]) == [["0", "version-0"]]


def test_a_lost_version_is_sent_again_and_in_no_state(player: Player) -> None:
    start = ["version", VERSION, "incomplete"]
    results = run(player, start, ["values"], ["repeat"], ["values"], ["late", True])
    assert ids(results[3]) == [["1", "version-0"]]
    assert results[4] == []


def test_answers_leave_room_for_the_versions_of_later_visits(player: Player) -> None:
    start = ["version", VERSION, "incomplete"]
    assert ids(run(player, start, ["values"], count="124")[-1]) == [["124", "version-124"]]
    assert run(player, start, ["values"], count="125")[-1] == []
