"""What a part says of a course that another part keeps from being passed."""

from typing import Any

import pytest

from builder.course import interface
from tests.player.conftest import Player
from tests.player.outlines import QUIZ, TRACKING
from tests.player.states import pairs

WALK = {
    "id": "visitor",
    "key": "walk",
    "title": "A visitor",
    "kind": "scenario",
    "scenario": {"ends": ["end1"], "weight": 1, "attempts": 1, "keep": "first"},
    "needs": {"scenario": ["scn1", "end1"]},
}
CHECK = {"tries": 1, "first": True, "response": ""}


def part(
    player: Player, quiz: tuple[int, int], walk: int, *, alone: bool = True, attempts: int = 1
) -> dict[str, Any]:
    """What the quiz says: `quiz` has its attempts and score, `walk` the score of the scenario."""
    tries, best = quiz
    state = {
        "quizzes": {
            "quiz": {"attempts": tries, "best": best, "open": False, "answers": {}},
            "walk": {"attempts": 1, "best": walk, "open": False, "answers": {}},
        },
        "checks": {"end1": CHECK},
    }
    rules = QUIZ["quiz"] | {"alone": alone}
    scenario = WALK | {"scenario": WALK["scenario"] | {"attempts": attempts, "keep": "best"}}
    start = "player.rules."
    texts = {
        key.removeprefix(start): text
        for key, text in interface.texts("en").items()
        if key.startswith(start)
    }
    outline = {"pages": [QUIZ | {"quiz": rules}, scenario]}
    tracking = TRACKING | {"pages": "none"}
    said: dict[str, Any] = player("partResult", "quiz", outline, pairs(state), tracking, texts)
    return said


def test_failed_course_names_the_part_that_is_not_passed(player: Player) -> None:
    said = part(player, (2, 10_000), 6_700)
    assert said["missed"] == ["“A visitor”: 67%. You need 80% there."]
    assert (said["finished"], said["lost"]) == (False, True)


def test_passed_course_names_no_part(player: Player) -> None:
    said = part(player, (2, 10_000), 8_000)
    assert (said["finished"], said["lost"], said["missed"]) == (True, False, [])


def test_lost_way_is_said_while_the_quiz_has_attempts(player: Player) -> None:
    said = part(player, (1, 5_000), 6_700)
    assert (said["lost"], said["heading"]) == (True, "failed")


@pytest.mark.parametrize(("walk", "lost"), [(5_900, True), (6_000, False)])
def test_shared_mark_is_lost_below_the_best_total(player: Player, walk: int, lost: bool) -> None:
    said = part(player, (1, 5_000), walk, alone=False)
    assert (said["lost"], said["missed"]) == (lost, [])


def test_used_up_quiz_is_not_failed_while_another_part_helps(player: Player) -> None:
    said = part(player, (2, 7_000), 0, alone=False, attempts=0)
    assert (said["heading"], said["todo"]) == ("not_passed", ["visitor"])


@pytest.mark.parametrize("attempts", [1, 2])
def test_earlier_tries_are_missed_only_after_further_ones(player: Player, attempts: int) -> None:
    quiz = {"attempts": attempts, "best": 5_000, "open": False, "answers": {}}
    state = pairs({"quizzes": {"quiz": quiz}, "checks": {"chk1": CHECK}})
    assert player("triedAgain", state) == (attempts > 1)
