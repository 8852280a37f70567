"""Numeric: which numbers are right, what the LMS is told, what authors cannot write."""

from typing import Any

import pytest

from builder.course.questions.numeric import NUMERIC
from builder.course.questions.question_type import Answering
from builder.course.shaping import ShapeError, read


def written(**more: str) -> dict[str, Any]:
    return {"id": "q", "type": "numeric", "prompt": "Under what age?"} | more


def answering(**more: str) -> Answering:
    shape = read(NUMERIC.shape, written(**more))
    assert list(NUMERIC.faults(shape)) == []
    return NUMERIC.answering(shape, {})


@pytest.mark.parametrize(
    ("keys", "low", "high", "patterns", "right"),
    [
        ({"answer": "18"}, "18", "18", ("18",), "18"),
        ({"answer": "-0.50", "unit": "°C"}, "-0.5", "-0.5", ("-0.5",), "-0.5 °C"),
        ({"answer": "0.3", "tolerance": "0.1"}, "0.2", "0.4", ("0.3",), "0.3 ± 0.1"),
        ({"answer": "5", "tolerance": "0"}, "5", "5", ("5",), "5"),
        ({"min": "10", "max": "20.0"}, "10", "20", ("10", "20"), "10 to 20"),
        ({"min": "7", "max": "7"}, "7", "7", ("7",), "7"),
        ({"min": "100", "unit": "ml"}, "100", "", ("100",), "≥ 100 ml"),
        ({"max": "-0"}, "", "0", ("0",), "≤ 0"),
        ({"answer": "100", "tolerance": "100"}, "0", "200", ("100",), "100 ± 100"),
    ],
)
def test_what_is_right(
    keys: dict[str, str], low: str, high: str, patterns: tuple[str, ...], right: str
) -> None:
    made = answering(**keys)
    assert (made.answer["from"], made.answer["to"]) == (low, high)
    assert made.patterns == patterns
    assert made.right == right


@pytest.mark.parametrize(
    ("keys", "signed"),
    [({"answer": "18"}, False), ({"answer": "0", "tolerance": "2"}, True), ({"min": "-5"}, True)],
)
def test_whether_a_minus_sign_may_be_needed(keys: dict[str, str], signed: bool) -> None:
    assert answering(**keys).answer["signed"] is signed


@pytest.mark.parametrize(
    ("keys", "code", "steps"),
    [
        ({}, "answer-missing", ()),
        ({"unit": "years"}, "answer-missing", ()),
        ({"answer": "1", "min": "0"}, "number-range", ("min",)),
        ({"answer": "1", "max": "2"}, "number-range", ("max",)),
        ({"min": "1", "tolerance": "1"}, "number-range", ("tolerance",)),
        ({"answer": "1", "tolerance": "-1"}, "number-range", ("tolerance",)),
        ({"min": "2", "max": "1.99"}, "number-range", ("min",)),
        ({"answer": "18", "tolerance": "20"}, "tolerance-wide", ("tolerance",)),
    ],
)
def test_what_has_no_right_answer(keys: dict[str, str], code: str, steps: tuple[str]) -> None:
    (fault,) = NUMERIC.faults(read(NUMERIC.shape, written(**keys)))
    assert (fault.code, fault.steps) == (code, steps)


@pytest.mark.parametrize(
    "number", ["1,5", "1e3", "1 000", "+1", ".5", "5.", "1234567890", "0.1234567", "inf", "٣", ""]
)
def test_numbers_that_are_refused(number: str) -> None:
    with pytest.raises(ShapeError):
        read(NUMERIC.shape, written(answer=number))
