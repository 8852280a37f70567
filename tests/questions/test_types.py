"""The types of question: what the LMS is told, and which questions cannot be answered."""

from typing import Any

import pytest

from builder.course.questions import TYPES
from builder.course.questions.question_type import Fault
from builder.course.shaping import ShapeError, read


def choice(*options: str, **more: str) -> dict[str, Any]:
    """A choice with these option ids; a star marks a right one."""
    written = [
        {"id": one.strip("*"), "text": "Text"} | ({"correct": "yes"} if "*" in one else {})
        for one in options
    ]
    return {"id": "q", "type": "choice", "prompt": "Which?", "options": written} | more


def true_false(**more: str | None) -> dict[str, Any]:
    return {"id": "q", "type": "true-false", "prompt": "Is it so?"} | more


def pattern(question: dict[str, Any]) -> str:
    kind = TYPES[question["type"]]
    shape = read(kind.shape, question)
    assert list(kind.faults(shape)) == []
    (found,) = kind.answering(shape, {"page.true": "True", "page.false": "False"}).patterns
    return found


def faults(question: dict[str, Any]) -> list[Fault]:
    kind = TYPES[question["type"]]
    return list(kind.faults(read(kind.shape, question)))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (true_false(answer="true"), "t"),
        (true_false(answer="yes"), "t"),
        (true_false(answer="False"), "f"),
        (true_false(answer="No"), "f"),
        (choice("a", "b*"), "b"),
        (choice("1*", "2"), "1"),
        (choice("c*", "a*", "b", multiple="yes"), "{a,c}"),
        (choice("a*", "b", multiple="yes"), "{a}"),
        (choice("a*", "b", multiple="no"), "a"),
    ],
)
def test_the_right_answer_as_scorm_writes_it(question: dict[str, Any], expected: str) -> None:
    assert pattern(question) == expected


@pytest.mark.parametrize("answer", [None, ""])
def test_true_false_needs_an_answer(answer: str | None) -> None:
    question = true_false() if answer is None else true_false(answer=None)
    words = {"question": "q", "fix": "Write “answer: true” or “answer: false”"}
    assert faults(question) == [Fault("answer-missing", (), words)]


def test_a_choice_needs_a_right_option() -> None:
    words = {"question": "q", "fix": "Write “correct: yes” below the right option"}
    missing = Fault("answer-missing", ("options",), words)
    assert faults(choice("a", "b")) == [missing]
    assert faults(choice("a", "b", multiple="yes")) == [missing]


def test_one_choice_has_one_right_option() -> None:
    words = {"question": "q", "options": "a, c"}
    assert faults(choice("c*", "a*", "b")) == [Fault("answer-ambiguous", ("options",), words)]


def test_credit_in_part_takes_several_options() -> None:
    fault = Fault("credit-partial", ("credit",), {"question": "q"})
    assert faults(choice("a*", "b", credit="partial")) == [fault]
    assert faults(choice("a*", "b", credit="partial", multiple="yes")) == []


@pytest.mark.parametrize("count", [2, 36])
def test_two_to_36_options(count: int) -> None:
    ids = "abcdefghijklmnopqrstuvwxyz0123456789"[:count]
    assert pattern(choice("a*", *ids[1:])) == "a"


@pytest.mark.parametrize(
    "question",
    [
        choice("a*"),
        choice(*(["a*"] * 37)),
        choice("A*", "b"),
        choice("ab*", "c"),
        choice("é*", "b"),
        true_false(answer="perhaps"),
        true_false(answer="true", id="Not An Id"),
        true_false(answer="true", id="a\n"),
        true_false(answer="true", id="a" * 65),
        true_false(answer="true", weight="0"),
        true_false(answer="true", weight="0.004"),
        true_false(answer="true", weight="0.0000001"),
        true_false(answer="true", weight="1.005"),
        true_false(answer="true", weight="33.333"),
        true_false(answer="true", weight="100.01"),
        true_false(answer="true", weight="inf"),
        true_false(answer="true", weight="nan"),
        true_false(answer="true", weight="101"),
        true_false(answer="true", revision="0"),
        true_false(answer="true", prompt="  "),
        true_false(answer="true", prompt="\u200b"),
        true_false(answer="true", clue="An unknown key"),
    ],
)
def test_shapes_that_are_refused(question: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read(TYPES[question["type"]].shape, question)


def test_a_weight_has_up_to_two_decimals() -> None:
    shape = TYPES["true-false"].shape
    for hundredths in range(1, 10_001):
        written = f"{hundredths // 100}.{hundredths % 100:02}"
        weight = read(shape, true_false(answer="true", weight=written)).weight
        assert weight * 100 == pytest.approx(hundredths)
