"""The limit of an audit: its time, and a person or system that stops it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDS = 300.0
"""Default time limit, in seconds."""


@dataclass(slots=True)
class Limit:
    """The time that an audit has left. When it is over, the audit reports what it has found."""

    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    _began: float = field(init=False)
    _stopped: str = ""

    def __post_init__(self) -> None:
        self._began = self.clock()

    def stop(self, why: str) -> None:
        """Stop now; ``why`` completes the sentence “The audit was stopped …”."""
        self._stopped = self._stopped or why

    @property
    def left(self) -> float:
        """Seconds left; 0 when the time is over."""
        return 0.0 if self._stopped else max(0.0, self._began + self.seconds - self.clock())

    @property
    def over(self) -> bool:
        """Whether the audit must start nothing more."""
        return self.left <= 0

    @property
    def reason(self) -> str:
        """Why the audit ended early, as a sentence; empty if it did not."""
        if self._stopped:
            return (
                f"The audit was stopped {self._stopped}. The report has what it found until then."
            )
        if not self.over:
            return ""
        return (
            f"The time limit of {self.seconds / 60:g} minutes was reached. The report has what was "
            "found until then. To allow more time, use --limit."
        )
