"""What a matching answer earns, how it is reported, and how it reads."""

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player


def question(right: dict[str, str], options: str = "abc", credit: str = "all") -> dict[str, Any]:
    return {
        "items": [{"id": one, "text": f"Item {one}"} for one in right],
        "options": [{"id": one, "text": f"Option {one}"} for one in options],
        "answer": {"right": right, "credit": credit},
    }


@pytest.mark.whole
@given(
    st.dictionaries(
        st.sampled_from("123456789xyz"),
        st.tuples(st.sampled_from("abc"), st.sampled_from(["a", "b", "c", "d", ""])),
        min_size=2,
    )
)
def test_each_right_pair_earns_the_same(player: Player, pairs: dict[str, tuple[str, str]]) -> None:
    right = {item: option for item, (option, _) in pairs.items()}
    response = "".join(item + given for item, (_, given) in pairs.items() if given)
    good = sum(option == given for option, given in pairs.values())
    share = math.floor(Fraction(good * 10_000, len(pairs)) + Fraction(1, 2))
    assert player("credit", "matching", question(right, credit="partial"), response) == share
    full = 10_000 if good == len(pairs) else 0
    assert player("credit", "matching", question(right), response) == full


@pytest.mark.parametrize(
    ("response", "reported", "words"),
    [
        ("1a2b", "1.a,2.b", "Item 1 – Option a; Item 2 – Option b"),
        ("2b1a", "1.a,2.b", "Item 1 – Option a; Item 2 – Option b"),
        ("1a", "1.a", "Item 1 – Option a"),
        # Of an item and of an option that the course no longer has.
        ("1a2z9c", "1.a", "Item 1 – Option a"),
        ("", "", ""),
    ],
)
def test_an_answer_is_reported_and_described(
    player: Player, response: str, reported: str, words: str
) -> None:
    asked = question({"1": "a", "2": "c"})
    assert player("reported", "matching", asked, response) == [{"part": "", "response": reported}]
    assert player("describe", "matching", asked, response) == words
    assert player("fits", "matching", reported or "1.a")
