"""Single answers are appended in the order and form that SCORM 1.2 players want."""

from typing import Any

import pytest

from tests.player.answers import ANSWER, QUESTION
from tests.player.conftest import Player


def run(player: Player, *steps: list[Any], count: str = "0") -> list[Any]:
    results: list[Any] = player("interactions", {"count": count, "steps": list(steps)})
    return results


def indexes(values: list[list[str]]) -> list[str]:
    return [element.split(".")[2] for element, _ in values if element.endswith(".id")]


def test_one_answer(player: Player) -> None:
    assert run(player, ["add", ANSWER], ["values"], count="3")[1] == [
        ["cmi.interactions.3.id", "definition--cse-form-abuse"],
        ["cmi.interactions.3.type", "choice"],
        ["cmi.interactions.3.time", "09:05:07"],
        ["cmi.interactions.3.correct_responses.0.pattern", "{a,c}"],
        ["cmi.interactions.3.weighting", "2"],
        ["cmi.interactions.3.student_response", "a,c"],
        ["cmi.interactions.3.result", "correct"],
        ["cmi.interactions.3.latency", "0000:01:01.50"],
    ]


def test_late_answer_keeps_the_time_it_was_given(player: Player) -> None:
    values = dict(run(player, ["add", ANSWER, 8], ["values"])[1])
    assert values["cmi.interactions.0.time"] == "08:00:00"


@pytest.mark.parametrize(
    ("credit", "result"), [(0, "wrong"), (3333, "0.3333"), (5000, "0.5"), (10_000, "correct")]
)
def test_the_result_in_the_words_of_scorm(player: Player, credit: int, result: str) -> None:
    values = dict(run(player, ["add", ANSWER | {"credit": credit}], ["values"])[1])
    assert values["cmi.interactions.0.result"] == result


def test_question_without_right_answer_is_neutral_and_unweighted(player: Player) -> None:
    likert = QUESTION | {"interaction": "likert", "patterns": [], "scored": False}
    reported = [{"part": "1", "response": "a"}, {"part": "2", "response": "c"}]
    answer = ANSWER | {"question": likert, "reported": reported, "credit": 0}
    values = dict(run(player, ["add", answer], ["values"])[1])
    assert [values[f"cmi.interactions.{at}.id"] for at in (0, 1)] == [
        "definition--cse-form-abuse--1",
        "definition--cse-form-abuse--2",
    ]
    assert [values[f"cmi.interactions.{at}.student_response"] for at in (0, 1)] == ["a", "c"]
    assert values["cmi.interactions.1.result"] == "neutral"
    assert values["cmi.interactions.1.weighting"] == "0"
    assert not [name for name in values if "pattern" in name]


def test_several_right_answers_are_several_patterns_five_at_most(player: Player) -> None:
    typed = QUESTION | {"interaction": "fill-in", "patterns": list("abcdefg")}
    values = dict(run(player, ["add", ANSWER | {"question": typed}], ["values"])[1])
    patterns = {name[19:]: value for name, value in values.items() if "pattern" in name}
    assert patterns == {f"correct_responses.{n}.pattern": "abcde"[n] for n in range(5)}


def test_an_answer_without_a_report_is_not_written(player: Player) -> None:
    private = QUESTION | {"interaction": None}
    assert run(player, ["add", ANSWER | {"question": private}], ["values"])[1] == []


def test_response_refused_by_strict_lms_is_omitted(player: Player) -> None:
    refused = [{"part": "", "response": "{a}"}]
    values = dict(run(player, ["add", ANSWER | {"reported": refused}], ["values"])[1])
    assert "cmi.interactions.0.student_response" not in values
    assert values["cmi.interactions.0.result"] == "correct"


def test_answers_are_appended_and_gone_once_stored(player: Player) -> None:
    steps = [["add", ANSWER], ["values"], ["confirm"], ["add", ANSWER], ["values"]]
    results = run(player, *steps)
    assert indexes(results[1]) == ["0"]
    assert indexes(results[4]) == ["1"]


def test_answers_lost_on_the_way_are_appended_again(player: Player) -> None:
    results = run(player, ["add", ANSWER], ["values"], ["values"], ["repeat"], ["values"])
    assert indexes(results[1]) == indexes(results[2]) == ["0"]
    assert indexes(results[4]) == ["1"]


def test_an_lms_that_does_not_count(player: Player) -> None:
    assert indexes(run(player, ["add", ANSWER], ["values"], count="")[1]) == ["0"]


def test_their_number_is_bounded_and_practice_leaves_room(player: Player) -> None:
    practice = ["add", ANSWER | {"use": "practice"}]
    assert run(player, practice, ["values"], count="60")[1] == []
    assert indexes(run(player, ["add", ANSWER], ["values"], count="60")[1]) == ["60"]
    assert run(player, ["add", ANSWER], ["values"], count="110")[1] == []


@pytest.mark.parametrize(("use", "most"), [("practice", 60), ("quiz", 110)])
def test_their_number_is_bounded_when_they_come_at_once(
    player: Player, use: str, most: int
) -> None:
    one = ["add", ANSWER | {"use": use}]
    assert len(indexes(run(player, *[one] * 200, ["values"])[-1])) == most
    assert len(indexes(run(player, *[one] * 200, ["values"], count="50")[-1])) == most - 50
    # An answer with several parts is written completely or not at all.
    parts = [
        "add",
        ANSWER | {"use": use, "reported": [{"part": str(n), "response": "a"} for n in (1, 2)]},
    ]
    assert (
        len(indexes(run(player, *[parts] * 200, ["values"], count="1")[-1])) == (most - 1) // 2 * 2
    )


def test_a_late_answer_in_transit_is_not_reported_twice(player: Player) -> None:
    other = ANSWER | {"reported": [{"part": "", "response": "b"}]}
    steps = [["add", ANSWER], ["add", ANSWER, None], ["add", other, None], ["values"]]
    told = [value for name, value in run(player, *steps)[-1] if name.endswith("student_response")]
    assert told == ["a,c", "b"]
    # Answered the same again, it is another answer.
    assert indexes(run(player, ["add", ANSWER], ["add", ANSWER], ["values"])[-1]) == ["0", "1"]
