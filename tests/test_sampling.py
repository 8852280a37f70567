"""The combinations of parameters that ``make test`` runs of a ``sampled`` test."""

from itertools import product

import pytest

from tests.support.sampling import sample


def combined(**values: str) -> list[dict[str, str]]:
    return [dict(zip(values, one, strict=True)) for one in product(*values.values())]


def test_values_take_turns() -> None:
    rows = combined(window="fp", language="ecar")
    assert [rows[index] for index in sorted(sample(rows))] == [
        {"window": "f", "language": "e"},
        {"window": "f", "language": "a"},
        {"window": "p", "language": "c"},
        {"window": "p", "language": "r"},
    ]


def test_a_combination_that_is_missing_is_replaced() -> None:
    rows = combined(window="fp", journal="ny")
    rows.remove({"window": "p", "journal": "y"})
    assert [rows[index] for index in sorted(sample(rows))] == [
        {"window": "f", "journal": "n"},
        {"window": "f", "journal": "y"},
        {"window": "p", "journal": "n"},
    ]


@pytest.mark.parametrize("sizes", [(1, 1), (5, 1), (2, 8, 17), (4, 4)])
def test_each_value_appears_and_few_combinations_do(sizes: tuple[int, ...]) -> None:
    rows = combined(**{f"p{at}": "abcdefghijklmnopq"[:size] for at, size in enumerate(sizes)})
    chosen = [rows[index] for index in sample(rows)]
    for name in rows[0]:
        assert {row[name] for row in chosen} == {row[name] for row in rows}
    assert len(chosen) == max(sizes)
