"""Likert in the player: an answer for each statement, told one by one, never judged."""

from typing import Any

import pytest

from tests.player.conftest import Player

SCALE = [
    {"id": "1", "text": "No", "feedback": "<p>Ask.</p>"},
    {"id": "2", "text": "Yes", "feedback": None},
]
ITEMS = [{"id": "a", "text": "I am ready."}, {"id": "1", "text": "I know why."}]
ONE: dict[str, Any] = {"options": SCALE, "items": [], "scored": False}
SEVERAL: dict[str, Any] = ONE | {"items": ITEMS}


@pytest.mark.parametrize(
    ("question", "response", "told", "words"),
    [
        (ONE, "2", [("", "2")], "Yes"),
        (ONE, "9", [], ""),
        (ONE, "", [], ""),
        (SEVERAL, "a112", [("a", "1"), ("1", "2")], "I am ready. – No; I know why. – Yes"),
        # Statements and answers that the course no longer has.
        (SEVERAL, "x1a212", [("a", "2"), ("1", "2")], "I am ready. – Yes; I know why. – Yes"),
        (SEVERAL, "a912", [("1", "2")], "I know why. – Yes"),
    ],
)
def test_each_statement_is_reported_separately(
    player: Player,
    question: dict[str, Any],
    response: str,
    told: list[tuple[str, str]],
    words: str,
) -> None:
    reported = [{"part": part, "response": answer} for part, answer in told]
    assert player("reported", "likert", question, response) == reported
    assert player("describe", "likert", question, response) == words
    assert player("credit", "likert", question, response) == 0


def test_feedback_of_a_point_is_given_once(player: Player) -> None:
    assert player("feedback", "likert", SEVERAL, "a111", {}) == ["<p>Ask.</p>"]
