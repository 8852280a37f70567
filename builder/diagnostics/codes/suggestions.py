"""Suggests the known word most similar to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean “…”?``, or empty if no known word is similar."""
    return Known(known).did_you_mean(word)


class Known:
    """A set of known words, for repeated similarity searches.

    A comparison takes up to 20 microseconds, and a course may have thousands of names and as many
    mistakes. After ``COMPARISONS`` comparisons nothing is found any more: an author who has read
    some tens of suggestions knows what is wrong. Words longer than ``LONGEST`` characters are not
    compared.
    """

    COMPARISONS = 30_000
    LONGEST = 100

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if len(word) <= self.LONGEST]
        self._left = self.COMPARISONS
        self._near: dict[str, str | None] = {}

    def near(self, word: str) -> str | None:
        """The most similar known word; ``None`` if none is similar."""
        if word not in self._near:
            self._near[word] = self._nearest(word)
        return self._near[word]

    def _nearest(self, word: str) -> str | None:
        if self._left <= 0 or len(word) > self.LONGEST:
            return None
        self._left -= len(self._words)
        # Created on demand, since most builds need none.
        from difflib import get_close_matches

        near = get_close_matches(word, self._words, n=1, cutoff=0.6)
        return near[0] if near else None

    def did_you_mean(self, word: str) -> str:
        """`` Did you mean “…”?``, or empty if no known word is similar."""
        near = self.near(word)
        return "" if near is None else f" Did you mean “{near}”?"
