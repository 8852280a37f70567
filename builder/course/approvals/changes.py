"""What has changed between the words that were approved and those of today."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from builder.base.immutable import immutable

_WORD = re.compile(r"\[ \]|\S+")
"""A word, or the mark of an answer that is not right."""
_AROUND = 3
"""Words that stand unchanged on each side of a change, so that its place can be found."""
_NEAR = 3
"""Unchanged words between two changes that are told as one."""
_TOLD = 2
"""Changes that a message tells."""
_LONGEST = 80
"""Characters of the words that a message repeats on each side."""
_COMPARED = 400
"""Words that are compared one by one, between those that both texts begin and end with. More are
told as one change: it takes a time that grows faster than they do."""


@immutable
class Change:
    """Words that were struck and those that took their place, either of which may be empty, and the
    words around them."""

    before: str
    struck: str
    new: str
    after: str

    def old_words(self) -> str:
        """The passage as it was."""
        return " ".join(filter(None, (self.before, self.struck, self.after)))

    def new_words(self) -> str:
        """The passage as it is."""
        return " ".join(filter(None, (self.before, self.new, self.after)))


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes from one text to another, in their order."""
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
"""Where words differ: from and to, before and after."""


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
    """How many words two texts begin with in common."""
    for at, (word, its) in enumerate(zip(one, other, strict=False)):
        if word != its:
            return at
    return min(len(one), len(other))


def _runs(matcher: SequenceMatcher[str]) -> Iterator[Run]:
    """Where the two differ, neighbours put together."""
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
    """Changes in words: each passage as it was, and as it is."""
    first = "; ".join(
        f"{_quoted(change.old_words())} → {_quoted(change.new_words())}" for change in found[:_TOLD]
    )
    more = len(found) - _TOLD
    return f"{first}; and {more} more" if more > 0 else first


def _quoted(words: str) -> str:
    return f"“{words}”" if len(words) <= _LONGEST else f"“{words[:_LONGEST]}…”"
