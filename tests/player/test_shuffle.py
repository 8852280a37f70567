"""A shuffle that is each trainee's own, the same at every visit, and stable under edits."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player

LISTS = st.lists(st.text("abcdefghij", min_size=1, max_size=3), unique=True, max_size=12)


@pytest.mark.whole
@given(LISTS, st.text())
def test_nothing_is_lost_and_the_order_is_always_the_same(
    player: Player, names: list[str], seed: str
) -> None:
    order = player("shuffled", names, seed)
    assert sorted(order) == sorted(names)
    assert player("shuffled", list(reversed(names)), seed) == order


@pytest.mark.whole
@given(LISTS.filter(bool), st.text(), st.data())
def test_what_stays_keeps_its_order_when_something_goes(
    player: Player, names: list[str], seed: str, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(names))
    rest = [name for name in names if name != gone]
    kept = [name for name in player("shuffled", names, seed) if name != gone]
    assert player("shuffled", rest, seed) == kept


def test_every_place_is_as_likely_for_each(player: Player) -> None:
    first = Counter(player("shuffled", list("abcd"), f"trainee {n}")[0] for n in range(2000))
    assert all(440 < first[letter] < 560 for letter in "abcd")
