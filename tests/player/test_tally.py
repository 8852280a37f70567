"""The minutes that are left, in the contents list."""

from typing import Any

import pytest

from tests.player.conftest import Player

PAGES: list[dict[str, Any]] = [
    {"id": "asked", "minutes": 1},
    {"id": "new", "minutes": 5},
    {"id": "test", "minutes": 2, "covers": ["exits", "tools"]},
    {"id": "exits", "minutes": 4},
    {"id": "tools", "minutes": 7},
    {"id": "quiz", "minutes": 3},
]


@pytest.mark.parametrize(
    ("done", "left"),
    [
        ([], 11),
        (["asked", "new"], 5),
        (["exits"], 11),
        # A passed test has shown its pages; after the last try, they must be read.
        (["test", "exits", "tools"], 9),
        (["test"], 20),
        (["exits", "tools"], 9),
    ],
)
def test_a_refresher_counts_tests_instead_of_pages(
    player: Player, done: list[str], left: int
) -> None:
    assert player("minutesLeft", {"pages": PAGES, "refresher": True}, done) == left


def test_a_course_counts_every_page(player: Player) -> None:
    assert player("minutesLeft", {"pages": PAGES}, ["new"]) == 15
