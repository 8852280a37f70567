"""The policy: what the LMS is told for each kind of progress (facts/policy.md#tracking)."""

from typing import Any

import pytest

from tests.player.conftest import Player
from tests.player.outlines import ANSWERED, FILLED, LAST, PAGE, QUIZ, RECORD, TRACKING, quiz
from tests.player.states import pairs

TOGETHER = QUIZ | {"quiz": QUIZ["quiz"] | {"alone": False}}
QUIZ2 = TOGETHER | {"id": "quiz2", "key": "qui2"}


def judge(player: Player, pages: list[dict[str, Any]], /, **given: Any) -> tuple[str, int | None]:
    tracking = TRACKING | {name: given.pop(name) for name in TRACKING if name in given}
    verdict = player("verdict", {"pages": pages}, pairs(given), tracking)
    return verdict["status"], verdict["score"]


ALL = [PAGE, QUIZ, RECORD]
SEEN = ["pag1", "quiz", "recd"]


DONE = {"visited": SEEN, "records": FILLED}


@pytest.mark.parametrize(
    ("state", "status", "score"),
    [
        ({}, "incomplete", None),
        ({"visited": SEEN}, "incomplete", None),
        ({"visited": SEEN, "quizzes": {"quiz": quiz(10000)}}, "incomplete", 10000),
        ({"visited": SEEN, "quizzes": {"quiz": quiz(7999, 2)}}, "incomplete", 7999),
        (DONE, "incomplete", None),
        (DONE | {"quizzes": {"quiz": quiz(10000)}}, "passed", 10000),
        (DONE | {"quizzes": {"quiz": quiz(8000)}}, "passed", 8000),
        (DONE | {"quizzes": {"quiz": quiz(7999)}}, "incomplete", 7999),
        (DONE | {"quizzes": {"quiz": quiz(7999, 2)}}, "failed", 7999),
        (DONE | {"quizzes": {"quiz": quiz(7999, 2, True)}}, "incomplete", 7999),
        (DONE | {"quizzes": {"quiz": quiz(9000, 2, True)}}, "passed", 9000),
        (DONE | {"quizzes": {"quiz": quiz(10000)}, "visited": SEEN[1:]}, "incomplete", 10000),
        (DONE | {"quizzes": {"quiz": quiz(0, 2)}, "visited": SEEN[1:]}, "incomplete", 0),
    ],
)
def test_course_with_pages_a_quiz_and_a_record(
    player: Player, state: dict[str, Any], status: str, score: int | None
) -> None:
    assert judge(player, ALL, **state) == (status, score)


@pytest.mark.parametrize(
    ("records", "status"),
    [
        ({"ite1": ANSWERED}, "incomplete"),
        ({"ite1": ANSWERED, "ite2": {"date": "", "text": "Done"}}, "incomplete"),
        ({"ite1": ANSWERED, "ite2": {"date": "2026-11-25", "text": " \n"}}, "incomplete"),
        (FILLED, "completed"),
    ],
)
def test_a_record_needs_every_answer_and_date(
    player: Player, records: dict[str, Any], status: str
) -> None:
    assert judge(player, [RECORD], visited=["recd"], records=records)[0] == status


def test_a_course_of_pages_is_completed_by_the_last_one_seen(player: Player) -> None:
    assert judge(player, [PAGE, LAST], visited=["pag2"]) == ("incomplete", None)
    assert judge(player, [PAGE, LAST], visited=["pag2", "pag1"]) == ("completed", None)


def test_completed_is_the_word_where_the_course_asks_for_it(player: Player) -> None:
    passed = {"visited": ["quiz"], "quizzes": {"quiz": quiz(8000)}}
    failed = {"visited": ["quiz"], "quizzes": {"quiz": quiz(7000, 2)}}
    assert judge(player, [QUIZ], **passed, report="completed") == ("completed", 8000)
    assert judge(player, [QUIZ], **failed, report="completed") == ("failed", 7000)


def test_a_course_may_stay_incomplete_when_no_attempt_is_left(player: Player) -> None:
    used_up = {"visited": ["quiz"], "quizzes": {"quiz": quiz(7999, 2)}}
    passed = {"visited": ["quiz"], "quizzes": {"quiz": quiz(8000, 2)}}
    assert judge(player, [QUIZ], **used_up, failed="never") == ("incomplete", 7999)
    assert judge(player, [QUIZ], **passed, failed="never") == ("passed", 8000)


@pytest.mark.parametrize(
    ("status", "score", "choices", "tells"),
    [
        ("incomplete", 7000, {}, True),
        ("incomplete", None, {}, False),
        ("passed", 9000, {"score": False}, False),
        ("incomplete", 7999, {"mastery": 80}, False),
        ("incomplete", 9000, {"mastery": 80}, False),
        ("passed", 8000, {"mastery": 80}, True),
        ("passed", 7999, {"mastery": 80}, False),
        ("failed", 7999, {"mastery": 80}, True),
        ("failed", 8000, {"mastery": 80}, False),
        ("passed", None, {"mastery": 80}, False),
    ],
)
def test_a_score_that_an_lms_would_judge_otherwise_is_not_told(
    player: Player, status: str, score: int | None, choices: dict[str, Any], tells: bool
) -> None:
    assert player("tellsScore", status, score, TRACKING | choices) is tells


def test_without_a_limit_of_attempts_nobody_fails(player: Player) -> None:
    state = {"visited": ["quiz"], "quizzes": {"quiz": quiz(1000, 40)}}
    free = QUIZ | {"quiz": QUIZ["quiz"] | {"attempts": 0}}
    assert judge(player, [free], **state) == ("incomplete", 1000)


def test_several_quizzes_count_together(player: Player) -> None:
    pages, seen = [TOGETHER, QUIZ2], {"visited": ["quiz", "qui2"]}
    one = {"quiz": quiz(10000)}
    assert judge(player, pages, **seen, quizzes=one) == ("incomplete", 5000)
    assert judge(player, pages, **seen, quizzes=one | {"qui2": quiz(6000)}) == ("passed", 8000)
    assert judge(player, pages, **seen, quizzes=one | {"qui2": quiz(5000)}) == ("incomplete", 7500)
    assert judge(player, pages, **seen, quizzes=one | {"qui2": quiz(5000, 2)}) == ("failed", 7500)


def test_a_mean_above_the_mark_does_not_pass_while_a_quiz_was_never_taken(player: Player) -> None:
    state = {"visited": ["quiz", "qui2"], "quizzes": {"quiz": quiz(10000)}}
    assert judge(player, [TOGETHER, QUIZ2], **state, pass_mark=50) == ("incomplete", 5000)


def test_pages_that_are_not_tracked_do_not_count(player: Player) -> None:
    state = {"quizzes": {"quiz": quiz(9000)}}
    assert judge(player, [PAGE, QUIZ], **state, pages="none") == ("passed", 9000)


def test_with_nothing_tracked_the_last_page_completes(player: Player) -> None:
    assert judge(player, [PAGE, LAST], visited=["pag1"], pages="none") == ("incomplete", None)
    assert judge(player, [PAGE, LAST], visited=["pag2"], pages="none") == ("completed", None)


@pytest.mark.parametrize(
    ("one", "other", "higher"),
    [
        ("passed", "incomplete", "passed"),
        ("incomplete", "completed", "completed"),
        ("completed", "passed", "passed"),
        ("completed", "failed", "completed"),
        ("failed", "incomplete", "failed"),
        ("incomplete", "not attempted", "incomplete"),
        ("incomplete", "browsed", "incomplete"),
        ("incomplete", "", "incomplete"),
    ],
)
def test_a_status_is_never_lowered(player: Player, one: str, other: str, higher: str) -> None:
    assert player("higher", one, other) == higher


@pytest.mark.parametrize(
    ("page", "state", "word"),
    [
        (PAGE, {}, "not_started"),
        (PAGE, {"visited": ["pag1"]}, "visited"),
        (QUIZ, {"visited": ["quiz"]}, "not_started"),
        (QUIZ, {"quizzes": {"quiz": quiz(None, is_open=True)}}, "started"),
        (QUIZ, {"quizzes": {"quiz": quiz(5000, 2, True)}}, "started"),
        (QUIZ, {"quizzes": {"quiz": quiz(7999)}}, "quiz_not_passed"),
        (QUIZ, {"quizzes": {"quiz": quiz(8000)}}, "quiz_passed"),
        (TOGETHER, {"quizzes": {"quiz": quiz(5000)}}, "done"),
        (QUIZ | {"quiz": QUIZ["quiz"] | {"pass_mark": 0}}, {"quizzes": {"quiz": quiz(0)}}, "done"),
        (RECORD, {"visited": ["recd"]}, "not_started"),
        (RECORD, {"records": {"ite1": {"date": "", "text": "A"}}}, "started"),
        (RECORD, {"records": FILLED}, "done"),
    ],
)
def test_words_of_the_contents(
    player: Player, page: dict[str, Any], state: dict[str, Any], word: str
) -> None:
    assert player("pageStatus", page, pairs(state)) == word


@pytest.mark.parametrize(
    ("state", "location", "page"),
    [
        ({}, "", None),
        ({"bookmark": "pag1"}, "", None),
        ({"bookmark": "quiz"}, "", "quiz"),
        ({"bookmark": "gone", "visited": ["pag1"]}, "record", "record"),
        ({"bookmark": "gone", "visited": ["pag1", "gone"]}, "gone", "quiz"),
        ({}, "quiz", "quiz"),
    ],
)
def test_where_to_resume(
    player: Player, state: dict[str, Any], location: str, page: str | None
) -> None:
    assert player("resumePage", ALL, pairs(state), location) == page


@pytest.mark.parametrize(
    ("page", "until", "state", "is_open"),
    [
        (PAGE, "done", {}, False),
        (PAGE, "done", {"visited": ["pag1"]}, True),
        (RECORD, "done", {"visited": ["recd"], "records": {"ite1": ANSWERED}}, False),
        (RECORD, "done", {"records": FILLED}, True),
        (QUIZ, "done", {"visited": ["quiz"], "quizzes": {"quiz": quiz(None, 1, True)}}, False),
        (QUIZ, "done", {"quizzes": {"quiz": quiz(0)}}, True),
        (QUIZ, "done", {"quizzes": {"quiz": quiz(0, 2, True)}}, True),
        (QUIZ, "passed", {"quizzes": {"quiz": quiz(7999)}}, False),
        (QUIZ, "passed", {"quizzes": {"quiz": quiz(8000)}}, True),
        (QUIZ, "passed", {"quizzes": {"quiz": quiz(8000, 2, True)}}, True),
        (PAGE, "passed", {"visited": ["pag1"]}, True),
    ],
)
def test_a_gate_opens_with_what_it_waits_for(
    player: Player, page: dict[str, Any], until: str, state: dict[str, Any], is_open: bool
) -> None:
    assert player("gateOpen", {"pages": [page], "until": until}, pairs(state)) is is_open


def test_a_gate_waits_for_every_page(player: Player) -> None:
    rule = {"pages": [PAGE, LAST], "until": "done"}
    assert player("gateOpen", rule, pairs({"visited": ["pag1"]})) is False
    assert player("gateOpen", rule, pairs({"visited": ["pag1", "pag2"]})) is True
