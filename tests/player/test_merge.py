"""Two states of one trainee become one: nothing that was done in either is lost."""

from typing import Any

import pytest
from hypothesis import given, settings

from builder.course.state import State
from tests.player.conftest import Player
from tests.player.states import EMPTY, from_python, pairs, states

BEST: dict[str, Any] = {"pages": []}


def merged(
    player: Player,
    older: dict,
    newer: dict,
    outline: dict[str, Any] = BEST,
    apart: bool = False,
) -> dict:
    found: dict = player("merge", pairs(EMPTY | older), pairs(EMPTY | newer), outline, apart)
    for name in ("visited", "late"):
        found[name] = sorted(found[name])
    for name in ("checks", "quizzes", "records"):
        found[name] = dict(found[name])
    for quiz in found["quizzes"].values():
        quiz["answers"] = dict(quiz["answers"])
    return found


def test_what_either_has_done_is_done(player: Player) -> None:
    quiz = {"attempts": 1, "best": 5000, "open": False, "answers": {"q001": "a"}}
    record = {"date": "2026-11-25", "text": "mine"}
    check = {"tries": 1, "first": True, "response": "a"}
    older = {"visited": ["p001"], "quizzes": {"p002": quiz}, "bookmark": "p002", "edition": "BB"}
    newer = {"visited": ["p003"], "records": {"r001": record}, "checks": {"c001": check}}
    found = merged(player, older, newer)
    assert found["visited"] == ["p001", "p003"]
    assert (found["quizzes"], found["records"]) == ({"p002": quiz}, {"r001": record})
    assert found["checks"] == {"c001": check}
    assert (found["bookmark"], found["edition"]) == ("p002", "BB")


def test_the_newer_answer_stays_but_never_none(player: Player) -> None:
    older = {
        "checks": {"c001": {"tries": 1, "first": True, "response": "a"}},
        "records": {"r001": {"date": "2026-11-24", "text": "before"}},
    }
    newer = {
        "checks": {"c001": {"tries": 1, "first": False, "response": "b"}},
        "records": {"r001": {"date": "", "text": "after"}},
    }
    found = merged(player, older, newer)
    assert found["checks"] == {"c001": {"tries": 1, "first": True, "response": "b"}}
    assert found["records"] == {"r001": {"date": "2026-11-24", "text": "after"}}
    newer["checks"]["c001"]["response"] = ""
    assert merged(player, older, newer)["checks"]["c001"]["response"] == "a"


def test_an_answer_after_more_tries_stays(player: Player) -> None:
    more = {"c001": {"tries": 3, "first": False, "response": "a"}}
    less = {"c001": {"tries": 1, "first": False, "response": "b"}}
    for older, newer in ((more, less), (less, more)):
        assert merged(player, {"checks": older}, {"checks": newer})["checks"] == more


def test_tries_in_another_attempt_say_nothing(player: Player) -> None:
    """Chaos seed 535: what one browser had kept of an attempt that the LMS never had took the place
    of an answer that was given, and saved, after it."""
    more = {
        "attempt": "AAAAAAAA",
        "checks": {"c001": {"tries": 2, "first": False, "response": "c"}},
    }
    live = {"attempt": "BBBBBBBB", "checks": {"c001": {"tries": 1, "first": True, "response": "a"}}}
    both = {"tries": 2, "first": False, "response": "a"}
    assert merged(player, more, live)["checks"]["c001"] == both
    assert merged(player, live, more)["checks"]["c001"] == both | {"first": True, "response": "c"}


def test_merged_result_is_reported_only_if_lms_confirmed_it(player: Player) -> None:
    half = {"status": "incomplete", "score": 5000, "reported": True}
    done = {"status": "passed", "score": 9000, "reported": False}
    for older, newer in ((half, done), (done, half)):
        assert merged(player, older, newer)["reported"] is False
        done["reported"] = True
        assert merged(player, older, newer)["reported"] is True
        done["reported"] = False


@pytest.mark.parametrize(
    ("one", "other", "day"),
    [
        # The first of two browsers in which all was done.
        (("passed", "2026-11-25"), ("passed", "2026-11-24"), "2026-11-24"),
        # That of the result that stays, be it the later one.
        (("failed", "2026-01-31"), ("passed", "2026-11-25"), "2026-11-25"),
        (("passed", ""), ("completed", "2026-11-25"), ""),
        (("incomplete", ""), ("passed", "2026-11-25"), "2026-11-25"),
        # One that is known is a day on which all was done.
        (("passed", ""), ("passed", "2026-11-25"), "2026-11-25"),
        (("passed", None), ("passed", "2026-11-25"), "2026-11-25"),
        (("passed", None), ("passed", ""), ""),
        (("passed", None), ("passed", None), None),
    ],
)
def test_merge_keeps_first_date_of_the_result(
    player: Player, one: tuple[str, str | None], other: tuple[str, str | None], day: str | None
) -> None:
    states = [{"status": status, "finished": finished} for status, finished in (one, other)]
    for older, newer in (states, reversed(states)):
        assert merged(player, older, newer)["finished"] == day


def test_merged_draft_does_not_count_as_first_try(player: Player) -> None:
    older = {"checks": {"c001": {"tries": 0, "first": False, "response": "d"}}}
    newer = {"checks": {"c001": {"tries": 1, "first": True, "response": "b"}}}
    assert merged(player, older, newer)["checks"]["c001"]["first"] is True


def test_the_further_attempt_counts_with_the_better_score(player: Player) -> None:
    first = {"attempts": 1, "best": 9000, "open": False, "answers": {"q001": "a"}}
    second = {"attempts": 2, "best": 6000, "open": True, "answers": {"q001": "b"}}
    for older, newer in ((first, second), (second, first)):
        found = merged(player, {"quizzes": {"p001": older}}, {"quizzes": {"p001": newer}})
        assert found["quizzes"]["p001"] == second | {"best": 9000}


def test_merge_keeps_last_score_of_the_latest_attempt(player: Player) -> None:
    outline = {"pages": [{"key": "p001", "quiz": {"keep": "last"}}]}
    first = {"attempts": 1, "best": 9000, "open": False, "answers": {}}
    second = {"attempts": 2, "best": 6000, "open": False, "answers": {}}
    begun = second | {"best": None, "open": True}
    for one, other in ((first, second), (second, first)):
        found = merged(
            player,
            {"score": one["best"], "quizzes": {"p001": one}},
            {"score": 6000, "quizzes": {"p001": other}},
            outline,
        )
        assert (found["quizzes"]["p001"], found["score"]) == (second, 6000)
    found = merged(player, {"quizzes": {"p001": first}}, {"quizzes": {"p001": begun}}, outline)
    assert found["quizzes"]["p001"] == begun | {"best": 9000}


def test_merge_combines_answers_of_an_attempt_once_finished(player: Player) -> None:
    one = {"attempts": 1, "best": None, "open": True, "answers": {"q001": "a", "q002": "b"}}
    done = {"attempts": 1, "best": 8000, "open": False, "answers": {"q001": "c", "q003": "d"}}
    found = merged(player, {"quizzes": {"p001": one}}, {"quizzes": {"p001": done}})
    answers = {"q001": "c", "q002": "b", "q003": "d"}
    assert found["quizzes"]["p001"] == done | {"answers": answers}


def test_merge_keeps_the_finished_attempt_that_counts(player: Player) -> None:
    """Together their answers would have a score that nobody has reached."""
    half = {"attempts": 1, "best": 5000, "open": False, "answers": {"q001": "a", "q002": "b"}}
    whole = {"attempts": 1, "best": 10000, "open": False, "answers": {"q001": "c"}}
    for one, other in ((half, whole), (whole, half)):
        found = merged(player, {"quizzes": {"p001": one}}, {"quizzes": {"p001": other}})
        assert found["quizzes"]["p001"] == whole


def test_merge_keeps_score_of_the_window_that_finished(
    player: Player,
) -> None:
    outline = {"pages": [{"key": "p001", "quiz": {"keep": "last"}}]}
    open_still = {"attempts": 2, "best": 9000, "open": True, "answers": {}}
    done = {"attempts": 2, "best": 6000, "open": False, "answers": {}}
    for one, other in ((open_still, done), (done, open_still)):
        found = merged(player, {"quizzes": {"p001": one}}, {"quizzes": {"p001": other}}, outline)
        assert found["quizzes"]["p001"] == done


def test_merge_keeps_latest_answer_and_most_tries(player: Player) -> None:
    older = {"checks": {"c001": {"tries": 3, "first": False, "response": "a"}}}
    newer = {"checks": {"c001": {"tries": 1, "first": True, "response": "b"}}}
    assert merged(player, older, newer, apart=True)["checks"] == {
        "c001": {"tries": 3, "first": False, "response": "b"}
    }


def test_merge_counts_attempt_without_history_as_additional(
    player: Player,
) -> None:
    done = {"attempts": 2, "best": 8000, "open": False, "answers": {"q001": "c"}}
    open_one = {"attempts": 1, "best": None, "open": True, "answers": {"q002": "a"}}
    looked_at = {"attempts": 0, "best": None, "open": False, "answers": {}}
    for newer, expected in (
        (open_one, open_one | {"attempts": 3, "best": 8000}),
        (done | {"best": 5000}, done | {"attempts": 4}),
        (done | {"attempts": 1023}, done | {"attempts": 1023}),
        (looked_at, done),
    ):
        quizzes = ({"quizzes": {"p001": done}}, {"quizzes": {"p001": newer}})
        assert merged(player, *quizzes, apart=True)["quizzes"]["p001"] == expected
    outline = {"pages": [{"key": "p001", "quiz": {"keep": "last"}}]}
    found = merged(player, *quizzes[:1], {"quizzes": {"p001": open_one}}, outline, apart=True)
    assert found["quizzes"]["p001"] == open_one | {"attempts": 3, "best": 8000}


COUNTS = ("saves", "status", "score", "interactions", "reported", "finished")


def counting(state: dict) -> dict:
    """What a report and a pass depend on."""
    quizzes = {key: (quiz["attempts"], quiz["best"]) for key, quiz in state["quizzes"].items()}
    tries = {key: check["tries"] for key, check in state["checks"].items()}
    sets = {name: state[name] for name in ("visited", "late")}
    records = sorted(state["records"])
    return (
        {name: state[name] for name in COUNTS}
        | sets
        | {
            "quizzes": quizzes,
            "tries": tries,
            "records": records,
        }
    )


@pytest.mark.whole
@settings(max_examples=40)
@given(states(3), states(3))
def test_what_counts_is_the_same_whichever_is_newer(
    player: Player, one: State, other: State
) -> None:
    first, second = from_python(one), from_python(other)
    assert counting(merged(player, first, second)) == counting(merged(player, second, first))


@pytest.mark.whole
@settings(max_examples=40)
@given(states(3), states(3))
def test_once_more_changes_nothing_and_nothing_is_lost(
    player: Player, one: State, other: State
) -> None:
    first, second = from_python(one), from_python(other)
    found = merged(player, first, second)
    assert merged(player, first, first) == merged(player, merged(player, first, first), first)
    assert merged(player, found, second) == found
    assert found["attempt"] == one.attempt
    assert set(found["visited"]) == one.visited | other.visited
    for key, check in other.checks.items():
        ahead = one.checks[key].tries > check.tries if key in one.checks else False
        response = found["checks"][key]["response"]
        assert response == check.response or not check.response or ahead
    for key, quiz in one.quizzes.items():
        kept = found["quizzes"][key]
        assert kept["attempts"] >= quiz.attempts
        assert kept["best"] is not None or quiz.best is None
        if kept["attempts"] == quiz.attempts:
            assert quiz.answers.keys() <= kept["answers"].keys()
