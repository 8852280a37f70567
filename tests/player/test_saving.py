"""What a visit writes: the place, the result, the time; and how it is left."""

from tests.player.conftest import Player
from tests.player.outlines import PAGE, TRACKING
from tests.player.saving import PASSED, QUIZ_PASSED, VISIT, saved, visit, writes


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
    assert result["told"] == [[0, "saving"], [0, "saved"]]


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


def test_a_course_without_a_score_reports_none(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, tracking=TRACKING | {"score": False})
    assert [entry for entry in result["stored"] if "score" in entry] == []
    assert writes(result, "cmi.core.lesson_status") == ["incomplete", "passed"]
    assert result["reported"] == {"status": "passed", "score": None}
    assert result["state"]["score"] == 9000


def test_score_waits_for_result_if_manifest_has_mastery_score(player: Player) -> None:
    judged = TRACKING | {"mastery": 80}
    result = visit(player, [0, "quiz", "quiz", PASSED], [4000, "visit", "pag1"], tracking=judged)
    assert writes(result, "cmi.core.score.raw") == []
    assert result["reported"] == {"status": "incomplete", "score": None}
    kept = {"state": result["stored"]["cmi.suspend_data"], "status": "incomplete"}
    later = visit(player, [0, "visit", "quiz"], tracking=judged, launch=kept)
    assert [entry[1:] for entry in later["log"] if "core.s" in entry[1] or "status" in entry[1]][
        1:
    ] == [
        ["cmi.core.score.min", "0"],
        ["cmi.core.score.max", "100"],
        ["cmi.core.score.raw", "90"],
        ["cmi.core.lesson_status", "passed"],
    ]
    assert later["reported"] == {"status": "passed", "score": 9000}


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
    assert writes(result, "cmi.core.score.raw") == []
    assert result["reported"]["score"] == 9500


def test_a_score_from_another_window_or_the_journal_is_reported(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, [6000, "score", 9500])
    assert result["stored"]["cmi.core.score.raw"] == 95
    assert result["state"]["score"] == 9500
    result = visit(player, VISIT, [2000, "score", 0])
    assert result["stored"]["cmi.core.score.raw"] == 0


def test_a_result_that_the_lms_has_is_not_written_again(player: Player) -> None:
    state = saved(player, status="passed", quizzes={"quiz": PASSED | {"answers": {}}})
    launch = {"state": state, "status": "passed", "score": "90.0"}
    result = visit(player, VISIT, launch=launch)
    assert [entry[1] for entry in result["log"]] == [
        "cmi.suspend_data",
        "cmi.core.lesson_location",
        "cmi.core.exit",
        "cmi.core.session_time",
        "commit",
    ]


def test_result_lost_by_lms_is_rewritten_from_state(player: Player) -> None:
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


def test_a_pass_without_credit_is_not_reported_later(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, launch={"credit": False, "status": "incomplete"})
    kept = result["stored"]["cmi.suspend_data"]
    assert player("decode", kept)["quizzes"] == []
    assert player("decode", kept)["status"] == "incomplete"
    assert player("decode", kept)["visited"] == ["pag1", "quiz"]
    later = visit(player, VISIT, launch={"state": kept, "status": "incomplete"})
    assert "cmi.core.score.raw" not in later["stored"]
    assert later["reported"] == {"status": "incomplete", "score": None}


def test_results_from_before_outlast_a_visit_without_credit(player: Player) -> None:
    half = {"attempts": 1, "best": 5000, "open": False, "answers": {}}
    before = saved(player, quizzes={"quiz": half})
    result = visit(player, *QUIZ_PASSED, launch={"credit": False, "state": before})
    quizzes = player("decode", result["stored"]["cmi.suspend_data"])["quizzes"]
    assert quizzes == [["quiz", half | {"answers": []}]]


def test_a_first_visit_without_credit_does_not_become_completed(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, launch={"credit": False, "status": "not attempted"})
    assert result["stored"]["cmi.core.lesson_status"] == "incomplete"


def test_pages_that_are_not_tracked_leave_only_the_bookmark(player: Player) -> None:
    result = visit(player, VISIT, tracking=TRACKING | {"pages": "none"})
    assert writes(result, "cmi.suspend_data") == [saved(player, saves=1, bookmark="pag1")]


def test_decisions_in_scenarios_stay_where_pages_are_not_tracked(player: Player) -> None:
    page = PAGE | {"needs": {"check": ["que1"], "scenario": ["sce1"]}}
    question = {"interaction": "choice", "patterns": ["a"], "scored": True, "weight": 1}
    decided, practised = ({"id": key, "key": key} | question for key in ("sce1", "que1"))
    result = visit(
        player,
        [0, "practise", "one", decided, "a"],
        [0, "practise", "one", practised, "a"],
        outline={"pages": [page]},
        tracking=TRACKING | {"pages": "none"},
    )
    check = {"tries": 1, "first": True, "response": "a"}
    text = writes(result, "cmi.suspend_data")[-1]
    assert text == saved(player, saves=2, interactions=2, reported=True, checks={"sce1": check})
