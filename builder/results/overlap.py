"""Detects rows of the same attempt or person in reports that overlap, such as downloads of two
months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from builder.results.model import Attempt


def repeated(attempts: Sequence[Attempt]) -> frozenset[int]:
    """The ``id`` of each attempt that another report has too, with the same or more answers and
    versions."""
    groups: dict[tuple[str, int | None], list[Attempt]] = defaultdict(list)
    for one in attempts:
        groups[one.person[0], one.number].append(one)
    found: set[int] = set()
    for group in groups.values():
        kept: list[Attempt] = []
        for one in sorted(group, key=_size, reverse=True):
            if any(_is_part_of(one, other) for other in kept):
                found.add(id(one))
            else:
                kept.append(one)
    return frozenset(found)


def started_elsewhere(attempts: Sequence[Attempt]) -> frozenset[int]:
    """The ``id`` of each row of a person who has not started, and who has started in another
    row."""
    started: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for one in attempts:
        if one.number is not None:
            started[one.person[0]].append(one.person)
    return frozenset(
        id(one)
        for one in attempts
        if one.number is None
        and any(is_same_person(one.person, other) for other in started[one.person[0]])
    )


def is_same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the cells about a person in two reports fit: a report can have more columns than
    another."""
    shorter, longer = sorted((one, other), key=len)
    return set(shorter) <= set(longer)


def _size(attempt: Attempt) -> tuple[int, int, int]:
    return len(attempt.answers), len(attempt.seen), len(attempt.person)


def _is_part_of(one: Attempt, other: Attempt) -> bool:
    """Whether two rows are the same attempt in different reports, and ``other``, which is at least
    as long, has all that ``one`` has."""
    if one.report == other.report or not is_same_person(one.person, other.person):
        return False
    pairs = zip(one.answers, other.answers, strict=False)
    return all((a.interaction, a.result) == (b.interaction, b.result) for a, b in pairs) and all(
        a.label == b.label and a.status == b.status
        for a, b in zip(one.seen, other.seen, strict=False)
    )
