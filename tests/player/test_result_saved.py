"""What the closing view says of where the result is."""

from typing import Any

import pytest

from tests.player.conftest import Player

LINK = {"known": True, "launch": {"credit": True, "status": "incomplete"}}


def key(player: Player, outcome: str, status: str = "passed", **given: Any) -> str:
    visit = {"link": LINK, "recorded": True} | given.pop("visit", {})
    state = {"status": status, "checks": {}, "quizzes": {}, "records": {}}
    asked = {"visit": visit, "state": state, "status": status, "outcome": outcome}
    found: str = player("savedKey", asked | {"settled": False} | given)
    return found


def test_result_that_the_lms_confirmed_is_called_stored(player: Player) -> None:
    assert key(player, "failed", settled=True) == "end_stored"
    assert key(player, "failed") == "end_unsent"
    # Something later is not confirmed.
    assert key(player, "unconfirmed", settled=True) == "end_sent"


def test_unconfirmed_result_is_not_waited_for_without_end(player: Player) -> None:
    assert key(player, "unconfirmed") == "end_unconfirmed"
    assert key(player, "unconfirmed", long=True) == "end_unconfirmed_long"


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("saved", "end_sent_open"),
        ("unconfirmed", "end_unconfirmed_open"),
        ("failed", "not_saved_notice"),
        ("saving", ""),
    ],
)
def test_unfinished_course_says_nothing_about_a_result(
    player: Player, outcome: str, words: str, settled: bool
) -> None:
    for long in (True, False):
        found = key(player, outcome, "incomplete", settled=settled, long=long)
        assert found == words


def test_visit_without_credit_says_nothing_about_a_result(player: Player) -> None:
    link = {"known": True, "launch": {"credit": False, "status": ""}}
    for outcome in ("saved", "unconfirmed", "failed", "off"):
        assert key(player, outcome, visit={"link": link}) == ""


def test_before_the_first_save_the_launch_values_decide(player: Player) -> None:
    for status, words in (("passed", "end_sent"), ("incomplete", "")):
        link = {"known": True, "launch": {"credit": True, "status": status}}
        assert key(player, "off", visit={"link": link}) == words
