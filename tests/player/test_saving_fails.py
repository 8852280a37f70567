"""Commits that fail or are lost, and lines that are down: what was done is made good."""

from typing import Any

import pytest

from tests.player.answers import ANSWER
from tests.player.conftest import Player
from tests.player.saving import QUIZ_PASSED, VISIT, visit, writes


def test_single_failed_commit_is_repaired_without_alarm(player: Player) -> None:
    result = visit(player, VISIT, commits=[False])
    assert [outcome for _, outcome in result["told"]] == ["saving", "saved"]


def test_lasting_failure_is_reported_and_state_retried(
    player: Player,
) -> None:
    result = visit(player, VISIT, commits=[False, False, False], until=40_000)
    assert result["told"] == [[0, "saving"], [1000, "failed"], [23_000, "saved"]]
    texts = writes(result, "cmi.suspend_data")
    assert len(texts) == len(set(texts)) == 6
    assert set(writes(result, "cmi.core.lesson_status")) == {"incomplete"}


# What becomes of the commits from the one with the pass on, and what is found of the line.
LOST: list[dict[str, list[Any]]] = [
    {"commits": [False]},
    {"commits": [False, False, False]},
    {"commits": ["kept", "kept"]},
    {"commits": ["lost"], "lines": ["down"]},
    {"commits": ["lost", "lost"], "lines": ["unknown", "unknown"]},
    {"commits": [False, True, False]},
    {"commits": [False, True, True, False]},
    {"commits": ["lost", True, "lost"], "lines": ["unknown", "up", "unknown"]},
    {"refused": ["cmi.core.lesson_status"]},
    {"refused": ["cmi.core.score.raw"]},
]


@pytest.mark.parametrize("fault", LOST, ids=str)
def test_a_pass_lost_on_the_way_reaches_the_lms(
    player: Player, fault: dict[str, list[Any]]
) -> None:
    given: dict[str, Any] = {
        "commits": [True, True, *fault.get("commits", [])],
        "lines": ["up", "up", *fault.get("lines", [])],
    }
    if "refused" in fault:
        # The first incomplete is taken; the pass is what is refused.
        given |= {"refused": fault["refused"], "launch": {"status": "incomplete"}}
    result = visit(player, VISIT, *QUIZ_PASSED, until=90_000, **given)
    assert result["told"][-1][1] == "saved"
    assert result["stored"]["cmi.core.lesson_status"] == "passed"
    assert result["stored"]["cmi.core.score.raw"] == 90
    assert result["reported"] == {"status": "passed", "score": 9000}
    # Nothing is said to be saved while a lower status stands in for the right one.
    for at in [at for at, outcome in result["told"] if outcome == "saved" and at >= 4000]:
        before = {"log": [entry for entry in result["log"] if entry[0] <= at]}
        assert writes(before, "cmi.core.lesson_status")[-1] == "passed"


@pytest.mark.parametrize("failed", [1, 3])
def test_location_reaches_lms_that_ignores_unchanged_values(player: Player, failed: int) -> None:
    result = visit(
        player, VISIT, [2000, "visit", "quiz"], commits=[True, *[False] * failed], until=30_000
    )
    assert result["stored"]["cmi.core.lesson_location"] == "quiz"
    assert writes(result, "cmi.core.lesson_location")[-2:] == ["", "quiz"]
    assert result["told"][-1][1] == "saved"


def test_without_a_failure_no_lower_status_is_ever_written(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, [6000, "visit", "pag1"], [8000, "close"])
    assert writes(result, "cmi.core.lesson_status") == ["incomplete", "passed"]
    assert writes(result, "cmi.core.score.raw") == ["90"]


def test_a_pass_confirmed_before_a_failure_is_not_written_again(player: Player) -> None:
    events = [VISIT, *QUIZ_PASSED, [6000, "visit", "pag1"]]
    result = visit(player, *events, commits=[True, True, True, False], until=60_000)
    assert writes(result, "cmi.core.lesson_status") == ["incomplete", "passed"]


def test_a_pass_made_good_is_left_alone_by_later_failures(player: Player) -> None:
    events = [VISIT, *QUIZ_PASSED, [20_000, "visit", "pag1"]]
    commits = [True, True, False, True, True, True, False]
    result = visit(player, *events, commits=commits, until=60_000)
    late = [entry[1] for entry in result["log"] if entry[0] >= 20_000]
    assert late.count("commit") > 2
    assert "cmi.core.lesson_status" not in late
    assert "cmi.core.score.raw" not in late


def test_lower_status_is_written_only_over_working_connection(
    player: Player,
) -> None:
    commits = [True, True, False, True, False, False, True, True, True]
    result = visit(player, VISIT, *QUIZ_PASSED, commits=commits, until=60_000)
    assert writes(result, "cmi.core.lesson_status")[1:] == [
        "passed",  # refused
        "passed",  # the line works again
        "incomplete",  # refused
        "passed",  # refused
        "passed",  # the line works again
        "incomplete",
        "passed",
    ]


def test_unknown_connection_never_lowers_the_status(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, lines=["unknown"] * 20, until=200_000)
    assert set(writes(result, "cmi.core.lesson_status")) == {"incomplete", "passed"}
    order = writes(result, "cmi.core.lesson_status")
    assert order == sorted(order)
    assert result["told"][-1][1] == "unconfirmed"
    assert result["reported"] == {"status": "", "score": None}


@pytest.mark.parametrize("at", range(4000, 8000, 250))
@pytest.mark.parametrize("last", ["flush", "close"])
def test_leaving_during_repair_leaves_the_right_status(player: Player, at: int, last: str) -> None:
    events = [VISIT, *QUIZ_PASSED, [at, last]]
    for outcome in ("kept", False):
        result = visit(player, *events, commits=[True, True, outcome], until=at)
        assert writes(result, "cmi.core.lesson_status")[-1] == "passed"
        if outcome == "kept":
            assert result["stored"]["cmi.core.lesson_status"] == "passed"
            assert result["stored"]["cmi.core.score.raw"] == 90


def test_lms_saving_each_value_never_gets_lower_status(player: Player) -> None:
    result = visit(
        player, VISIT, *QUIZ_PASSED, canFinish=False, lines=["up", "up", "down"], until=60_000
    )
    assert writes(result, "cmi.core.lesson_status") == ["incomplete", "passed", "passed"]
    assert writes(result, "cmi.core.score.raw") == ["90", "90"]
    assert result["reported"]["status"] == "passed"


def test_typed_text_shows_saving_until_stored(player: Player) -> None:
    typing = [[at, "type"] for at in range(2000, 3000, 100)]
    result = visit(player, VISIT, *typing, [4000, "visit", "quiz"])
    assert result["told"] == [[0, "saving"], [0, "saved"], [2000, "saving"], [4000, "saved"]]


def test_change_during_a_save_still_shows_saving(player: Player) -> None:
    events = [VISIT, [4000, "visit", "quiz"], [4000, "type"]]
    result = visit(player, *events, canFinish=False, until=20_000)
    assert result["told"][-1][1] == "saving"


def test_exit_waits_for_the_lms_to_confirm(player: Player) -> None:
    def answered(until: int = 20_000, **given: Any) -> list[list[Any]]:
        result = visit(player, VISIT, [5000, "exit"], until=until, **given)
        return [entry for entry in result["log"] if entry[1] == "exit"]

    assert answered() == [[5000, "exit", "saved"]]
    assert answered(lines=["up", "unknown"]) == [[5000, "exit", "unconfirmed"]]
    # A first failure is tried again after a second.
    assert answered(lines=["up", "down"]) == [[7000, "exit", "saved"]]
    assert answered(lines=["up", "down", "down"]) == [[6000, "exit", "failed"]]
    assert answered(commits=[True, False]) == [[7000, "exit", "saved"]]
    assert answered(commits=[True, False, False]) == [[6000, "exit", "failed"]]
    assert answered(lines=["up", "down", "hangs"]) == [[14_000, "exit", "unconfirmed"]]
    assert answered(commits=[None, None]) == [[5000, "exit", "unconfirmed"]]
    assert answered(lines=["up", "hangs"]) == [[14_000, "exit", "unconfirmed"]]
    waiting = visit(player, VISIT, [5000, "exit"], lines=["up", "hangs"])
    assert waiting["told"][-1] == [5000, "saving"]


def test_waiting_ends_when_the_visit_is_closed(player: Player) -> None:
    result = visit(player, VISIT, [5000, "close"], [6000, "exit"])
    assert result["log"][-1] == [6000, "exit", "failed"]
    result = visit(player, VISIT, [5000, "exit"], [6000, "close"], lines=["up", "hangs"])
    assert result["log"][-1] == [6000, "exit", "failed"]


def test_exit_waits_for_values_written_singly(player: Player) -> None:
    events = [VISIT, *QUIZ_PASSED, [4100, "exit"]]
    result = visit(player, *events, canFinish=False, until=20_000)
    [exit_at] = [at for at, entry in enumerate(result["log"]) if entry[1] == "exit"]
    assert result["log"][exit_at][2] == "saved"
    before = [entry[1:] for entry in result["log"][:exit_at]]
    assert ["cmi.core.lesson_status", "passed"] in before
    assert result["log"][exit_at][0] < 4100 + 9000


def test_hidden_page_still_delivers_values_written_singly(player: Player) -> None:
    result = visit(player, VISIT, [300, "flush"], canFinish=False, until=20_000)
    assert result["stored"]["cmi.core.lesson_status"] == "incomplete"
    assert result["told"][-1][1] == "saved"


def test_true_on_a_dead_line_is_not_saved(player: Player) -> None:
    result = visit(player, VISIT, lines=["down", "down", "up", "up"], until=40_000)
    assert [outcome for _, outcome in result["told"]] == ["saving", "failed", "saved"]


def test_save_without_evidence_is_sent_but_unconfirmed(player: Player) -> None:
    result = visit(player, VISIT, [2000, "visit", "quiz"], lines=["reached"] * 9, until=30_000)
    outcomes = [outcome for _, outcome in result["told"]]
    assert outcomes == ["saving", "unconfirmed", "saving", "unconfirmed"]
    # Nothing is written again: it may well be there.
    assert len([entry for entry in result["log"] if entry[1] == "commit"]) == 2


def test_a_slow_answer_makes_sent_saved(player: Player) -> None:
    result = visit(player, VISIT, lines=[["reached", 6000, "up"]], until=30_000)
    assert result["told"] == [[0, "saving"], [0, "unconfirmed"], [6000, "saved"]]
    assert len([entry for entry in result["log"] if entry[1] == "commit"]) == 1


def test_a_slow_failure_is_sent_again(player: Player) -> None:
    result = visit(player, VISIT, lines=[["reached", 6000, "down"], "up", "up"], until=30_000)
    assert [outcome for _, outcome in result["told"]] == [
        "saving",
        "unconfirmed",
        "saving",
        "saved",
    ]


def test_after_slow_failure_saving_must_be_observed(player: Player) -> None:
    lines = [["reached", 6000, "down"], *["reached"] * 90]
    result = visit(player, VISIT, lines=lines, until=60_000)
    assert [outcome for _, outcome in result["told"]][-1] == "failed"
    assert "saved" not in [outcome for _, outcome in result["told"]]


def test_slow_reply_does_not_confirm_later_values(player: Player) -> None:
    lines = [["reached", 6000, "up"], *["reached"] * 9]
    result = visit(player, VISIT, [2000, "visit", "quiz"], lines=lines, until=30_000)
    assert [outcome for _, outcome in result["told"]][-1] == "unconfirmed"


def test_answer_without_observed_arrival_is_written_again(player: Player) -> None:
    answer, lines = [2000, "answer", ANSWER], ["up", "reached", "up", "up"]
    result = visit(player, VISIT, answer, lines=lines, until=60_000)
    assert [outcome for _, outcome in result["told"]][-2:] == ["unconfirmed", "saved"]
    ids = [entry[1] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == ["cmi.interactions.0.id", "cmi.interactions.1.id"]


def test_lms_seen_failing_must_be_seen_saving(player: Player) -> None:
    lines = ["up", "down", *["reached"] * 90]
    steps = [VISIT, [2000, "visit", "quiz"], [20_000, "exit"]]
    result = visit(player, *steps, lines=lines, until=40_000)
    assert (result["told"][-1][1], result["log"][-1][2]) == ("failed", "failed")
    result = visit(player, *steps, lines=["up", "down"], until=40_000)
    assert (result["told"][-1][1], result["log"][-1][2]) == ("saved", "saved")


def test_true_with_an_unknown_line_is_sent_but_not_confirmed(player: Player) -> None:
    result = visit(player, VISIT, lines=["unknown"], until=0)
    assert result["told"] == [[0, "saving"], [0, "unconfirmed"]]


def test_answers_lost_in_a_failed_commit_are_appended_again(player: Player) -> None:
    result = visit(player, [0, "answer", ANSWER], commits=[False])
    ids = [entry[1] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == ["cmi.interactions.0.id", "cmi.interactions.1.id"]


def test_leaving_writes_all_and_closes_once(player: Player) -> None:
    result = visit(player, VISIT, [100, "visit", "quiz"], [200, "close"], [300, "close"])
    assert [entry[1] for entry in result["log"] if entry[0] >= 200] == [
        "cmi.suspend_data",
        "cmi.core.lesson_location",
        "cmi.core.session_time",
        "commit",
        "finish",
    ]


@pytest.mark.parametrize("credit", [True, False])
def test_visit_without_stored_status_is_not_finished(player: Player, credit: bool) -> None:
    """Such a visit would become completed: ILIAS, Moodle, and SCORM 1.2 asks it of every LMS."""
    launch = {"status": "not attempted", "credit": credit}
    refused = ["cmi.core.lesson_status"] * 3
    events = [VISIT, [0, "answer", ANSWER], [2000, "close"], [3000, "close"]]
    result = visit(player, *events, launch=launch, refused=refused)
    assert [entry[1:] for entry in result["log"] if entry[0] >= 2000][-2:] == [
        ["cmi.core.lesson_status", "incomplete"],
        ["commit"],
    ]
    assert result["stored"]["cmi.interactions.0.id"] == "definition--cse-form-abuse"
    taken = visit(player, *events, launch=launch, refused=refused[1:])
    assert taken["log"][-1] == [2000, "finish"]


@pytest.mark.parametrize(
    "launch", [{"status": "incomplete"}, {"status": "passed"}, {"status": "", "credit": False}]
)
def test_visit_with_stored_status_is_finished(player: Player, launch: dict[str, Any]) -> None:
    """Also where it keeps none of a visit without credit."""
    result = visit(player, VISIT, [100, "close"], launch=launch)
    assert result["log"][-1] == [100, "finish"]


COMMITS = [False] * 99


def tries(result: dict[str, Any]) -> list[int]:
    return [entry[0] for entry in result["log"] if entry[1] == "commit"]


def test_page_in_view_saves_within_30_seconds_of_recovery(player: Player) -> None:
    result = visit(player, VISIT, commits=COMMITS, until=300_000)
    first = [0, 1000, 6000, 21_000]
    assert tries(result) == [*first, *range(51_000, 300_000, 30_000)]


def test_hidden_page_retries_less_and_less_often(player: Player) -> None:
    result = visit(player, VISIT, commits=COMMITS, hidden=True, until=600_000)
    assert tries(result) == [0, 1000, 6000, 21_000, 51_000, 111_000, 231_000, 531_000]


def test_line_never_proved_is_not_retried_every_30_seconds(player: Player) -> None:
    result = visit(player, VISIT, lines=["unknown"] * 99, until=300_000)
    assert len(tries(result)) == 7


def test_answer_during_retry_delay_is_saved_at_once(player: Player) -> None:
    events = [VISIT, [8000, "visit", "quiz"]]
    result = visit(player, *events, commits=[False, False, False], until=8000)
    assert [entry[0] for entry in result["log"] if entry[1] == "commit"] == [0, 1000, 6000, 8000]
