"""Which of many things are worth to be compared with which of many others: those that share the
words that few of them have, and those that stand where they stood."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

ALL = 2_500
"""Pairs up to which everything is compared with everything."""
_BEST = 8
"""How many are compared with each, by the words that they share."""
_NEAR = 4
"""How many on each side of the same place."""
_COMMON = 40
"""Words used by more questions than this are ignored as too common."""


def pairs(
    old: Sequence[int],
    new: Sequence[int],
    old_words: Sequence[frozenset[str]],
    new_words: Sequence[frozenset[str]],
) -> Iterator[tuple[int, int]]:
    """Pairs of an ``old`` and a ``new`` one, each by its place; ``old_words`` and ``new_words`` are
    those of each place. All pairs of few, of many some for each: the work grows by their number."""
    if len(old) * len(new) <= ALL:
        yield from ((other, at) for at in new for other in old)
        return
    have: defaultdict[str, list[int]] = defaultdict(list)
    for number, other in enumerate(old):
        for word in old_words[other]:
            have[word].append(number)
    for place, at in enumerate(new):
        # Where most were before it in the list, most are by now.
        near = place * len(old) // len(new)
        found = dict.fromkeys(range(max(0, near - _NEAR), min(len(old), near + _NEAR + 1)))
        found |= dict.fromkeys(_alike(new_words[at], have))
        yield from ((old[number], at) for number in found)


def _alike(words: frozenset[str], have: defaultdict[str, list[int]]) -> list[int]:
    """Those that share most words, of which rare ones count more."""
    shared: Counter[int] = Counter()
    for word in words:
        numbers = have.get(word, ())
        if len(numbers) <= _COMMON:
            for number in numbers:
                shared[number] += 1 + _COMMON // len(numbers)
    # Of equals the first, whatever the order of the words was.
    ranked = sorted(shared, key=partial(_rank, shared))
    return ranked[:_BEST]


def _rank(shared: Counter[int], number: int) -> tuple[int, int]:
    return -shared[number], number
