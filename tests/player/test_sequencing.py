"""What an order earns, how it is reported, and which one a trainee starts from."""

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player

IDS = "abcdefghijklmnopqrstuvwxyz0123456789"
RIGHT = st.lists(st.sampled_from(IDS), min_size=2, unique=True)


def question(right: str, credit: str = "all") -> dict[str, Any]:
    options = [{"id": one, "text": f"Step {one}"} for one in right]
    return {"options": options, "answer": {"right": list(right), "credit": credit}}


@given(RIGHT, st.randoms())
def test_each_item_in_its_place_earns_the_same(
    player: Player, right: list[str], random: Any
) -> None:
    given_order = random.sample(right, len(right))
    placed = sum(one == two for one, two in zip(right, given_order, strict=True))
    share = math.floor(Fraction(placed * 10_000, len(right)) + Fraction(1, 2))
    order, response = "".join(right), "".join(given_order)
    assert player("credit", "sequencing", question(order, "partial"), response) == share
    full = 10_000 if placed == len(right) else 0
    assert player("credit", "sequencing", question(order), response) == full


@given(RIGHT, st.text(max_size=8))
def test_the_right_order_is_never_the_initial_one(
    player: Player, right: list[str], seed: str
) -> None:
    start = player("startOrder", right, seed)
    assert sorted(start) == sorted(right)
    assert start != right
    assert player("startOrder", right, seed) == start


@pytest.mark.parametrize(
    ("response", "reported", "words"),
    [
        ("cab", "c,a,b", "1. Step c; 2. Step a; 3. Step b"),
        # “z” is an item that the course no longer has.
        ("bza", "b,a", "1. Step b; 2. Step a"),
    ],
)
def test_an_order_is_reported_and_described(
    player: Player, response: str, reported: str, words: str
) -> None:
    asked = question("abc")
    assert player("reported", "sequencing", asked, response) == [{"part": "", "response": reported}]
    assert player("describe", "sequencing", asked, response) == words
    assert player("fits", "sequencing", reported)
