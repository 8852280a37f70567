"""LMSs lack functions, throw and answer in other types: nothing of it stops the course."""

from typing import Any

from tests.player.conftest import Player

WHOLE = {
    "LMSInitialize": "true",
    "LMSFinish": "true",
    "LMSGetValue": "x",
    "LMSSetValue": "true",
    "LMSCommit": "true",
    "LMSGetLastError": "0",
    "LMSGetErrorString": "",
}


def run(player: Player, answers: dict[str, Any] | None, *calls: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = player("session", {"answers": answers, "calls": list(calls)})
    return result


def test_a_visit_is_opened_once_and_closed_once(player: Player) -> None:
    calls = [["initialise"], ["initialise"], ["set", "a", "1"], ["commit"], ["finish"], ["finish"]]
    result = run(player, WHOLE, *calls)
    assert result["got"] == [
        ["LMSInitialize", ""],
        ["LMSSetValue", "a", "1"],
        ["LMSCommit", ""],
        ["LMSFinish", ""],
    ]


def test_nothing_is_called_after_the_visit(player: Player) -> None:
    calls = [
        ["initialise"],
        ["finish"],
        ["set", "a", "1"],
        ["get", "a"],
        ["commit"],
        ["initialise"],
    ]
    result = run(player, WHOLE, *calls)
    assert result["results"] == [True, True, False, "", False, False]
    assert len(result["got"]) == 2


def test_nothing_is_called_before_it(player: Player) -> None:
    result = run(player, WHOLE, ["get", "a"], ["set", "a", "1"], ["commit"], ["finish"])
    assert result["got"] == []


def test_only_text_is_sent_and_other_types_are_understood(player: Player) -> None:
    answers = WHOLE | {"LMSInitialize": True, "LMSGetValue": 80, "LMSSetValue": True}
    result = run(player, answers, ["initialise"], ["get", "a"], ["set", "a", 5])
    assert result["results"] == [True, "80", True]
    assert result["got"][-1] == ["LMSSetValue", "a", "5"]


def test_no_value_is_no_text(player: Player) -> None:
    result = run(player, WHOLE | {"LMSGetValue": None}, ["initialise"], ["get", "a"])
    assert result["results"][1] == ""


def test_lms_that_throws_is_treated_as_refusing(player: Player) -> None:
    answers = WHOLE | {"LMSSetValue": "throws", "LMSGetValue": "throws", "LMSFinish": "throws"}
    result = run(player, answers, ["initialise"], ["set", "a", "1"], ["get", "a"], ["finish"])
    assert result["results"] == [True, False, "", False]
    assert result["state"] == "finished"
    assert result["logged"][0] == "LMSSetValue(a) threw TypeError: LMS"


def test_a_commit_that_throws_is_refused_and_not_missing(player: Player) -> None:
    result = run(player, WHOLE | {"LMSCommit": "throws"}, ["initialise"], ["commit"])
    assert result["results"] == [True, False]


def test_unreadable_value_is_distinguished_from_empty_value(player: Player) -> None:
    calls = [["initialise"], ["read", "a"]]

    def read(value: str, code: str) -> Any:
        answers = WHOLE | {"LMSGetValue": value, "LMSGetLastError": code}
        return run(player, answers, *calls)["results"][1]

    assert read("x", "0") == "x"
    assert read("", "0") == read("", "") == ""
    assert read("", "403") == ""
    assert read("", "101") is None
    assert read("throws", "0") is None
    assert run(player, {"LMSInitialize": "true"}, *calls)["results"][1] == ""


def test_a_refusal_is_logged_with_its_code(player: Player) -> None:
    answers = WHOLE | {"LMSSetValue": "false", "LMSGetLastError": "405", "LMSGetErrorString": "No"}
    result = run(player, answers, ["initialise"], ["set", "a", "1"])
    assert result["results"][1] is False
    assert result["logged"] == ["LMSSetValue(a) gave false: 405 No"]


def test_missing_functions(player: Player) -> None:
    result = run(
        player, {"LMSInitialize": "true"}, ["initialise"], ["commit"], ["canFinish", "property"]
    )
    assert result["results"] == [True, None, False]


def test_without_an_lms(player: Player) -> None:
    result = run(player, None, ["found", "property"], ["initialise"], ["get", "a"], ["finish"])
    assert result["results"] == [False, False, "", False]


def test_a_refused_visit_is_not_one(player: Player) -> None:
    result = run(player, WHOLE | {"LMSInitialize": "false"}, ["initialise"], ["set", "a", "1"])
    assert result["results"] == [False, False]
    assert result["state"] == "closed"


def test_a_visit_that_an_earlier_load_has_opened_goes_on(player: Player) -> None:
    answers = WHOLE | {"LMSInitialize": ["true", "false", "false"], "LMSGetLastError": "101"}
    calls = [["initialise"], ["reload"], ["initialise"], ["set", "a", "1"], ["finish"]]
    result = run(player, answers, *calls)
    assert result["results"] == [True, None, True, True, True]
    # After LMSFinish there is no visit that could go on.
    again = run(player, answers, *calls, ["reload"], ["initialise"])
    assert again["results"][-1] is False
    assert again["state"] == "closed"


def test_where_the_lms_is_found(player: Player) -> None:
    assert player("find", {"API": "own"}) == "own"
    assert player("find", {"parent": {"parent": {"API": "far"}}}) == "far"
    assert player("find", {"opener": {"parent": {"API": "opener's"}}}) == "opener's"
    assert player("find", {"top": {"opener": {"API": "top's"}}}) == "top's"
    assert player("find", {"parent": {"API": "near"}, "opener": {"API": "other"}}) == "near"
    assert player("find", {}) is None


def test_windows_of_other_origins_are_passed_over(player: Player) -> None:
    assert player("find", {"parent": {"throws": True}}) is None
    assert player("find", {"parent": {"throws": True}, "opener": {"API": "found"}}) == "found"


def test_five_hundred_parents_are_searched(player: Player) -> None:
    assert player("deepParents", 500) == "far"
    assert player("deepParents", 501) is None


def test_missing_lms_values_mean_normal_mode(player: Player) -> None:
    launch = player("readLaunch", {}, "running")
    assert launch["recording"] is True
    assert launch["credit"] is True
    assert launch["notice"] is None


def test_looking_back_is_not_recorded(player: Player) -> None:
    for mode in ("review", "browse"):
        values = {"cmi.core.lesson_mode": mode}
        launch = player("readLaunch", values, "running")
        assert (launch["recording"], launch["notice"]) == (False, "looking_back")
    assert player("readLaunch", {}, "closed")["recording"] is False


def test_unreadable_state_is_not_overwritten(player: Player) -> None:
    launch = player("readLaunch", {"cmi.suspend_data": None}, "running")
    assert (launch["recording"], launch["state"]) == (False, None)


def test_server_counts_as_reached_if_it_answers_after_commit(player: Player) -> None:
    assert player("line", ["ok", "ok"]) == {"found": ["reached", "reached"], "asked": 2}
    assert player("line", ["fails", "ok"]) == {"found": ["unknown", "reached"], "asked": 2}
    assert player("line", ["throws", "ok"]) == {"found": ["unknown", "reached"], "asked": 2}
    assert player("line", ["broken", "ok"]) == {"found": ["down", "reached"], "asked": 2}


def test_connection_observed_via_lms_needs_no_own_request(player: Player) -> None:
    assert player("line", ["ok"], "up") == {"found": ["up"], "asked": 0}
    assert player("line", ["ok"], "down") == {"found": ["down"], "asked": 0}


def test_a_server_that_never_answers_times_out(player: Player) -> None:
    assert player("line", ["hangs"])["found"] == ["unknown"]


def test_no_credit(player: Player) -> None:
    launch = player("readLaunch", {"cmi.core.credit": "no-credit"}, "running")
    assert (launch["credit"], launch["notice"]) == (False, "no_credit")


def test_whose_visit_it_is(player: Player) -> None:
    values = {"cmi.core.student_id": "7", "cmi.core.student_name": "Cohen, Dana"}
    launch = player("readLaunch", values, "running")
    assert (launch["id"], launch["learner"]) == ("7", "Cohen, Dana")


def test_different_kind_of_reply_proves_nothing(player: Player) -> None:
    for other in ("login", "gone"):
        found = player("line", ["ok", other, "ok"])["found"]
        assert found == ["reached", "unknown", "reached"]
    assert player("line", ["gone", "gone"])["found"] == ["reached", "reached"]


def test_popup_opener_is_watched_only_if_it_provides_api(player: Player) -> None:
    # As the Open edX XBlock puts its API onto the pop-up that it opens.
    assert player("windowsFrom", True) == ["popup", "opener", "lms"]
    assert player("windowsFrom", False) == ["popup"]
