"""What is seen of the LMS's own requests decides whether a save is called saved."""

from typing import Any

import pytest

from tests.player.conftest import Player

SAVE = "/mod/scorm/datamodel.php?a=1"
SYNC = {"since": 100, "given": 110, "until": 150}
"""A batch whose LMSCommit waited for the answer."""
LATER = {"since": 100, "given": 110, "until": 111}
"""A batch whose LMSCommit did not."""
PATIENCE = 4000


def seen(player: Player, deliveries: list[Any], *requests: list[Any], **given: Any) -> list[Any]:
    found = player("evidence", {"deliveries": deliveries, "requests": [*requests], **given})
    return [line for line, _ in found]


@pytest.mark.parametrize(
    ("status", "line"), [(200, "up"), (204, "up"), (None, "up"), (0, "down"), (503, "down")]
)
def test_a_request_that_the_lms_waited_for(player: Player, status: int, line: str) -> None:
    request = [SAVE, "xmlhttprequest", 112, 148, status]
    assert seen(player, [SYNC], request) == [line]


def test_one_that_failed_before_a_fallback(player: Player) -> None:
    """Moodle sends a beacon then, of which nothing is seen in Chromium and all in Firefox."""
    failed = [SAVE, "xmlhttprequest", 112, 148, 0]
    assert seen(player, [SYNC], failed, [SAVE, "beacon", 149, 180, 200]) == ["down"]


@pytest.mark.parametrize(
    "request_",
    [
        [SAVE, "xmlhttprequest", 20, 40, 200],
        [SAVE, "img", 112, 148, 200],
        ["/course/index.html", "fetch", 112, 148, 200],
        ["http://elsewhere.test/save", "xmlhttprequest", 112, 148, 0],
    ],
    ids=["before", "a picture", "our own", "of another site"],
)
def test_others_prove_nothing(player: Player, request_: list[Any]) -> None:
    assert seen(player, [SYNC], request_) == [""]


def test_a_redirect_may_lead_to_a_login(player: Player) -> None:
    assert seen(player, [SYNC], [SAVE, "xmlhttprequest", 112, 148, 200, True]) == ["down"]


def test_clocks_of_windows_differ(player: Player) -> None:
    request = [SAVE, "xmlhttprequest", 112 - 70, 148 - 70, 200]
    assert seen(player, [SYNC], request, behind=70) == ["up"]


@pytest.mark.parametrize("pauses", [[0, 40], [0, 0, 40], [0, 40, 0, 0, 0, 9, 0, 2, 0, 0.1, 0.1]])
def test_a_device_that_pauses_while_clocks_are_compared(player: Player, pauses: list[int]) -> None:
    request = [SAVE, "xmlhttprequest", 112 - 70, 148 - 70, 200]
    assert seen(player, [SYNC], request, behind=70, pauses=pauses) == ["up"]
    late = [SAVE, "xmlhttprequest", 99 - 70, 148 - 70, 200]
    assert seen(player, [SYNC], late, behind=70, pauses=pauses) == [""]


def test_in_the_background_the_last_values_have_to_go(player: Player) -> None:
    first = [SAVE, "fetch", 101, 140, 200]
    assert seen(player, [LATER], first) == [""]
    assert seen(player, [LATER], first, [SAVE, "fetch", 141, 180, 200]) == ["up"]
    assert seen(player, [LATER], first, [SAVE, "fetch", 141, 180, 503]) == ["down"]
    assert seen(player, [LATER], [SAVE, "fetch", 110.5, 180, 200]) == ["up"]
    assert seen(player, [LATER], [SAVE, "fetch", 101, 140, 0]) == ["down"]


def test_a_busy_device_may_answer_early_values_before_the_last(player: Player) -> None:
    """The SCORM XBlock of Open edX sends the first value at once, and the rest after its answer."""
    slow = {"since": 100, "given": 140, "until": 150}
    first = [SAVE, "xmlhttprequest", 101, 139, 200]
    assert seen(player, [slow], first) == [""]
    assert seen(player, [slow], first, [SAVE, "xmlhttprequest", 151, 180, 200]) == ["up"]
    assert seen(player, [slow], first, [SAVE, "xmlhttprequest", 141, 149, 200]) == ["up"]


def test_other_background_requests_are_distinguished(player: Player) -> None:
    first, alive = [SAVE, "fetch", 101, 140, 200], ["/alive", "fetch", 190, 199, 200]
    assert seen(player, [LATER], first, alive) == [""]
    assert seen(player, [LATER], [SAVE, "fetch", 101, 140, 200], [*alive[:4], 0]) == [""]


def test_where_each_value_goes_by_itself_each_is_answered(player: Player) -> None:
    three = {**LATER, "sent": [["a", "1"], ["b", "2"], ["c", "3"]], "refused": []}
    requests = [[SAVE, "fetch", 100 + n, 140 + n, 200] for n in range(3)]
    assert seen(player, [three], *requests, each=True) == ["up"]
    assert seen(player, [three], *requests[:2], each=True) == [""]
    assert seen(player, [three], *requests[:2], [SAVE, "fetch", 103, 140, 0], each=True) == ["down"]
    one_refused = {**three, "refused": [["b", "2"]]}
    assert seen(player, [one_refused], *requests[:2], each=True) == ["up"]


def test_answers_are_waited_for_as_long_as_any_come(player: Player) -> None:
    given = {"deliveries": [LATER], "late": [[SAVE, "fetch", 112, 900, 200]]}
    assert player("evidence", given) == [["up", 1000]]
    nothing = player("evidence", {"deliveries": [SYNC] * 4})
    assert nothing == [["", PATIENCE], ["", PATIENCE], ["", 0], ["", 0]]


def test_an_answer_that_comes_too_late_is_still_heard(player: Player) -> None:
    slow = [SAVE, "fetch", 112, 9000, 200]
    given = {"deliveries": [LATER], "late": [slow], "lateness": 9000, "later": True}
    assert player("evidence", given) == [["", PATIENCE], ["up", 9000]]
    failed = {**given, "late": [[*slow[:4], 0]]}
    assert player("evidence", failed) == [["", PATIENCE], ["down", 9000]]
    # It came while the line was asked.
    assert player("evidence", {**given, "lateness": PATIENCE}) == [["up", PATIENCE]] * 2
    # Another request of the LMS's page proves nothing: soon after, or minutes later.
    other = {**given, "late": [["/alive", "fetch", 900, 9000, 200]]}
    assert player("evidence", other) == [["", PATIENCE]]
    other = {**given, "late": [["/alive", "fetch", 9000, 9010, 200]], "lateness": 9010}
    assert player("evidence", other) == [["", PATIENCE]]
