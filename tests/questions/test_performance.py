"""Performance: steps of a task, scored only where some of them are needed."""

from typing import Any

import pytest

from builder.course.questions.performance import PERFORMANCE
from builder.course.questions.question_type import Fault
from builder.course.shaping import ShapeError, read

IDS = "abcdefghijklmnopqrstuvwxyz0123456789"


def performance(*steps: str, **more: Any) -> dict[str, Any]:
    """A question with these steps; a star marks a needed one."""
    written = [
        {"id": one.strip("*"), "text": "Text"} | ({"needed": "yes"} if "*" in one else {})
        for one in steps
    ]
    return {"id": "q", "type": "performance", "prompt": "Do this.", "steps": written} | more


def test_without_a_needed_step_nothing_is_right_or_scored() -> None:
    answering = PERFORMANCE.answering(read(PERFORMANCE.shape, performance("a", "b")), {})
    assert not answering.scored
    assert answering.patterns == ()
    assert answering.right == ""
    assert PERFORMANCE.room(answering.extent) == 2


def test_the_needed_steps_are_the_right_answer() -> None:
    shape = read(PERFORMANCE.shape, performance("c*", "a*", "b"))
    assert list(PERFORMANCE.faults(shape)) == []
    answering = PERFORMANCE.answering(shape, {})
    assert answering.scored
    assert answering.patterns == ("a,c",)
    assert answering.answer == {"needed": ["a", "c"], "credit": "all"}


def test_36_steps_fit_into_a_report() -> None:
    shape = read(PERFORMANCE.shape, performance(*(f"{one}*" for one in IDS)))
    answering = PERFORMANCE.answering(shape, {})
    assert PERFORMANCE.room(answering.extent) == 36
    assert len(answering.right) <= 255


def test_credit_in_part_takes_a_needed_step() -> None:
    def faults(*steps: str) -> list[Fault]:
        shape = read(PERFORMANCE.shape, performance(*steps, credit="partial"))
        return list(PERFORMANCE.faults(shape))

    assert faults("a", "b") == [Fault("credit-unscored", ("credit",), {"question": "q"})]
    assert faults("a*", "b") == []


@pytest.mark.parametrize(
    "question",
    [
        performance(),
        performance(*["a"] * 37),
        performance("ab"),
        performance("a", credit="some"),
        performance("a", steps=[{"id": "a", "text": "A", "needed": "perhaps"}]),
    ],
)
def test_shapes_that_are_refused(question: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read(PERFORMANCE.shape, question)
