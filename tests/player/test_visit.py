"""A visit: who needs what saves asks the visit, which alone makes and drops it."""

import pytest

from tests.player.conftest import Player

ASKED = ["save", "flush", "confirmed", "close"]


def test_visit_without_recording_saves_nothing_and_reports_failure(player: Player) -> None:
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


def test_lost_lms_is_released_before_searching_another(player: Player) -> None:
    found = player("visitOf", [["begin"], ["renew"], ["saving", "save"]])
    assert found["calls"] == [[1, "stop"], "another LMS"]
    assert not found["recorded"]


def test_with_another_lms_a_visit_starts_again(player: Player) -> None:
    found = player("visitOf", [["begin"], ["renew"], ["begin"], ["saving", "save"]])
    assert found["calls"] == [[1, "stop"], "another LMS", [2, "save"]]
    assert found["recorded"]
