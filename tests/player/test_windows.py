"""Windows in which one course is open more than once: only the last one records."""

from typing import Any

import pytest

from tests.player.conftest import Player

ONE = {"owner": "me", "attempt": "A", "path": "/course/"}


def run(player: Player, steps: list[Any], *windows: dict[str, str]) -> tuple[list[Any], list[bool]]:
    result = player("windows", {"all": windows or (ONE, ONE), "steps": steps})
    return result["log"], result["away"]


def test_the_earlier_window_gives_way_and_hands_its_state_over(player: Player) -> None:
    log, away = run(player, [[0, 0, "begin"], [10, 1, "begin"]])
    assert log == [[0, "gives way", False], [1, "received", "state-0", True, False]]
    assert away == [True, False]


@pytest.mark.parametrize("woken", [9_000, -9_000], ids=["later", "by a clock set back"])
def test_sleeping_window_reports_that_it_may_be_outdated(player: Player, woken: int) -> None:
    steps = [[0, 0, "begin"], [10, 1, "hold"], [10, 1, "begin"], *[[woken, 1, "release"]] * 2]
    log, _ = run(player, steps)
    assert log == [[0, "gives way", True], [1, "received", "state-0", True, True]]


def test_window_order_survives_a_clock_set_back(
    player: Player,
) -> None:
    steps = [[9_000, 0, "begin"], [10, 1, "begin"], [20, 0, "pass", "more"]]
    log, away = run(player, steps)
    assert away == [True, False]
    assert [entry[:2] for entry in log] == [[0, "gives way"], *[[1, "received"]] * 2]


def test_third_window_takes_over_after_clock_set_back(player: Player) -> None:
    steps = [[9_000, 0, "begin"], [10, 1, "begin"], [20, 2, "begin"]]
    assert run(player, steps, ONE, ONE, ONE)[1] == [True, True, False]


def test_window_asleep_during_clock_change_may_be_outdated(player: Player) -> None:
    steps = [[9_000, 0, "begin"], [10, 1, "hold"], [10, 1, "begin"]]
    woken = [[8_000, 1, "release"]] * 4
    log, away = run(player, [*steps, *woken])
    assert away == [True, False]
    assert log == [[0, "gives way", True], [1, "received", "state-0", True, True]]


def test_of_two_opened_at_once_one_records(player: Player) -> None:
    for times in ((5, 5), (5, 6), (6, 5)):
        steps: list[Any] = [[0, 0, "hold"], [times[0], 0, "begin"], [times[1], 1, "begin"]]
        log, away = run(player, [*steps, [9, 0, "release"], [9, 0, "release"]])
        assert sorted(away) == [False, True]
        assert [entry[1] for entry in log] == ["gives way", "received"]


def test_work_in_earlier_window_is_passed_on(player: Player) -> None:
    steps = [[0, 0, "begin"], [10, 1, "begin"], [20, 0, "pass", "more"]]
    assert run(player, steps)[0][2:] == [[1, "received", "more", False, False]]


def test_a_third_window_takes_over_from_the_second_alone(player: Player) -> None:
    steps = [[at * 10, at, "begin"] for at in range(3)]
    log, away = run(player, steps, ONE, ONE, ONE)
    assert away == [True, True, False]
    assert log[2:] == [
        [0, "elsewhere"],
        [1, "gives way", False],
        [2, "received", "state-1", True, False],
    ]


def test_replaced_window_is_notified_when_the_other_closes(player: Player) -> None:
    steps = [[0, 0, "begin"], [10, 1, "begin"], [20, 1, "close"], [30, 0, "close"]]
    assert run(player, steps)[0][2:] == [[0, "left"]]


def test_another_trainee_or_another_activity_is_left_alone(player: Player) -> None:
    steps = [[0, 0, "begin"], [10, 1, "begin"], [20, 1, "close"]]
    for other in ({"owner": "other"}, {"attempt": "B", "path": "/copy/"}):
        assert run(player, steps, ONE, ONE | other) == ([], [False, False])


def test_same_attempt_or_path_is_the_same_course(player: Player) -> None:
    steps = [[0, 0, "begin"], [10, 1, "begin"]]
    for other in ({"attempt": "B"}, {"path": "/replaced/"}):
        assert run(player, steps, ONE, ONE | other)[1] == [True, False]


FOREIGN: list[Any] = [
    None,
    0,
    "here",
    [],
    {},
    {"kind": "here"},
    {"kind": "here", "id": "x", "at": None, **ONE},
    {"kind": "here", "id": "x", "at": "9", **ONE},
    {"kind": "__proto__", "id": "x", "at": 9, **ONE},
    {"kind": "toString", "id": "x", "at": 9, **ONE},
    {"kind": None, "id": "x", "at": 9, **ONE},
    {"kind": ["here"], "id": "x", "at": {}, **ONE},
]


@pytest.mark.parametrize("message", FOREIGN, ids=str)
def test_foreign_window_message_is_ignored(player: Player, message: Any) -> None:
    assert run(player, [[0, 0, "begin"], [10, 0, "hear", message]]) == ([], [False, False])
