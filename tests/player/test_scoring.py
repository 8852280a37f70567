"""Scores are what a plain sum with exact fractions gives."""

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.player.conftest import Player

OPTIONS = "abcd"
FULL = 10_000
questions = st.lists(
    st.builds(
        lambda weight, right, credit, scored: {
            "type": "choice",
            "weight": weight / 100,
            "scored": scored,
            "answer": {"right": sorted(right), "credit": credit},
        },
        st.integers(1, 10000),
        st.sets(st.sampled_from(OPTIONS), min_size=1),
        st.sampled_from(["all", "partial"]),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=12,
)


def rounded(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def credit(question: dict[str, Any], response: str | None) -> int:
    """Hundredths of a percent of a question's weight."""
    right, chosen = set(question["answer"]["right"]), set(response or "")
    if question["answer"]["credit"] == "all":
        return FULL if chosen == right else 0
    return rounded(Fraction(max(len(chosen & right) - len(chosen - right), 0) * FULL, len(right)))


def expected(quiz: list[dict[str, Any]], answers: dict[str, str]) -> dict[str, int]:
    scored = [question for question in quiz if question["scored"]]
    credits = [credit(question, answers.get(question["key"])) for question in scored]
    weights = [Fraction(round(question["weight"] * 100), 100) for question in scored]
    earned = sum(weight * one for weight, one in zip(weights, credits, strict=True))
    percent = Fraction(earned) / sum(weights) if weights else Fraction(0)
    return {
        "scored": len(scored),
        "right": credits.count(FULL),
        "partly": sum(0 < one < FULL for one in credits),
        "hundredths": rounded(percent),
    }


@pytest.mark.whole
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
    ("right", "response", "all_or_nothing", "in_part"),
    [
        ("a", "a", FULL, FULL),
        ("a", "b", 0, 0),
        ("a", "ab", 0, 0),
        ("ac", "ac", FULL, FULL),
        ("ac", "a", 0, 5000),
        ("ac", "acd", 0, 5000),
        ("abc", "a", 0, 3333),
        ("abc", "ab", 0, 6667),
        ("a", "", 0, 0),
    ],
)
def test_what_a_choice_earns(
    player: Player, right: str, response: str, all_or_nothing: int, in_part: int
) -> None:
    for way, earned in (("all", all_or_nothing), ("partial", in_part)):
        question = {"answer": {"right": list(right), "credit": way}}
        assert player("credit", "choice", question, response) == earned


@pytest.mark.parametrize(
    ("scored", "earned", "word"),
    [
        (True, FULL, "correct"),
        (True, 9999, "partly"),
        (True, 1, "partly"),
        (True, 0, "not_quite"),
        (False, 0, "answered"),
    ],
)
def test_the_word_for_an_answer(player: Player, scored: bool, earned: int, word: str) -> None:
    assert player("verdictOf", {"scored": scored}, earned) == word


def test_a_quiz_without_questions_scores_nothing(player: Player) -> None:
    assert player("scoreQuiz", [], []) == {
        "scored": 0,
        "right": 0,
        "partly": 0,
        "hundredths": 0,
    }


def test_a_response_is_reported_and_described(player: Player) -> None:
    options = [{"id": "a", "text": "One"}, {"id": "b", "text": "Two"}, {"id": "c", "text": "Three"}]
    question = {"options": options}
    assert player("reported", "choice", question, "ac") == [{"part": "", "response": "a,c"}]
    assert player("describe", "choice", question, "ca") == "One; Three"


@pytest.mark.parametrize(
    ("hundredths", "mark", "shown"),
    [
        (8158, 8000, 8200),
        (8149, 8000, 8100),
        # Neither all nor the mark is there yet, so that no rounding says so.
        (9960, 8000, 9900),
        (7950, 8000, 7900),
        (7999, 0, 8000),
        (10000, 10000, 10000),
        (0, 0, 0),
    ],
)
def test_a_score_is_shown_in_whole_percent(
    player: Player, hundredths: int, mark: int, shown: int
) -> None:
    assert player("shownScore", hundredths, mark) == shown
