"""What of a course's questions a bank has, and what it has not: counted and listed while it is
written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

WORDS = "texts in the place of questions"
"""How what asks nothing in a bank is counted."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a bank does not say of a question, by its id: ``what`` it is, its ``words``, and what
    stands there instead, or why nothing does."""

    question: str
    what: str
    reason: str
    words: str = ""


@dataclass(slots=True)
class Tally:
    """Counts by kind ``inside`` the course and in the file as ``written``; ``listed`` in the order
    of the bank."""

    inside: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    listed: list[Listed] = field(default_factory=list)

    def leave(self, question: str, what: str, reason: str, words: str = "") -> None:
        """List what the bank does not say."""
        self.listed.append(Listed(question, what, reason, " ".join(words.split())))
