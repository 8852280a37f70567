"""Likert: statements, the scale, what the LMS is told, what authors cannot write."""

from typing import Any

import pytest

from builder.course import interface
from builder.course.questions.likert import LIKERT
from builder.course.questions.question_type import Answering
from builder.course.shaping import ShapeError, read

TWO = [{"id": "y", "text": "Yes"}, {"id": "n", "text": "No", "feedback": "Ask for help."}]


def written(**more: Any) -> dict[str, Any]:
    return {"id": "q", "type": "likert", "prompt": "I feel ready."} | more


def answering(**more: Any) -> Answering:
    shape = read(LIKERT.shape, written(**more))
    assert list(LIKERT.faults(shape)) == []
    return LIKERT.answering(shape, interface.texts("en"))


def statements(count: int) -> list[dict[str, str]]:
    ids = "abcdefghijklmnopqrstuvwxyz"[:count]
    return [{"id": one, "text": f"Statement {one}"} for one in ids]


def test_the_prompt_alone_is_a_statement_with_five_degrees() -> None:
    made = answering()
    assert [(option.id, option.text) for option in made.options] == [
        ("1", "Strongly disagree"),
        ("2", "Disagree"),
        ("3", "Neither agree nor disagree"),
        ("4", "Agree"),
        ("5", "Strongly agree"),
    ]
    assert made.items == ()
    assert LIKERT.room(made.extent) == 1


def test_statements_and_a_scale_of_ones_own() -> None:
    made = answering(statements=statements(3), scale=TWO)
    assert [item.id for item in made.items] == ["a", "b", "c"]
    assert [option.feedback for option in made.options] == [None, "Ask for help."]
    assert LIKERT.room(made.extent) == 6


def test_nothing_is_right() -> None:
    made = answering(scale=TWO)
    assert not made.scored
    assert made.patterns == ()
    assert made.right == ""
    assert [option.correct for option in made.options] == [False, False]


@pytest.mark.parametrize(
    "question",
    [
        written(scale=TWO[:1]),
        written(scale=[]),
        written(scale=[{"id": str(n % 10), "text": "T"} for n in range(12)]),
        written(scale=[{"id": "y", "text": "Yes", "correct": "yes"}, TWO[1]]),
        written(statements=[]),
        written(statements=statements(21)),
        written(statements="I feel ready."),
    ],
)
def test_shapes_that_are_refused(question: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read(LIKERT.shape, question)
