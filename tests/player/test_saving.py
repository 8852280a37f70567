"""A visit as the LMS sees it: what is written, when, and what happens when saving fails."""

from typing import Any

from tests.player.conftest import Player
from tests.player.states import EMPTY, pairs
from tests.player.test_interactions import ANSWER
from tests.player.test_tracking import PAGE, QUIZ, TRACKING

OUTLINE = {"pages": [PAGE, QUIZ]}
PASSED = {"attempts": 1, "best": 9000, "open": False, "answers": []}
VISIT = [0, "visit", "pag1"]


def visit(player: Player, *events: list[Any], until: int = 9000, **given: Any) -> dict[str, Any]:
    course = {"outline": OUTLINE, "tracking": TRACKING, "launch": {}}
    result: dict[str, Any] = player("visit", course | given | {"events": events, "until": until})
    return result


def writes(result: dict[str, Any], element: str) -> list[str]:
    return [entry[2] for entry in result["log"] if entry[1] == element]


def saved(player: Player, **state: Any) -> str:
    text: str = player("encode", pairs(EMPTY | state))
    return text


def test_the_first_page(player: Player) -> None:
    result = visit(player, VISIT)
    assert result["log"] == [
        [0, "cmi.suspend_data", saved(player, saves=1, bookmark="pag1", visited=["pag1"])],
        [0, "cmi.core.lesson_location", "one"],
        [0, "cmi.core.exit", "suspend"],
        [0, "cmi.core.session_time", "0000:00:00.00"],
        [0, "cmi.core.lesson_status", "incomplete"],
        [0, "commit"],
    ]
    assert result["told"] == [[0, "saved"]]


def test_the_score_comes_before_the_status(player: Player) -> None:
    result = visit(player, VISIT, [2000, "visit", "quiz"], [4000, "quiz", "quiz", PASSED])
    last = [entry[1:] for entry in result["log"] if entry[0] == 4000]
    assert [entry[0] for entry in last] == [
        "cmi.suspend_data",
        "cmi.core.session_time",
        "cmi.core.score.min",
        "cmi.core.score.max",
        "cmi.core.score.raw",
        "cmi.core.lesson_status",
        "commit",
    ]
    assert writes(result, "cmi.core.score.raw") == ["90"]
    assert writes(result, "cmi.core.lesson_status") == ["incomplete", "passed"]


def test_time_runs_from_the_start_of_the_visit(player: Player) -> None:
    result = visit(player, VISIT, [65_000, "visit", "quiz"], until=65_000)
    assert writes(result, "cmi.core.session_time") == ["0000:00:00.00", "0000:01:05.00"]


def test_a_final_status_of_the_lms_is_not_lowered(player: Player) -> None:
    for status in ("passed", "completed", "failed"):
        result = visit(player, VISIT, launch={"status": status, "score": "70"})
        assert writes(result, "cmi.core.lesson_status") == []
        assert result["state"]["status"] == status


def test_a_higher_score_of_the_lms_is_not_lowered(player: Player) -> None:
    launch = {"status": "incomplete", "score": "95"}
    result = visit(player, VISIT, [2000, "quiz", "quiz", PASSED], launch=launch)
    assert writes(result, "cmi.core.score.raw") == ["95"]


def test_what_the_lms_lost_is_written_from_the_state(player: Player) -> None:
    state = saved(
        player,
        status="passed",
        visited=["pag1", "quiz"],
        quizzes={"quiz": PASSED | {"answers": {}}},
    )
    result = visit(player, VISIT, launch={"state": state})
    order = [entry[1] for entry in result["log"]]
    assert writes(result, "cmi.core.score.raw") == ["90"]
    assert writes(result, "cmi.core.lesson_status") == ["passed"]
    assert order.index("cmi.core.score.raw") < order.index("cmi.core.lesson_status")


def test_a_page_added_later_does_not_take_a_pass_away(player: Player) -> None:
    state = saved(player, status="passed", visited=["quiz"])
    launch = {"state": state, "status": "passed"}
    result = visit(player, [0, "visit", "quiz"], launch=launch)
    assert writes(result, "cmi.core.lesson_status") == []


def test_without_credit_the_state_is_kept_and_no_result_written(player: Player) -> None:
    result = visit(player, VISIT, [2000, "quiz", "quiz", PASSED], launch={"credit": False})
    assert len(writes(result, "cmi.suspend_data")) == 2
    assert writes(result, "cmi.core.lesson_status") == writes(result, "cmi.core.score.raw") == []


def test_pages_that_are_not_tracked_leave_only_the_bookmark(player: Player) -> None:
    result = visit(player, VISIT, tracking=TRACKING | {"pages": "none"})
    assert writes(result, "cmi.suspend_data") == [saved(player, saves=1, bookmark="pag1")]


def test_one_failed_commit_is_made_good_without_a_word_of_alarm(player: Player) -> None:
    result = visit(player, VISIT, commits=[False])
    assert [outcome for _, outcome in result["told"]] == ["retrying", "saved"]


def test_lasting_failure_is_told_and_the_state_sent_again_with_another_count(
    player: Player,
) -> None:
    result = visit(player, VISIT, commits=[False, False, False], until=40_000)
    assert [outcome for _, outcome in result["told"]] == ["retrying", "failed", "failed", "saved"]
    texts = writes(result, "cmi.suspend_data")
    assert len(texts) == len(set(texts)) == 5
    assert writes(result, "cmi.core.lesson_status") == ["incomplete"]


def test_true_on_a_dead_line_is_not_saved(player: Player) -> None:
    result = visit(player, VISIT, lines=["down", "down", "up", "up"], until=40_000)
    assert [outcome for _, outcome in result["told"]] == ["retrying", "failed", "saved"]


def test_true_with_an_unknown_line_is_sent_but_not_confirmed(player: Player) -> None:
    result = visit(player, VISIT, lines=["unknown"], until=0)
    assert result["told"] == [[0, "unconfirmed"]]


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


def test_answering_while_a_retry_waits_does_not_wait_for_it(player: Player) -> None:
    events = [VISIT, [8000, "visit", "quiz"]]
    result = visit(player, *events, commits=[False, False, False], until=8000)
    assert [entry[0] for entry in result["log"] if entry[1] == "commit"] == [0, 1000, 6000, 8000]
