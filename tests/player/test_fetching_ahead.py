"""Text that is fetched ahead of need: a few requests, one at a time; of a long course, what is
near."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.package.render.chunks import LIMIT, REQUESTS, bundles
from tests.player.conftest import Player


def run(player: Player, *moves: int, **course: Any) -> list[list[str]]:
    found = player("fetchedAhead", {"moves": list(moves), **course})
    assert found["most"] <= 1
    told: list[list[str]] = found["told"]
    return told


def bundle(src: str, *pages: str) -> dict[str, Any]:
    return {"src": src, "pages": pages}


PAGES = ["p0", "p1", "p2", "p3", "p4", "p5"]
SHORT = {
    "modules": [{"count": 6}],
    "pages": PAGES,
    "bundles": [
        bundle("common"),
        bundle("first", "p0", "p1"),
        bundle("second", "p2", "p3"),
        bundle("third", "p4", "p5"),
    ],
}


def long(*counts: int) -> dict[str, Any]:
    """A course of modules with so many pages, of which nothing is bundled but what all need."""
    return {
        "modules": [{"count": count} for count in counts],
        "pages": [f"p{number}" for number in range(sum(counts))],
        "bundles": [bundle("common")],
    }


def pages(first: int, last: int) -> list[str]:
    return [f"p{number}" for number in range(first, last + 1)]


@pytest.mark.parametrize(
    ("at", "fetched"),
    [
        (0, ["common", "first", "second", "third"]),
        (3, ["common", "second", "third", "first"]),
        (5, ["common", "third", "first", "second"]),
    ],
)
def test_short_course_is_fetched_completely_next_page_first(
    player: Player, at: int, fetched: list[str]
) -> None:
    assert run(player, at, 0, **SHORT) == [fetched, []]


def test_what_is_here_is_not_fetched_again(player: Player) -> None:
    # Its only two pages were on view before the line could be used.
    told = run(player, 4, 5, 4, fails=["common"], **SHORT)
    assert told[0] == ["common"]
    assert told[1:] == [["common", "first", "second"], []]


def test_of_a_long_course_this_module_and_the_next(player: Player) -> None:
    course = long(3, 4, 5)
    assert run(player, 1, **course) == [["common", *pages(2, 6)]]
    assert run(player, 4, **course) == [["common", *pages(5, 11)]]
    assert run(player, 11, **course) == [["common"]]


def test_of_a_long_course_ten_requests_at_most(player: Player) -> None:
    course = long(30, 30)
    first, second = run(player, 0, 1, **course)
    assert first == ["common", *pages(1, 9)]
    assert len(first) == REQUESTS
    assert second == ["p10"]


def test_failed_fetch_stops_fetching_until_next_page(player: Player) -> None:
    course = long(6)
    assert run(player, 0, 1, fails=["p2"], **course) == [
        ["common", "p1", "p2"],
        ["p2", "p3", "p4", "p5"],
    ]


def content(sizes: list[int]) -> dict[str, bytes]:
    return {f"p{number}": bytes([number % 256]) * size for number, size in enumerate(sizes)}


@given(
    st.lists(st.integers(1, 60_000), min_size=1, max_size=30)
    | st.lists(st.integers(1, 900), min_size=1, max_size=900),
    st.integers(0, 50_000),
)
def test_ten_bundles_hold_all_pages_in_their_order(sizes: list[int], shared: int) -> None:
    given, common = content(sizes), b"c" * shared
    whole = sum(sizes) + shared <= LIMIT
    made = bundles(given, common)
    assert len(made) <= REQUESTS
    assert made[0].pages == ()
    assert made[0].member.read().startswith(common)
    assert [name for one in made for name in one.pages] == (list(given) if whole else [])
    for one in made[1:]:
        assert one.member.read().startswith(b"".join(given[name] for name in one.pages))


@pytest.mark.parametrize(("more", "requests"), [(0, 10), (1, 1)])
def test_a_course_above_a_megabyte_is_fetched_page_by_page(more: int, requests: int) -> None:
    made = bundles(content([1_000] * 990), b"c" * (10_000 + more))
    assert LIMIT == 1_000_000
    assert len(made) <= requests
    assert (sum(len(one.pages) for one in made) == 990) == (more == 0)


def test_a_small_course_is_two_requests() -> None:
    assert [one.pages for one in bundles(content([900] * 20), b"c")] == [
        (),
        tuple(f"p{number}" for number in range(20)),
    ]
