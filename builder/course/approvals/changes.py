"""Compares the words that were approved with the current ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from builder.base.immutable import immutable

_WORD = re.compile(r"\[ \]|\S+")
"""Matches a word, or the mark of a wrong answer."""
_AROUND = 3
"""Number of unchanged words on each side of a change, which show its place."""
_NEAR = 3
"""Maximum number of unchanged words between two changes that are merged."""
_TOLD = 2
"""Maximum number of changes in a message."""
_LONGEST = 80
"""Maximum number of characters that a message quotes on each side."""
_COMPARED = 400
"""Maximum number of words that are compared one by one, after the common start and end; more are
one change, since the time grows faster than the number of words."""


@immutable
class Change:
    """A change: the old words, the new words (either may be empty), and the words around them."""

    before: str
    struck: str
    new: str
    after: str

    def old_words(self) -> str:
        """The passage before the change."""
        return " ".join(filter(None, (self.before, self.struck, self.after)))

    def new_words(self) -> str:
        """The passage after the change."""
        return " ".join(filter(None, (self.before, self.new, self.after)))


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes from one text to another, in order."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    return tuple(
        Change(
            before=" ".join(before[max(0, i - _AROUND) : i]),
            struck=" ".join(before[i:j]),
            new=" ".join(after[k:m]),
            after=" ".join(before[j : j + _AROUND]),
        )
        for i, j, k, m in _differing(before, after)
    )


Run = tuple[int, int, int, int]
"""A range of differing words: start and end before, start and end after."""


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    start = _alike(before, after)
    most = min(len(before), len(after)) - start
    end = min(most, _alike(before[::-1], after[::-1]))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > _COMPARED:
        yield start, len(before) - end, start, len(after) - end
        return
    for i, j, k, m in _runs(SequenceMatcher(None, old, new, autojunk=False)):
        yield i + start, j + start, k + start, m + start


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of words at the start that two texts have in common."""
    for at, (word, its) in enumerate(zip(one, other, strict=False)):
        if word != its:
            return at
    return min(len(one), len(other))


def _runs(matcher: SequenceMatcher[str]) -> Iterator[Run]:
    """Yield the differing ranges; ranges that are close together are merged."""
    run: Run | None = None
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if run and i - run[1] <= _NEAR:
            run = (run[0], j, run[2], m)
            continue
        if run:
            yield run
        run = i, j, k, m
    if run:
        yield run


def told(found: Sequence[Change]) -> str:
    """Describe changes in words: each passage before and after."""
    first = "; ".join(
        f"{_quoted(change.old_words())} → {_quoted(change.new_words())}" for change in found[:_TOLD]
    )
    more = len(found) - _TOLD
    return f"{first}; and {more} more" if more > 0 else first


def _quoted(words: str) -> str:
    return f"“{words}”" if len(words) <= _LONGEST else f"“{words[:_LONGEST]}…”"
