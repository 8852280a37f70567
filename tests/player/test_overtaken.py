"""Two windows: the one that goes on waits for the other, and writes its own values again."""

from typing import Any

import pytest

from tests.player.answers import ANSWER
from tests.player.conftest import Player
from tests.player.saving import QUIZ_PASSED, VISIT, visit


def commits(result: dict[str, Any]) -> list[int]:
    return [entry[0] for entry in result["log"] if entry[1] == "commit"]


def test_nothing_is_saved_while_the_other_window_may_write(player: Player) -> None:
    events = [[0, "hold", 300], VISIT, [1000, "hold", 3000], [1000, "visit", "quiz"]]
    assert commits(visit(player, *events)) == [300, 4000]
    # A batch that waits already waits for longer.
    assert commits(visit(player, VISIT, [500, "visit", "quiz"], [600, "hold", 3000])) == [0, 3600]


@pytest.mark.parametrize("last", ["flush", "close"])
def test_page_that_goes_away_does_not_wait(player: Player, last: str) -> None:
    result = visit(player, [0, "hold", 3000], VISIT, [100, last], until=100)
    assert commits(result) == [100]


@pytest.mark.parametrize("last", [[], [[4100, "close"]]], ids=["stays", "closes"])
@pytest.mark.parametrize(
    "lost",
    [
        ["cmi.interactions.0.id"],
        ["cmi.interactions.0.student_response", "cmi.suspend_data"],
        ["cmi.core.lesson_status", "cmi.core.score.raw"],
    ],
    ids=str,
)
def test_values_that_the_other_window_overwrote_are_restored(
    player: Player, lost: list[str], last: list[Any]
) -> None:
    events = [VISIT, [0, "answer", ANSWER], *QUIZ_PASSED]
    plain = visit(player, *events)["stored"]
    events += [[4050, "hold", 3000], [4050, "overtaken", 1, *lost], *last]
    result = visit(player, *events, until=12_000)
    assert result["stored"].keys() == plain.keys()
    for element in lost:
        assert element == "cmi.suspend_data" or result["stored"][element] == plain[element]
    ids = [entry[1] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == ["cmi.interactions.0.id"] * 2
    if not last:
        assert result["told"][-1] == [7050, "saved"]


def test_answers_come_behind_those_of_the_other_window(player: Player) -> None:
    events = [[0, "hold", 300], VISIT, [0, "answer", ANSWER], [100, "overtaken", 2]]
    result = visit(player, *events)
    ids = [entry[1] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == ["cmi.interactions.2.id"]
    assert result["state"]["interactions"] == 3
