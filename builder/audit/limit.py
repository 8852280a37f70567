"""The limit of a whole run: its time, and a person or a system that stops it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDS = 300.0
"""Seconds of a run, unless another limit is given."""


@dataclass(slots=True)
class Limit:
    """Says how much time is left. Once it is over, a run reports what it has found so far."""

    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    _began: float = field(init=False)
    _stopped: str = ""

    def __post_init__(self) -> None:
        self._began = self.clock()

    def stop(self, why: str) -> None:
        """End the run now; ``why`` completes the sentence “The audit was stopped …”."""
        self._stopped = self._stopped or why

    @property
    def left(self) -> float:
        """Seconds until the end, 0 once it is over."""
        return 0.0 if self._stopped else max(0.0, self._began + self.seconds - self.clock())

    @property
    def over(self) -> bool:
        """Whether nothing more may be begun."""
        return self.left <= 0

    @property
    def reason(self) -> str:
        """Why it is over, as a sentence; empty while it is not."""
        if self._stopped:
            return f"The audit was stopped {self._stopped}: this is what it had found by then."
        if not self.over:
            return ""
        return (
            f"The limit of {self.seconds / 60:g} minutes is over: this is what was found by then. "
            "--limit gives more time."
        )
