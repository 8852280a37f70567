"""What has changed between the words that were approved and those of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 3
"""Words that stand unchanged on each side of a change, so that its place can be found."""
_NEAR = 3
"""Unchanged words between two changes that are told as one."""
_TOLD = 3
"""Changes that a message tells."""
_LONGEST = 100
"""Characters of the words that a message repeats on each side."""
_COMPARED = 4_000
"""Words of a part that are compared one by one; of a longer one, line by line."""


@dataclass(frozen=True, slots=True)
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
    before, after = old.split(), new.split()
    if len(before) + len(after) > _COMPARED:
        before, after = old.split("\n"), new.split("\n")
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        Change(
            before=" ".join(before[max(0, i - _AROUND) : i]),
            struck=" ".join(before[i:j]),
            new=" ".join(after[k:m]),
            after=" ".join(before[j : j + _AROUND]),
        )
        for i, j, k, m in _runs(matcher)
    )


def _runs(matcher: SequenceMatcher[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where the two differ, neighbours put together."""
    run: tuple[int, int, int, int] | None = None
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
