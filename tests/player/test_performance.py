"""What the steps of a task earn, and how they are reported."""

import math
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player

STEPS = "abcdefgh"
SOME = st.sets(st.sampled_from(STEPS))


def question(needed: str, credit: str = "all") -> dict[str, Any]:
    options = [{"id": one, "text": f"Step {one}"} for one in STEPS]
    return {"options": options, "answer": {"needed": list(needed), "credit": credit}}


@given(SOME, SOME)
def test_each_needed_step_earns_the_same_and_the_others_nothing(
    player: Player, needed: set[str], done: set[str]
) -> None:
    letters, response = "".join(sorted(needed)), "".join(sorted(done))
    full = 10_000 if needed and needed <= done else 0
    assert player("credit", "performance", question(letters), response) == full
    if needed:
        share = math.floor(Fraction(len(needed & done) * 10_000, len(needed)) + Fraction(1, 2))
        assert player("credit", "performance", question(letters, "partial"), response) == share


def test_the_steps_done_are_reported_and_described(player: Player) -> None:
    asked = question("a")
    assert player("reported", "performance", asked, "ac") == [{"part": "", "response": "a,c"}]
    assert player("describe", "performance", asked, "ac") == "Step a; Step c"
    assert player("fits", "performance", "a,c")
