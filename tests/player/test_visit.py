"""A visit: who needs what saves asks the visit, which alone makes and drops it."""

import pytest

from tests.player.conftest import Player

ASKED = ["save", "flush", "confirmed", "close"]


def test_without_recording_nothing_is_saved_and_nothing_is_called_saved(player: Player) -> None:
    found = player("visitOf", [["saving", name] for name in ASKED])
    assert found == {"calls": [], "gave": [None, None, "failed", None], "recorded": False}


def test_a_visit_that_has_begun_saves(player: Player) -> None:
    found = player("visitOf", [["begin"], *(["saving", name] for name in ASKED)])
    assert found["calls"] == [[1, name] for name in ASKED]
    assert found["gave"][1:] == [None, True, "saved", True]
    assert found["recorded"]


@pytest.mark.parametrize("how", ["close", "stop"])
def test_a_visit_that_has_ended_is_not_written_any_more(player: Player, how: str) -> None:
    found = player("visitOf", [["begin"], ["end", how], *(["saving", name] for name in ASKED)])
    assert found["calls"] == [[1, how]]
    assert found["gave"][2:] == [None, None, "failed", None]
    assert not found["recorded"]


def test_the_lms_that_is_gone_is_let_go_before_another_one_is_looked_for(player: Player) -> None:
    found = player("visitOf", [["begin"], ["renew"], ["saving", "save"]])
    assert found["calls"] == [[1, "stop"], "another LMS"]
    assert not found["recorded"]


def test_with_another_lms_a_visit_starts_again(player: Player) -> None:
    found = player("visitOf", [["begin"], ["renew"], ["begin"], ["saving", "save"]])
    assert found["calls"] == [[1, "stop"], "another LMS", [2, "save"]]
    assert found["recorded"]
