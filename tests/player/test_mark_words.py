"""What a quiz, test-out or scenario says about its pass mark."""

from typing import Any

import pytest

from builder.course import interface
from tests.player.conftest import Player


def words(
    player: Player, mark: dict[str, Any], kind: str = "quiz", scored: int = 4, score: int = 7_999
) -> list[str]:
    part = "scenario" if kind == "scenario" else "quiz"
    start = f"player.{part}."
    texts = {
        key.removeprefix(start): text
        for key, text in interface.texts("pl").items()
        if key.startswith(start)
    }
    page = {"id": "one", "key": "page", "kind": kind, "mark": mark}
    said: list[str] = player("markWords", page, scored, score, texts, "pl")
    return said


def test_right_answers_are_counted_before_and_after(player: Player) -> None:
    said = words(player, {"percent": 80, "n": 4, "of": 4})
    assert said == ["Do zaliczenia potrzeba 4 z 4.", "4 z 4", "79%"]


def test_after_an_edit_an_older_attempt_needs_the_percentage(player: Player) -> None:
    assert words(player, {"percent": 80, "n": 7, "of": 8})[1] == "80%"


def test_points_are_never_rounded_up_to_the_mark(player: Player) -> None:
    said = words(player, {"percent": 80, "n": 3.2, "of": 4, "points": True})
    assert said == ["Do zaliczenia potrzeba 3,2 z 4 pkt.", "3,2 z 4 pkt", "3,19 z 4 pkt"]


def test_a_shared_mark_is_that_of_the_course(player: Player) -> None:
    said = words(player, {"percent": 80, "shared": True})
    assert said[:2] == ["Liczy się razem z innymi częściami kursu: łącznie potrzeba 80%.", "80%"]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ({"percent": 80, "n": 2, "of": 3}, "Do zaliczenia potrzeba 2 dobrych decyzji z 3."),
        ({"percent": 80}, "Do zaliczenia potrzeba 80%."),
    ],
)
def test_a_scenario_needs_good_decisions(player: Player, mark: Any, expected: str) -> None:
    assert words(player, mark, "scenario")[0] == expected
