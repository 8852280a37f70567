"""The state is read back, because an LMS may keep only its start and confirm it all the same."""

from typing import Any

import pytest

from tests.player.conftest import Player
from tests.player.saving import VISIT, visit, writes

STATE = "cmi.suspend_data"
LONGER = [2000, "quiz", "quiz", {"attempts": 1, "best": 9000, "open": False, "answers": []}]
"""What makes the state longer than it was before."""


def outcomes(result: dict[str, Any]) -> list[str]:
    return [outcome for _, outcome in result["told"]]


@pytest.mark.parametrize("returned", ["start", "nothing"])
def test_a_state_that_was_cut_is_not_saved(player: Player, returned: str) -> None:
    result = visit(player, VISIT, returned=[returned] * 3, until=60_000)
    assert outcomes(result) == ["saving", "failed", "saved"]
    # Each time with another save counter.
    assert len(set(writes(result, STATE))) == len(writes(result, STATE)) == 4


@pytest.mark.parametrize("returned", ["other", "longer", "refused"])
def test_another_difference_proves_nothing(player: Player, returned: str) -> None:
    result = visit(player, VISIT, returned=[returned] * 9, until=60_000)
    assert outcomes(result) == ["saving", "saved"]
    assert len(result["reads"]) == 1


def test_only_a_state_longer_than_any_before_is_read(player: Player) -> None:
    events = [VISIT, LONGER, [4000, "visit", "pag1"], [6000, "visit", "quiz"]]
    result = visit(player, *events, until=9000)
    texts = writes(result, STATE)
    longest = [len(text) > max(map(len, texts[:at]), default=0) for at, text in enumerate(texts)]
    assert longest == [True, True, False, True]
    assert result["reads"] == [0, 2000, 6000]


def test_a_cut_is_found_once_the_state_has_grown(player: Player) -> None:
    result = visit(player, VISIT, LONGER, returned=["whole", *["start"] * 9], until=30_000)
    assert outcomes(result)[-1] == "failed"


def test_the_result_counts_although_the_state_was_cut(player: Player) -> None:
    result = visit(player, VISIT, LONGER, [3000, "visit", "quiz"], returned=["start"] * 99)
    assert result["told"][-1][1] == "failed"
    assert result["reported"] == {"status": "passed", "score": 9000}


def test_an_lms_that_answers_slowly_is_not_read(player: Player) -> None:
    result = visit(player, VISIT, returned=["start"] * 9, readMs=301)
    assert (outcomes(result), result["reads"]) == (["saving", "saved"], [])


def test_nothing_is_read_until_the_lms_has_answered(player: Player) -> None:
    result = visit(player, VISIT, lines=["down", "unknown"], returned=["start"] * 9, until=900)
    assert result["reads"] == []
    # An LMS that saves each value by itself may still be storing it.
    result = visit(player, VISIT, lines=["reached"] * 9, canFinish=False, returned=["nothing"] * 9)
    assert result["reads"] == []


@pytest.mark.parametrize("last", ["flush", "close"])
def test_a_page_that_goes_away_reads_nothing(player: Player, last: str) -> None:
    result = visit(player, [0, "type"], [100, last], until=900)
    assert len(writes(result, STATE)) == 1
    assert result["reads"] == []
