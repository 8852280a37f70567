"""A visit as the LMS sees it: what is written, when, and what happens when saving fails."""

from itertools import pairwise
from typing import Any

import pytest

from tests.player.answers import ANSWER
from tests.player.conftest import Player
from tests.player.outlines import PAGE, QUIZ, TRACKING
from tests.player.states import EMPTY, pairs

OUTLINE = {"pages": [PAGE, QUIZ]}
PASSED = {"attempts": 1, "best": 9000, "open": False, "answers": []}
VISIT = [0, "visit", "pag1"]
QUIZ_PASSED = [[2000, "visit", "quiz"], [4000, "quiz", "quiz", PASSED]]


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


def test_a_course_without_a_score_tells_none(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, tracking=TRACKING | {"score": False})
    assert [entry for entry in result["stored"] if "score" in entry] == []
    assert writes(result, "cmi.core.lesson_status") == ["incomplete", "passed"]
    assert result["reported"] == {"status": "passed", "score": None}
    assert result["state"]["score"] == 9000


def test_with_the_mark_in_the_manifest_a_score_waits_for_the_result(player: Player) -> None:
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


def test_a_score_from_another_window_or_the_journal_is_told(player: Player) -> None:
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


def test_one_failed_commit_is_made_good_without_a_word_of_alarm(player: Player) -> None:
    result = visit(player, VISIT, commits=[False])
    assert [outcome for _, outcome in result["told"]] == ["saving", "saved"]


def test_lasting_failure_is_told_and_the_state_sent_again_with_another_count(
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
def test_the_place_reaches_an_lms_that_sends_only_what_has_changed(
    player: Player, failed: int
) -> None:
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


def test_only_over_a_line_that_is_proved_to_work_is_a_lower_status_written(
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


def test_a_line_that_cannot_be_asked_lowers_nothing(player: Player) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, lines=["unknown"] * 20, until=200_000)
    assert set(writes(result, "cmi.core.lesson_status")) == {"incomplete", "passed"}
    order = writes(result, "cmi.core.lesson_status")
    assert order == sorted(order)
    assert result["told"][-1][1] == "unconfirmed"
    assert result["reported"] == {"status": "", "score": None}


@pytest.mark.parametrize("at", range(4000, 8000, 250))
@pytest.mark.parametrize("last", ["flush", "close"])
def test_leaving_while_a_failure_is_made_good_leaves_the_right_status(
    player: Player, at: int, last: str
) -> None:
    events = [VISIT, *QUIZ_PASSED, [at, last]]
    for outcome in ("kept", False):
        result = visit(player, *events, commits=[True, True, outcome], until=at)
        assert writes(result, "cmi.core.lesson_status")[-1] == "passed"
        if outcome == "kept":
            assert result["stored"]["cmi.core.lesson_status"] == "passed"
            assert result["stored"]["cmi.core.score.raw"] == 90


def test_an_lms_that_saves_each_value_by_itself_is_told_no_lower_status(player: Player) -> None:
    result = visit(
        player, VISIT, *QUIZ_PASSED, canFinish=False, lines=["up", "up", "down"], until=60_000
    )
    assert writes(result, "cmi.core.lesson_status") == ["incomplete", "passed", "passed"]
    assert writes(result, "cmi.core.score.raw") == ["90", "90"]
    assert result["reported"]["status"] == "passed"


def test_what_is_typed_is_not_called_saved_until_it_is(player: Player) -> None:
    typing = [[at, "type"] for at in range(2000, 3000, 100)]
    result = visit(player, VISIT, *typing, [4000, "visit", "quiz"])
    assert result["told"] == [[0, "saving"], [0, "saved"], [2000, "saving"], [4000, "saved"]]


def test_a_change_during_a_save_is_not_saved_by_it(player: Player) -> None:
    events = [VISIT, [4000, "visit", "quiz"], [4000, "type"]]
    result = visit(player, *events, canFinish=False, until=20_000)
    assert result["told"][-1][1] == "saving"


def test_exit_waits_for_the_lms_to_confirm(player: Player) -> None:
    def answered(until: int = 20_000, **given: Any) -> list[list[Any]]:
        result = visit(player, VISIT, [5000, "exit"], until=until, **given)
        return [entry for entry in result["log"] if entry[1] == "exit"]

    assert answered() == [[5000, "exit", "saved"]]
    assert answered(lines=["up", "unknown"]) == [[5000, "exit", "unconfirmed"]]
    assert answered(lines=["up", "down"]) == [[5000, "exit", "failed"]]
    assert answered(commits=[True, False]) == [[5000, "exit", "failed"]]
    assert answered(commits=[None, None]) == [[5000, "exit", "unconfirmed"]]
    assert answered(lines=["up", "hangs"]) == [[14_000, "exit", "unconfirmed"]]
    waiting = visit(player, VISIT, [5000, "exit"], lines=["up", "hangs"])
    assert waiting["told"][-1] == [5000, "saving"]


def test_once_the_visit_is_closed_nobody_waits(player: Player) -> None:
    result = visit(player, VISIT, [5000, "close"], [6000, "exit"])
    assert result["log"][-1] == [6000, "exit", "failed"]
    result = visit(player, VISIT, [5000, "exit"], [6000, "close"], lines=["up", "hangs"])
    assert result["log"][-1] == [6000, "exit", "failed"]


def test_exit_waits_for_values_that_are_written_one_by_one(player: Player) -> None:
    events = [VISIT, *QUIZ_PASSED, [4100, "exit"]]
    result = visit(player, *events, canFinish=False, until=20_000)
    [exit_at] = [at for at, entry in enumerate(result["log"]) if entry[1] == "exit"]
    assert result["log"][exit_at][2] == "saved"
    before = [entry[1:] for entry in result["log"][:exit_at]]
    assert ["cmi.core.lesson_status", "passed"] in before
    assert result["log"][exit_at][0] < 4100 + 9000


def test_a_hidden_page_gets_the_rest_where_values_are_written_one_by_one(player: Player) -> None:
    result = visit(player, VISIT, [300, "flush"], canFinish=False, until=20_000)
    assert result["stored"]["cmi.core.lesson_status"] == "incomplete"
    assert result["told"][-1][1] == "saved"


def test_true_on_a_dead_line_is_not_saved(player: Player) -> None:
    result = visit(player, VISIT, lines=["down", "down", "up", "up"], until=40_000)
    assert [outcome for _, outcome in result["told"]] == ["saving", "failed", "saved"]


@pytest.mark.parametrize("line", ["down", "unknown"])
def test_an_lms_that_counts_nothing_is_not_believed_once_it_has_confirmed_what_was_lost(
    player: Player, line: str
) -> None:
    def told(lms: dict[str, Any], **given: Any) -> list[Any]:
        events = [VISIT, [2000, "visit", "quiz"], [20_000, "exit"]]
        result = visit(player, *events, launch=lms, **given, until=30_000)
        return [result["told"][-1][1], result["log"][-1][2]]

    wrong = {"lines": ["up", line]}
    assert told({"interactions": ""}, **wrong) == ["unconfirmed"] * 2
    assert told({"interactions": "0"}, **wrong) == ["saved"] * 2
    assert told({"interactions": ""}, canFinish=False, **wrong) == ["saved"] * 2
    # It said itself that it has not stored.
    assert told({"interactions": ""}, commits=[True, False]) == ["saved"] * 2


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
def test_a_visit_of_which_the_lms_has_no_status_is_not_finished(
    player: Player, credit: bool
) -> None:
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
def test_a_visit_of_which_the_lms_has_a_status_is_finished(
    player: Player, launch: dict[str, Any]
) -> None:
    """Also where it keeps none of a visit without credit."""
    result = visit(player, VISIT, [100, "close"], launch=launch)
    assert result["log"][-1] == [100, "finish"]


def test_answering_while_a_retry_waits_does_not_wait_for_it(player: Player) -> None:
    events = [VISIT, [8000, "visit", "quiz"]]
    result = visit(player, *events, commits=[False, False, False], until=8000)
    assert [entry[0] for entry in result["log"] if entry[1] == "commit"] == [0, 1000, 6000, 8000]


# What an LMS refuses


@pytest.mark.parametrize(
    "element", ["cmi.suspend_data", "cmi.core.lesson_status", "cmi.core.score.raw"]
)
def test_what_counts_and_is_refused_is_not_called_saved_and_all_else_is_stored(
    player: Player, element: str
) -> None:
    events = [VISIT, [0, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, refused=[element] * 9, until=150_000)
    assert result["told"][-1][1] == "failed"
    expected = {
        "cmi.core.lesson_location": "quiz",
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.raw": 90,
        "cmi.interactions.0.id": "definition--cse-form-abuse",
    }
    expected.pop(element, None)
    assert expected.items() <= result["stored"].items()
    assert element not in result["stored"]
    ids = [entry[1] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == ["cmi.interactions.0.id"]
    result = visit(player, *events, refused=[element] * 9, until=2_000_000)
    assert result["told"][-1][1] == "saved"
    assert element in result["stored"]


@pytest.mark.parametrize("element", ["cmi.suspend_data", "cmi.core.score.raw"])
def test_a_final_status_waits_for_what_comes_before_it(player: Player, element: str) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, refused=[element] * 4, until=60_000)
    fourth, fifth = [entry[0] for entry in result["log"] if entry[1] == element][3:5]
    [passed] = [entry[0] for entry in result["log"] if entry[2:] == ["passed"]]
    assert fourth < passed == fifth
    assert result["told"][-1][1] == "saved"


@pytest.mark.parametrize("lines", [["up", "down"], ["up", "unknown"]])
def test_a_final_status_waits_for_answers_that_are_told_again(
    player: Player, lines: list[str]
) -> None:
    events = [VISIT, [2000, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, commits=[True, "lost"], lines=lines, until=20_000)
    [again] = [entry[0] for entry in result["log"] if entry[1] == "cmi.interactions.1.id"]
    [passed] = [entry[0] for entry in result["log"] if entry[2:] == ["passed"]]
    assert again < passed
    assert result["told"][-1][1] == "saved"


def test_a_final_status_waits_for_nothing_over_a_line_that_was_never_up(player: Player) -> None:
    events = [VISIT, [0, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, lines=["unknown"] * 9)
    assert [entry[0] for entry in result["log"] if entry[2:] == ["passed"]] == [4000]


def test_a_final_status_does_not_wait_long_for_answers_that_are_never_stored(
    player: Player,
) -> None:
    events = [VISIT, [2000, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, commits=[True, *["kept"] * 20], until=200_000)
    assert result["stored"]["cmi.core.lesson_status"] == "passed"


def test_a_final_status_does_not_wait_where_the_page_goes_away(player: Player) -> None:
    events = [VISIT, *QUIZ_PASSED, [6000, "close"]]
    result = visit(player, *events, refused=["cmi.core.score.raw"] * 9, until=7000)
    assert result["stored"]["cmi.core.lesson_status"] == "passed"


@pytest.mark.parametrize("element", ["cmi.core.lesson_location", "cmi.interactions.0.result"])
def test_what_does_not_count_and_is_refused_keeps_nothing_back(
    player: Player, element: str
) -> None:
    events = [VISIT, [0, "answer", ANSWER]]
    result = visit(player, *events, refused=[element])
    assert [outcome for _, outcome in result["told"]] == ["saving", "saved"] * 2
    assert element.startswith("cmi.interactions") or result["stored"][element] == "one"


def test_an_answer_that_was_refused_takes_its_place_once_more(player: Player) -> None:
    events = [VISIT, [0, "answer", ANSWER], [0, "answer", ANSWER]]
    result = visit(player, *events, refused=["cmi.interactions.0.id"])
    ids = [entry[:2] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == [
        [1000, "cmi.interactions.0.id"],
        [1000, "cmi.interactions.1.id"],
        [2000, "cmi.interactions.0.id"],
        [2000, "cmi.interactions.1.id"],
    ]
    assert result["told"][-1][1] == "saved"


def test_an_answer_that_is_refused_again_leaves_its_place_to_the_next(player: Player) -> None:
    other = ANSWER | {"page": "other"}
    events = [VISIT, [0, "answer", ANSWER], [0, "answer", other]]
    result = visit(player, *events, refused=["cmi.interactions.0.id"] * 2)
    assert result["stored"]["cmi.interactions.0.id"] == "other--cse-form-abuse"


def test_after_hours_without_the_lms_all_is_stored(player: Player) -> None:
    hours = 3 * 3_600_000
    fails = [False] * 30
    result = visit(player, VISIT, *QUIZ_PASSED, commits=fails, until=hours)
    stamps = [entry[0] for entry in result["log"] if entry[1] == "commit"]
    waits = [later - at for at, later in pairwise(stamps)]
    assert max(waits) == 300_000
    assert result["told"][-1][1] == "saved"
    assert result["stored"]["cmi.core.lesson_status"] == "passed"
    assert [outcome for _, outcome in result["told"]] == ["saving", "failed", "saved"]


# What an LMS never says (Open edX)

SILENT = {"interactions": ""}


def test_what_was_confirmed_is_not_written_to_an_lms_that_never_says_it(player: Player) -> None:
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


def test_a_score_that_was_lost_is_written_again_where_the_lms_says_the_status(
    player: Player,
) -> None:
    first = visit(player, VISIT, *QUIZ_PASSED, [9000, "close"], launch=SILENT)
    kept = first["stored"]["cmi.suspend_data"]
    again = visit(player, VISIT, launch=SILENT | {"state": kept, "status": "passed"})
    assert again["stored"]["cmi.core.score.raw"] == 90


def test_what_was_not_confirmed_is_written_at_the_next_launch(player: Player) -> None:
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


def test_a_score_of_zero_before_anything_is_none(player: Player) -> None:
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


# Leaving an LMS that saves each call by itself


@pytest.mark.parametrize("hidden", range(4050, 5000, 150))
def test_a_result_that_leaving_left_out_is_told_at_the_next_launch(
    player: Player, hidden: int
) -> None:
    events = [VISIT, *QUIZ_PASSED, [hidden, "flush"], [hidden + 500, "close"]]
    first = visit(player, *events, canFinish=False, launch=SILENT, until=hidden + 500)
    kept = first["stored"]["cmi.suspend_data"]
    again = visit(player, VISIT, launch=SILENT | {"state": kept}, until=20_000)
    assert (first["stored"] | again["stored"])["cmi.core.lesson_status"] == "passed"
    assert (first["stored"] | again["stored"])["cmi.core.score.raw"] == 90


def test_the_next_launch_tells_what_leaving_left_out(player: Player) -> None:
    question = ANSWER["question"] | {"key": "chk1"}
    events = [VISIT, [2000, "practise", "one", question, "a,c"], [2010, "close"]]
    first = visit(player, *events, canFinish=False, launch=SILENT, until=2010)
    kept = player("decode", first["stored"]["cmi.suspend_data"])
    assert kept["late"] == ["chk1"]
    assert kept["checks"] == [["chk1", {"tries": 1, "first": True, "response": "a,c"}]]


def test_once_an_answer_is_stored_nothing_is_late(player: Player) -> None:
    question = ANSWER["question"] | {"key": "chk1"}
    events = [VISIT, [2000, "practise", "one", question, "a,c"], [9000, "close"]]
    first = visit(player, *events, canFinish=False, launch=SILENT)
    kept = player("decode", first["stored"]["cmi.suspend_data"])
    assert (kept["late"], kept["interactions"]) == ([], 1)


# Learning time


def test_sleep_is_no_learning_time_and_time_never_goes_back(player: Player) -> None:
    def elapsed(*times: int) -> list[int]:
        found: list[int] = player("elapsed", list(times))
        return found

    minute, hour = 60_000, 3_600_000
    assert elapsed(1000, minute, 3 * minute) == [1000, minute, 3 * minute]
    # Three minutes of silence are a hidden page's; more is sleep, of which a minute counts.
    assert elapsed(minute, hour, hour + 1000) == [minute, 2 * minute, 2 * minute + 1000]
    assert elapsed(5000, 3000, 6000) == [5000, 5000, 8000]


def test_time_goes_on_while_nothing_happens(player: Player) -> None:
    result = visit(player, VISIT, [3_600_000, "visit", "quiz"], until=3_600_000)
    assert writes(result, "cmi.core.session_time")[-1] == "0001:00:00.00"
    weeks = visit(player, VISIT, [9_000_000, "close"], until=9_000_000)
    assert writes(weeks, "cmi.core.session_time")[-1] == "0002:30:00.00"
