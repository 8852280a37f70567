"""Pools small groups, so that a group of fewer than five people cannot be computed from the groups
that are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from random import Random

SMALLEST = 5
"""Minimum number of people of a group that is shown."""
POOLED = "others"
"""The name of a group that was pooled from several."""

Atom = tuple[str, ...]
"""The groups of a person: one for each way to split people, such as version and month."""


def pooled(atoms: Mapping[Atom, int], splits: int) -> tuple[Mapping[str, str], ...]:
    """Decide under which name the groups of each split are shown.

    ``atoms`` counts people by their groups in each of the ``splits``. Returns, for each split, a
    mapping from group to the name under which it is shown; an empty mapping if the split must not
    be shown. No difference or sum of the shown groups is a group of one to four people.
    """
    shown: list[dict[str, str]] = []
    for at in range(splits):
        sizes: Counter[str] = Counter()
        for atom, people in atoms.items():
            sizes[atom[at]] += people
        shown.append(_pool_small(sizes))
    # A later split is given up first: the most important one is first.
    for at in reversed(range(splits)):
        if not _discloses(atoms, shown):
            break
        while shown[at] and _discloses(atoms, shown):
            shown[at] = _pool_next(atoms, at, shown[at])
    return tuple(shown)


def _pool_small(sizes: Mapping[str, int]) -> dict[str, str]:
    """Names of groups: those of fewer than five people are pooled, with the next larger one if they
    are too few together. Empty if only one group is left."""
    ordered = sorted(sizes, key=lambda name: (sizes[name], name))
    small = [name for name in ordered if sizes[name] < SMALLEST]
    while small and sum(sizes[name] for name in small) < SMALLEST and len(small) < len(ordered):
        small.append(ordered[len(small)])
    return _names(ordered, small)


def _pool_next(atoms: Mapping[Atom, int], at: int, names: Mapping[str, str]) -> dict[str, str]:
    """Pool the smallest group that is still shown with those that are pooled already."""
    sizes: Counter[str] = Counter()
    for atom, people in atoms.items():
        sizes[atom[at]] += people
    ordered = sorted(sizes, key=lambda name: (sizes[name], name))
    small = [name for name in ordered if names[name] == POOLED]
    more = 1 if small else 2
    small += [name for name in ordered if names[name] != POOLED][:more]
    return _names(ordered, small)


def _names(groups: Sequence[str], small: Sequence[str]) -> dict[str, str]:
    # One group alone, pooled with nothing, keeps its name.
    joined = set(small) if len(small) > 1 else set()
    if len(groups) - len(joined) + bool(joined) < 2:
        return {}
    return {name: POOLED if name in joined else name for name in groups}


def _discloses(atoms: Mapping[Atom, int], shown: Sequence[Mapping[str, str]]) -> bool:
    """Whether a group of one to four people can be computed from the shown groups.

    What can be computed are the linear combinations of the groups. A set of atoms is one of them if
    and only if every vector that is orthogonal to all groups is orthogonal to the set too. A random
    one of these vectors decides it.
    """
    sizes: Counter[Atom] = Counter()
    for atom, people in atoms.items():
        sizes[tuple(names.get(one, "") for one, names in zip(atom, shown, strict=True))] += people
    cells = sorted(sizes)
    groups = sorted({(at, one[at]) for one in cells for at in range(len(shown))})
    rows = [[int(one[at] == name) for one in cells] for at, name in groups]
    if sum(people < SMALLEST for people in sizes.values()) > _MOST_SMALL:
        return True
    vector = _orthogonal([*rows, [1] * len(cells)], len(cells))
    small = [(vector[at], sizes[cell]) for at, cell in enumerate(cells) if sizes[cell] < SMALLEST]
    return _has_empty_sum(small)


_MOST_SMALL = 400
"""Maximum number of small cells for which disclosure is calculated; above it, disclosure is
assumed."""
_PRIME = (1 << 61) - 1
"""The calculation is done modulo this number: exact, and faster than with fractions."""


def _orthogonal(rows: Iterable[Sequence[int]], width: int) -> list[int]:
    """A random vector that is orthogonal to all ``rows``, by Gaussian elimination."""
    reduced: dict[int, list[int]] = {}
    for row in rows:
        left = list(row)
        for pivot, other in reduced.items():
            left = _subtract(left, other, left[pivot])
        at = next((at for at, value in enumerate(left) if value), None)
        if at is None:
            continue
        inverse = pow(left[at], -1, _PRIME)
        left = [value * inverse % _PRIME for value in left]
        for pivot, other in reduced.items():
            reduced[pivot] = _subtract(other, left, other[at])
        reduced[at] = left
    random = Random(width)
    vector = [0 if at in reduced else random.randrange(1, _PRIME) for at in range(width)]
    for pivot, row in reduced.items():
        products = (value * one for value, one in zip(row, vector, strict=True))
        vector[pivot] = -sum(products) % _PRIME
    return vector


def _subtract(one: Sequence[int], other: Sequence[int], factor: int) -> list[int]:
    if not factor:
        return list(one)
    return [(mine - factor * its) % _PRIME for mine, its in zip(one, other, strict=True)]


def _has_empty_sum(parts: Sequence[tuple[int, int]]) -> bool:
    """Whether some of these parts, each with a value and a number of people, have values whose sum
    is zero and fewer than five people together."""
    places: dict[int, list[int]] = {}
    for at, (value, _) in enumerate(parts):
        places.setdefault(value, []).append(at)
    if 0 in places:
        return True
    pairs: dict[int, list[tuple[int, int]]] = {}
    for first, second in combinations(range(len(parts)), 2):
        people = parts[first][1] + parts[second][1]
        if people >= SMALLEST:
            continue
        total = (parts[first][0] + parts[second][0]) % _PRIME
        if not total:
            return True
        # A third part, or another pair, can complete the sum.
        for third in places.get(-total % _PRIME, ()):
            if third not in (first, second) and people + parts[third][1] < SMALLEST:
                return True
        for others in pairs.get(-total % _PRIME, ()):
            if not {first, second} & {*others} and (
                people + sum(parts[one][1] for one in others) < SMALLEST
            ):
                return True
        pairs.setdefault(total, []).append((first, second))
    return False
