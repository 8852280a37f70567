"""Groups of fewer than five people cannot be computed from those that are shown."""

from collections import Counter
from fractions import Fraction
from itertools import chain, combinations
from random import Random

import pytest

from builder.results.privacy import POOLED, SMALLEST, pooled


def test_large_groups_are_shown() -> None:
    assert pooled({("1.0",): 9, ("1.1",): 5}, 1) == ({"1.0": "1.0", "1.1": "1.1"},)


def test_split_with_single_group_is_not_shown() -> None:
    assert pooled({("1.0",): 9}, 1) == ({},)


def test_small_group_is_pooled_with_next_larger() -> None:
    found = pooled({("1.0",): 20, ("1.1",): 3, ("1.2",): 8}, 1)
    assert found == ({"1.0": "1.0", "1.1": POOLED, "1.2": POOLED},)


def test_small_groups_that_are_enough_together_are_pooled_alone() -> None:
    found = pooled({("a",): 20, ("b",): 3, ("c",): 2, ("d",): 9}, 1)
    assert found == ({"a": "a", "b": POOLED, "c": POOLED, "d": "d"},)


def test_split_with_one_small_group_is_not_shown() -> None:
    assert pooled({("1.0",): 20, ("1.1",): 4}, 1) == ({},)


def test_a_difference_between_two_splits_is_not_shown() -> None:
    """All of November but two had 1.0, so that November minus 1.0 would be two people."""
    found = pooled({("1.0", "Nov"): 28, ("1.1", "Nov"): 2, ("1.1", "Dec"): 20}, 2)
    assert found == ({"1.0": "1.0", "1.1": "1.1"}, {})


def computable(atoms: Counter[tuple[str, ...]], shown: tuple[dict[str, str], ...]) -> set[int]:
    """The sizes of all groups of atoms that are a linear combination of what is shown: by brute
    force, with fractions."""
    merged: Counter[tuple[str, ...]] = Counter()
    for atom, people in atoms.items():
        key = tuple(names.get(one, "") for one, names in zip(atom, shown, strict=True))
        merged[key] += people
    cells = sorted(merged)
    rows = [[Fraction(1)] * len(cells)]
    for at, names in enumerate(shown):
        for name in set(names.values()):
            rows.append([Fraction(cell[at] == name) for cell in cells])
    rank = _rank(rows)
    chosen = chain.from_iterable(combinations(range(len(cells)), n) for n in range(1, 5))
    return {
        sum(merged[cells[at]] for at in one)
        for one in chosen
        if _rank([*rows, [Fraction(at in one) for at in range(len(cells))]]) == rank
    }


def _rank(rows: list[list[Fraction]]) -> int:
    left = [list(row) for row in rows]
    rank = 0
    for column in range(len(left[0])):
        pivot = next((at for at in range(rank, len(left)) if left[at][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        for at in range(rank + 1, len(left)):
            factor = left[at][column] / left[rank][column]
            left[at] = [a - factor * b for a, b in zip(left[at], left[rank], strict=True)]
        rank += 1
    return rank


@pytest.mark.parametrize("seed", range(40))
def test_nothing_small_can_be_computed(seed: int) -> None:
    random = Random(seed)
    splits = random.randrange(1, 4)
    atoms: Counter[tuple[str, ...]] = Counter()
    for _ in range(random.randrange(2, 8)):
        atom = tuple(f"{at}{random.randrange(3)}" for at in range(splits))
        atoms[atom] += random.choice((1, 2, 3, 4, 6, 20))
    if atoms.total() < SMALLEST:
        atoms[next(iter(atoms))] += SMALLEST
    found = pooled(atoms, splits)
    assert min(computable(atoms, tuple(map(dict, found))), default=SMALLEST) >= SMALLEST


def test_groups_are_kept_where_nothing_is_disclosed() -> None:
    atoms: dict[tuple[str, ...], int] = {(one, two): 10 for one in "ab" for two in "xyz"}
    assert pooled(atoms, 2) == ({"a": "a", "b": "b"}, {"x": "x", "y": "y", "z": "z"})


def test_many_small_groups_are_pooled_to_limit_calculation() -> None:
    random = Random(2)
    atoms: Counter[tuple[str, ...]] = Counter()
    for _ in range(3_000):
        at = random.randrange(5), random.randrange(36), random.randrange(12)
        atoms[tuple(map(str, at))] += 1
    versions, months, reports = pooled(atoms, 3)
    assert (len(set(versions.values())), len(set(months.values()))) == (5, 36)
    assert 1 < len(set(reports.values())) < 12 or not reports
