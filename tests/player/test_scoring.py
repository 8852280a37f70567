"""Scores are what a plain sum with exact fractions gives."""

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.player.conftest import Player

OPTIONS = "abcd"
questions = st.lists(
    st.builds(
        lambda weight, right: {"weight": weight / 100, "right": sorted(right)},
        st.integers(1, 10000),
        st.sets(st.sampled_from(OPTIONS), min_size=1),
    ),
    min_size=1,
    max_size=12,
)


def expected(quiz: list[dict[str, Any]], answers: dict[str, str]) -> dict[str, int]:
    weights = [Fraction(round(question["weight"] * 100), 100) for question in quiz]
    right = [set(answers.get(question["key"], "")) == set(question["right"]) for question in quiz]
    earned = sum(weight for weight, good in zip(weights, right, strict=True) if good)
    percent = Fraction(earned * 100) / sum(weights)
    return {"right": sum(right), "hundredths": math.floor(percent * 100 + Fraction(1, 2))}


@settings(max_examples=200, deadline=None)
@given(questions, st.data())
def test_score_of_a_quiz(player: Player, quiz: list[dict[str, Any]], data: st.DataObject) -> None:
    quiz = [question | {"key": f"k{at:03}"} for at, question in enumerate(quiz)]
    answers = {
        question["key"]: "".join(sorted(data.draw(st.sets(st.sampled_from(OPTIONS)))))
        for question in quiz
        if data.draw(st.booleans())
    }
    assert player("scoreQuiz", quiz, list(answers.items())) == expected(quiz, answers)


@pytest.mark.parametrize(
    ("right", "response", "is_right"),
    [
        (["a"], "a", True),
        (["a"], "b", False),
        (["a"], "ab", False),
        (["a", "c"], "ac", True),
        (["c", "a"], "ac", True),
        (["a", "c"], "a", False),
        (["a", "c"], "acd", False),
        (["t"], "", False),
    ],
)
def test_all_the_right_options_and_no_other(
    player: Player, right: list[str], response: str, is_right: bool
) -> None:
    assert player("isRight", {"right": right}, response) is is_right


def test_a_quiz_without_questions_scores_nothing(player: Player) -> None:
    assert player("scoreQuiz", [], []) == {"right": 0, "hundredths": 0}


def test_a_response_is_reported_and_described(player: Player) -> None:
    options = [{"id": "a", "text": "One"}, {"id": "b", "text": "Two"}, {"id": "c", "text": "Three"}]
    assert player("reported", "ac") == "a,c"
    assert player("describe", {"options": options}, "ca") == "One; Three"
