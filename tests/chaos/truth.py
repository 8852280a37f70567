"""What has to be true, by what the page has shown; without the player's code or its state.

Whenever the page says “Saved”, everything that the trainee has given up to then is promised. In the
end each promise is kept if the course shows what was promised, or what was given after it: that may
have arrived as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SAVED = "Saved"
RANKS = ("", "not attempted", "incomplete", "failed", "completed", "passed")


@dataclass(slots=True)
class Truth:
    """What the trainee gave, and what was promised."""

    given: dict[str, list[str]] = field(default_factory=dict)
    """Name of an answer → what was given, in order."""

    promised: dict[str, int] = field(default_factory=dict)
    """Name of an answer → how many of those were given when the page last said “Saved”."""

    fresh: set[str] = field(default_factory=set)
    """Names of what was given in this visit: what was given before and never promised may be gone,
    or there."""

    best: float | None = None
    """The best score that a finished attempt at the quiz has shown, unless it may be gone."""

    score: float | None = None
    """The best score when the page last said “Saved”."""

    status: str = ""
    """The highest status that the LMS held when the page said “Saved”."""

    def launch(self) -> None:
        """A visit begins, and nothing but what was promised is sure to be there."""
        self.fresh.clear()
        self.best = self.score

    def give(self, name: str, value: str) -> None:
        self.given.setdefault(name, []).append(value)
        self.fresh.add(name)

    def scored(self, score: float) -> None:
        self.best = score if self.best is None else max(self.best, score)

    def see(self, words: str, status: str) -> bool:
        """The page's save status is in view; whether it is a promise. ``status`` is the LMS's."""
        if words != SAVED:
            return False
        self.promised |= {name: len(self.given[name]) for name in self.fresh}
        self.score = self.best
        self.status = max(self.status, status, key=RANKS.index)
        return True

    def broken(self, shown: dict[str, str], status: str, score: str) -> list[str]:
        """Promises that are broken, by what the course shows in the end and the LMS holds."""
        found = []
        for name, count in self.promised.items():
            kept = self.given[name][count - 1 :]
            if shown[name] not in kept:
                found.append(f"{name}: {kept[0]!r} was saved, {shown[name]!r} is there")
        if self.score is not None and (not score or float(score) < self.score):
            found.append(f"score: {self.score:g} was saved, the LMS holds {score!r}")
        if RANKS.index(status) < RANKS.index(self.status):
            found.append(f"status: {self.status!r} was saved, the LMS holds {status!r}")
        return found
