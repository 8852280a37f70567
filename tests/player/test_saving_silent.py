"""An LMS that never says what it holds (Open edX), and one that saves each call by itself."""

import pytest

from tests.player.answers import ANSWER
from tests.player.conftest import Player
from tests.player.saving import PASSED, QUIZ_PASSED, VISIT, saved, visit

SILENT = {"interactions": ""}


def test_write_only_lms_gets_confirmed_results_only_once(
    player: Player,
) -> None:
    first = visit(player, VISIT, *QUIZ_PASSED, [9000, "close"], launch=SILENT)
    kept = first["stored"]["cmi.suspend_data"]
    again = visit(player, VISIT, launch=SILENT | {"state": kept, "location": "quiz"})
    assert [entry[1] for entry in again["log"]] == [
        "cmi.suspend_data",
        "cmi.core.lesson_location",
        "cmi.core.exit",
        "cmi.core.session_time",
        "commit",
    ]
    assert again["reported"] == {"status": "passed", "score": 9000}


def test_lost_score_is_rewritten_if_lms_returns_status(
    player: Player,
) -> None:
    first = visit(player, VISIT, *QUIZ_PASSED, [9000, "close"], launch=SILENT)
    kept = first["stored"]["cmi.suspend_data"]
    again = visit(player, VISIT, launch=SILENT | {"state": kept, "status": "passed"})
    assert again["stored"]["cmi.core.score.raw"] == 90


def test_unconfirmed_result_is_written_at_next_launch(player: Player) -> None:
    events = [VISIT, *QUIZ_PASSED, [4000, "close"]]
    lines = ["up", "up", "hangs"]
    first = visit(player, *events, launch=SILENT, lines=lines, until=4000)
    kept = first["stored"]["cmi.suspend_data"]
    again = visit(player, VISIT, launch=SILENT | {"state": kept})
    assert again["stored"]["cmi.core.lesson_status"] == "passed"
    assert again["stored"]["cmi.core.score.raw"] == 90


def test_answers_go_on_where_the_earlier_visit_ended(player: Player) -> None:
    first = visit(player, VISIT, [0, "answer", ANSWER], launch=SILENT)
    kept = first["stored"]["cmi.suspend_data"]
    assert player("decode", kept)["interactions"] == 1
    again = visit(player, VISIT, [0, "answer", ANSWER], launch=SILENT | {"state": kept})
    assert "cmi.interactions.1.id" in again["stored"]
    assert "cmi.interactions.0.id" not in again["stored"]


def test_initial_score_of_zero_counts_as_no_score(player: Player) -> None:
    result = visit(player, VISIT, launch={"score": "0"})
    assert not [entry for entry in result["log"] if "score" in entry[1]]
    assert result["reported"]["score"] is None
    none = PASSED | {"best": 0}
    result = visit(player, VISIT, [2000, "quiz", "quiz", none], launch={"score": "0"})
    assert result["stored"]["cmi.core.score.raw"] == 0
    quizzes = {"quiz": none | {"answers": {}}}
    kept = {"state": saved(player, score=0, reported=True, quizzes=quizzes)}
    again = visit(player, VISIT, launch={"score": "0"} | kept)
    assert not [entry for entry in again["log"] if "score" in entry[1]]
    assert again["reported"]["score"] == 0


@pytest.mark.parametrize("hidden", range(4050, 5000, 150))
def test_result_cut_off_while_leaving_is_written_next_launch(player: Player, hidden: int) -> None:
    events = [VISIT, *QUIZ_PASSED, [hidden, "flush"], [hidden + 500, "close"]]
    first = visit(player, *events, canFinish=False, launch=SILENT, until=hidden + 500)
    kept = first["stored"]["cmi.suspend_data"]
    again = visit(player, VISIT, launch=SILENT | {"state": kept}, until=20_000)
    assert (first["stored"] | again["stored"])["cmi.core.lesson_status"] == "passed"
    assert (first["stored"] | again["stored"])["cmi.core.score.raw"] == 90


def test_answers_cut_off_while_leaving_stay_marked_late(player: Player) -> None:
    question = ANSWER["question"] | {"key": "chk1"}
    events = [VISIT, [2000, "practise", "one", question, "a,c"], [2010, "close"]]
    first = visit(player, *events, canFinish=False, launch=SILENT, until=2010)
    kept = player("decode", first["stored"]["cmi.suspend_data"])
    assert kept["late"] == ["chk1"]
    assert kept["checks"] == [["chk1", {"tries": 1, "first": True, "response": "a,c"}]]


def test_stored_answer_is_not_marked_late(player: Player) -> None:
    question = ANSWER["question"] | {"key": "chk1"}
    events = [VISIT, [2000, "practise", "one", question, "a,c"], [9000, "close"]]
    first = visit(player, *events, canFinish=False, launch=SILENT)
    kept = player("decode", first["stored"]["cmi.suspend_data"])
    assert (kept["late"], kept["interactions"]) == ([], 1)
