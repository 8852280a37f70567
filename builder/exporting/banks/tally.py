"""Counts and lists what a bank contains of a course's questions, and what it cannot express."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

WORDS = "texts in the place of questions"
"""The kind under which texts that ask nothing are counted."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that a bank cannot express for the ``question`` with this id: ``what`` it is, its
    ``words``, and what replaces it or why nothing does."""

    question: str
    what: str
    reason: str
    words: str = ""


@dataclass(slots=True)
class Tally:
    """Counts by kind ``inside`` the course and in the file as ``written``; ``listed`` is in the
    order of the bank."""

    inside: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    listed: list[Listed] = field(default_factory=list)

    def leave(self, question: str, what: str, reason: str, words: str = "") -> None:
        """List something that the bank cannot express."""
        self.listed.append(Listed(question, what, reason, " ".join(words.split())))
