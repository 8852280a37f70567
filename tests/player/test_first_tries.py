"""How the practice questions of a page went, from what the state already has."""

from typing import Any

import pytest

from tests.player.conftest import Player

PAGE = {"needs": {"check": ["a", "b", "c"]}}
RIGHT = {"tries": 1, "first": True, "response": "a"}
LATER = {"tries": 3, "first": False, "response": "a"}
TYPED = {"tries": 0, "first": False, "response": "half a sen"}


@pytest.mark.parametrize(
    ("checks", "found"),
    [
        ({}, {"of": 3, "tried": 0, "right": 0, "open": 3}),
        ({"a": RIGHT, "b": LATER}, {"of": 3, "tried": 2, "right": 1, "open": 1}),
        # A draft is no answer, and a question of another page counts nothing.
        ({"a": RIGHT, "b": TYPED, "z": RIGHT}, {"of": 3, "tried": 1, "right": 1, "open": 2}),
    ],
)
def test_a_page_counts_right_first_tries_and_open_questions(
    player: Player, checks: dict[str, Any], found: dict[str, int]
) -> None:
    assert player("firstTries", PAGE, list(checks.items())) == found


def test_a_question_without_a_right_answer_is_only_open_or_not(player: Player) -> None:
    page = PAGE | {"judged": 2}
    found = {"of": 2, "tried": 1, "right": 1}
    assert player("firstTries", page, [["a", RIGHT]]) == found | {"open": 2}
    assert player("firstTries", page, [["a", RIGHT], ["c", RIGHT]]) == found | {"open": 1}


def test_a_page_without_practice_has_nothing_to_say(player: Player) -> None:
    assert player("firstTries", {}, [["a", RIGHT]]) == {"of": 0, "tried": 0, "right": 0, "open": 0}
