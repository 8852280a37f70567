"""A few combinations of a test's parameters instead of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def sample(combinations: Sequence[Mapping[str, object]]) -> set[int]:
    """The indices of combinations in which each value of each parameter appears.

    First the combination of all first values, then that of all second values, and so on; a
    parameter with fewer values starts again. If one of these is missing, others take its place.
    """
    shown = [{name: repr(value) for name, value in one.items()} for one in combinations]
    values: dict[str, list[str]] = {}
    for one in shown:
        for name, value in one.items():
            if value not in values.setdefault(name, []):
                values[name].append(value)
    most = max(map(len, values.values()), default=0)
    diagonal = [
        {name: choices[turn % len(choices)] for name, choices in values.items()}
        for turn in range(most)
    ]
    seen: set[tuple[str, str]] = set()
    chosen: set[int] = set()
    for index in sorted(range(len(shown)), key=lambda index: shown[index] not in diagonal):
        if not seen.issuperset(shown[index].items()):
            chosen.add(index)
            seen.update(shown[index].items())
    return chosen
