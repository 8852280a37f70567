"""Compares the words that were approved with the current ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from builder.base.immutable import immutable

_WORD = re.compile(r"\[ \]|\S+")
"""Matches a word, or the mark of a wrong answer."""
_CONTEXT_WORDS = 3
"""Number of unchanged words on each side of a change, which show its place."""
_MAX_GAP = 3
"""Maximum number of unchanged words between two changes that are merged."""
_MAX_CHANGES = 2
"""Maximum number of changes in a message."""
_MAX_QUOTED = 80
"""Maximum number of characters that a message quotes on each side."""
_MAX_COMPARED_WORDS = 400
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
            before=" ".join(before[max(0, i - _CONTEXT_WORDS) : i]),
            struck=" ".join(before[i:j]),
            new=" ".join(after[k:m]),
            after=" ".join(before[j : j + _CONTEXT_WORDS]),
        )
        for i, j, k, m in _differing_ranges(before, after)
    )


Range = tuple[int, int, int, int]
"""A range of differing words: start and end before, start and end after."""


def _differing_ranges(before: Sequence[str], after: Sequence[str]) -> Iterator[Range]:
    start = _common_prefix_length(before, after)
    most = min(len(before), len(after)) - start
    end = min(most, _common_prefix_length(before[::-1], after[::-1]))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > _MAX_COMPARED_WORDS:
        yield start, len(before) - end, start, len(after) - end
        return
    for i, j, k, m in _merge_ranges(SequenceMatcher(None, old, new, autojunk=False)):
        yield i + start, j + start, k + start, m + start


def _common_prefix_length(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of words at the start that two texts have in common."""
    for at, (word, its) in enumerate(zip(one, other, strict=False)):
        if word != its:
            return at
    return min(len(one), len(other))


def _merge_ranges(matcher: SequenceMatcher[str]) -> Iterator[Range]:
    """Yield the differing ranges; ranges that are close together are merged."""
    run: Range | None = None
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if run and i - run[1] <= _MAX_GAP:
            run = (run[0], j, run[2], m)
            continue
        if run:
            yield run
        run = i, j, k, m
    if run:
        yield run


def describe_changes(found: Sequence[Change]) -> str:
    """Describe changes in words: each passage before and after."""
    first = "; ".join(
        f"{_quote(change.old_words())} → {_quote(change.new_words())}"
        for change in found[:_MAX_CHANGES]
    )
    more = len(found) - _MAX_CHANGES
    return f"{first}; and {more} more" if more > 0 else first


def _quote(words: str) -> str:
    return f"“{words}”" if len(words) <= _MAX_QUOTED else f"“{words[:_MAX_QUOTED]}…”"
