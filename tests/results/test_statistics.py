"""The statistics against values computed by hand or by definition."""

import math
from collections import Counter
from random import Random

import pytest

from builder.results import statistics


def pairs(*values: tuple[float, float]) -> Counter[tuple[float, float]]:
    return Counter(values)


def test_correlation_of_a_known_table() -> None:
    # Three of four: sums of squares 0.75 and 5, of products 1.5.
    found = statistics.correlation(pairs((1, 4), (1, 3), (1, 2), (0, 1)))
    assert found == pytest.approx(1.5 / math.sqrt(0.75 * 5))


@pytest.mark.parametrize(
    "table", [pairs(), pairs((1, 1)), pairs((1, 1), (1, 2)), pairs((1, 3), (0, 3))]
)
def test_no_correlation_without_variation(table: Counter[tuple[float, float]]) -> None:
    assert statistics.correlation(table) is None
    assert statistics.efficiency(table) is None


def test_efficiency_is_one_in_perfect_order() -> None:
    assert statistics.efficiency(pairs((1, 9), (1, 8), (0, 2), (0, 1))) == pytest.approx(1)
    assert statistics.efficiency(pairs((0, 9), (0, 8), (1, 2), (1, 1))) == pytest.approx(-1)


def test_alpha_of_a_known_table() -> None:
    # Cronbach's alpha of two halves that agree, and of two that have nothing in common.
    assert statistics.alpha([[1, 0, 1, 0], [1, 0, 1, 0]]) == pytest.approx(1)
    assert statistics.alpha([[1, 0, 1, 0], [1, 1, 0, 0]]) == pytest.approx(0)
    assert statistics.alpha([[1, 1], [1, 1]]) is None
    assert statistics.alpha([[1, 0, 1]]) is None


def test_wilson_bounds() -> None:
    # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29, at 95 %.
    for successes, people, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert statistics.wilson(successes, people, 1.96) == pytest.approx((low, high), abs=1e-4)
    assert statistics.wilson(0, 0, 1.96) == (0, 1)


def test_bounds_of_a_correlation() -> None:
    low, high = statistics.correlation_bounds(0.5, 28, 1.96)
    assert (low, high) == pytest.approx((0.156, 0.736), abs=1e-3)
    assert statistics.correlation_bounds(0.5, 3, 1.96) == (-1, 1)


def test_difference_of_means() -> None:
    found = statistics.difference([1, 2, 3], [4, 6])
    assert found == pytest.approx((3, math.sqrt(1 / 3 + 1)))
    assert statistics.difference([1], [1, 2]) is None


def test_median() -> None:
    assert [statistics.median(one) for one in ([], [3], [4, 1], [9, 1, 5])] == [None, 3, 2.5, 5]


def people(random: Random, count: int) -> Counter[tuple[float, float]]:
    """People whose rest is normal, and whose answer depends on it."""
    found: Counter[tuple[float, float]] = Counter()
    for _ in range(count):
        rest = round(random.gauss(0, 1), 1)
        found[float(random.random() < 1 / (1 + math.exp(-rest))), rest] += 1
    return found


def test_interval_is_the_same_in_every_run() -> None:
    table = people(Random(1), 60)
    reordered = Counter(dict(sorted(table.items())))
    found = statistics.interval(table, "page--one")
    assert found == statistics.interval(Counter(table), "page--one")
    assert found != statistics.interval(reordered, "page--two")


@pytest.mark.whole
def test_interval_holds_the_true_value_as_often_as_it_says() -> None:
    true = statistics.correlation(people(Random(0), 200_000))
    assert true is not None
    inside = 0
    for seed in range(40):
        found = statistics.interval(people(Random(seed), 60), str(seed))
        assert found is not None
        inside += found[0] <= true <= found[1]
    # 95 % of 40 is 38; fewer than 33 would be chance once in ten thousand.
    assert inside >= 33


def test_poisson_numbers_have_their_mean_and_variance() -> None:
    random = Random(5)
    for expected in (0.5, 3.0, 40.0):
        drawn = [statistics.poisson(random, expected) for _ in range(20_000)]
        assert math.fsum(drawn) / len(drawn) == pytest.approx(expected, rel=0.03)
        assert statistics.variance(drawn) == pytest.approx(expected, rel=0.05)
